import type { Coupling } from '../scene/coupling.ts';
import type { CorpusName } from '../scene/name.ts';
import { type GraphView, PAGE_MAX, type Page, type PageRequest, type StoredScene } from '../store/graph-store.ts';
import { SceneLevels, type ScenePlaces } from './scene-levels.ts';

export interface CursorPage<T> {
  readonly items: readonly T[];
  /** Of its last item. */
  readonly cursor: string;
}

export interface PlacedScene extends ScenePlaces {
  readonly scene: StoredScene;
}

interface Reading<T, U> {
  readonly page: Promise<Page<T>>;
  readonly completed: Promise<readonly U[]>;
}

/**
 * All pages behind a cursor. While the caller works on one, the next is read and completed; while that is completed, the one behind
 * it is read: the store and whoever decodes its answers would otherwise wait for each other.
 */
export async function* cursorPages<T, U>(
  fetchPage: (request: PageRequest) => Promise<Page<T>>,
  complete: (items: readonly T[]) => Promise<readonly U[]>,
  after: string | undefined,
): AsyncGenerator<CursorPage<U>> {
  const read = (behind: string | undefined): Reading<T, U> => {
    const page = fetchPage({ first: PAGE_MAX, after: behind });
    const completed = page.then(({ items }) => complete(items.map(({ item }) => item)));
    // The caller may never come back for it: that is told by whatever made it stop.
    completed.catch(() => undefined);
    return { page, completed };
  };
  let reading: Reading<T, U> | null = read(after);
  while (reading !== null) {
    const { page, completed }: Reading<T, U> = reading;
    const { items: found, hasNextPage }: Page<T> = await page;
    const cursor = found.at(-1)?.cursor;
    reading = hasNextPage ? read(cursor) : null;
    const items = await completed;
    if (cursor !== undefined) yield { items, cursor };
  }
}

/** In the order of the corpus, each with the occurrences that hold it. */
export const placedScenes = (
  view: GraphView,
  corpus: CorpusName,
  after: string | undefined,
): AsyncGenerator<CursorPage<PlacedScene>> => {
  const levels = new SceneLevels(view);
  return cursorPages(
    (request) => view.scenes({ corpus }, request),
    async (scenes) => {
      const places = await levels.of(scenes);
      return scenes.map((scene, i) => ({ scene, levels: places[i]?.levels ?? [], firsts: places[i]?.firsts ?? [] }));
    },
    after,
  );
};

/** All couplings, by (a, b). */
export const pagesOfCouplings = (
  view: GraphView,
  corpus: CorpusName,
  after: string | undefined,
): AsyncGenerator<CursorPage<Coupling>> =>
  cursorPages(
    (request) => view.couplings(corpus, request),
    async (couplings) => couplings,
    after,
  );
