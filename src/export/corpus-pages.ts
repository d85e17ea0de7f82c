import type { Coupling } from '../scene/coupling.ts';
import type { CorpusName } from '../scene/name.ts';
import { type GraphView, PAGE_MAX, type Page, type PageRequest, type StoredScene } from '../store/graph-store.ts';
import { type LevelPlace, SceneLevels } from './scene-levels.ts';

export interface CursorPage<T> {
  readonly items: readonly T[];
  /** Of its last item. */
  readonly cursor: string;
}

export interface PlacedScene {
  readonly scene: StoredScene;
  readonly levels: readonly LevelPlace[];
}

interface Read<T> {
  readonly items: readonly T[];
  readonly cursor: string | undefined;
  readonly hasNextPage: boolean;
}

/** All pages behind a cursor; the next is read while the caller works on one. */
export async function* cursorPages<T, U>(
  fetchPage: (request: PageRequest) => Promise<Page<T>>,
  complete: (items: readonly T[]) => Promise<readonly U[]>,
  after: string | undefined,
): AsyncGenerator<CursorPage<U>> {
  const read = async (behind: string | undefined): Promise<Read<U>> => {
    const { items, hasNextPage } = await fetchPage({ first: PAGE_MAX, after: behind });
    return { items: await complete(items.map(({ item }) => item)), cursor: items.at(-1)?.cursor, hasNextPage };
  };
  let reading: Promise<Read<U>> | null = read(after);
  while (reading !== null) {
    const { items, cursor, hasNextPage }: Read<U> = await reading;
    reading = hasNextPage ? read(cursor) : null;
    // The caller may never come back for it: that is told by whatever made it stop.
    reading?.catch(() => undefined);
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
      return scenes.map((scene, i) => ({ scene, levels: places[i] ?? [] }));
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
