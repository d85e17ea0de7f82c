import { z } from 'zod';
import type { CorpusName } from '../scene/name.ts';
import {
  type DocumentRecord,
  type GraphView,
  PAGE_MAX,
  type Page,
  type PageRequest,
  type SceneRange,
  type StoredScene,
} from '../store/graph-store.ts';
import { SceneLevels, type ScenePlaces } from './scene-levels.ts';

export interface CursorPage<T> {
  readonly items: readonly T[];
  /** Of its last item. */
  readonly cursor: string;
}

export interface PlacedScene extends ScenePlaces {
  readonly scene: StoredScene;
}

/** Pages that are asked for before the first of them is taken: reading, decoding and writing would otherwise wait for each other. */
const AHEAD = 4;

/** What is asked for, one by one and in order, {@link AHEAD} at a time. */
async function* readAhead<T>(asked: AsyncIterable<() => Promise<T>>): AsyncGenerator<T> {
  const underWay: Promise<T>[] = [];
  for await (const ask of asked) {
    const reading = ask();
    // The caller may never come back for it: that is told by whatever made it stop.
    reading.catch(() => undefined);
    underWay.push(reading);
    if (underWay.length >= AHEAD) yield await (underWay.shift() as Promise<T>);
  }
  for (const reading of underWay) yield await reading;
}

/** All pages behind a cursor, each asked for while the one before is worked on. */
export async function* cursorPages<T>(
  fetchPage: (request: PageRequest) => Promise<Page<T>>,
  after: string | undefined,
  first = PAGE_MAX,
): AsyncGenerator<CursorPage<T>> {
  let reading: Promise<Page<T>> | null = fetchPage({ first, after });
  while (reading !== null) {
    const { items: found, hasNextPage }: Page<T> = await reading;
    const cursor: string | undefined = found.at(-1)?.cursor;
    reading = hasNextPage ? fetchPage({ first, after: cursor }) : null;
    reading?.catch(() => undefined);
    if (cursor !== undefined) yield { items: found.map(({ item }) => item), cursor };
  }
}

/** Scenes that are read together. */
interface Stretch {
  readonly ranges: readonly SceneRange[];
  readonly cursor: string;
}

/** Behind the document of `after` the first `position` scenes are done. */
const cursorShape = z.tuple([z.string().nullable(), z.int()]);

/**
 * A corpus in stretches of {@link PAGE_MAX} scenes, the last shorter. They follow from the lengths of the documents, so that none has to
 * wait for the one before, as pages behind a cursor do.
 */
async function* stretchesOf(view: GraphView, corpus: CorpusName, after: string | undefined): AsyncGenerator<Stretch> {
  let [behind, position] = after === undefined ? [null, 0] : cursorShape.parse(JSON.parse(after));
  let ranges: SceneRange[] = [];
  let room = PAGE_MAX;
  for (let more = true; more; ) {
    const { items, hasNextPage }: Page<DocumentRecord> = await view.documents(corpus, {
      first: PAGE_MAX,
      after: behind ?? undefined,
    });
    for (const { item, cursor } of items) {
      for (; position < item.scenes; ) {
        const from = position;
        position = Math.min(item.scenes, from + room);
        ranges.push({ document: item.id, from, to: position });
        room -= position - from;
        if (room > 0) continue;
        yield { ranges, cursor: JSON.stringify([behind, position]) };
        ranges = [];
        room = PAGE_MAX;
      }
      behind = cursor;
      position = 0;
    }
    more = hasNextPage;
  }
  if (ranges.length > 0) yield { ranges, cursor: JSON.stringify([behind, 0]) };
}

/** All scenes, in the order of the corpus, as they are completed, page by page: of several pages at once. */
export async function* scenePages<T>(
  view: GraphView,
  corpus: CorpusName,
  complete: (scenes: readonly StoredScene[]) => Promise<readonly T[]>,
  after: string | undefined,
): AsyncGenerator<CursorPage<T>> {
  const ask =
    ({ ranges, cursor }: Stretch) =>
    async (): Promise<CursorPage<T>> => ({
      items: await complete(await view.scenesInRanges(ranges)),
      cursor,
    });
  const asked = async function* () {
    for await (const stretch of stretchesOf(view, corpus, after)) yield ask(stretch);
  };
  yield* readAhead(asked());
}

/** All scenes, in the order of the corpus. */
export const pagesOfScenes = (view: GraphView, corpus: CorpusName, after: string | undefined) =>
  scenePages(view, corpus, async (scenes) => scenes, after);

/** The same, each with the occurrences that hold it. */
export const placedScenes = (view: GraphView, corpus: CorpusName, after: string | undefined) => {
  const levels = new SceneLevels(view);
  const place = async (scenes: readonly StoredScene[]): Promise<readonly PlacedScene[]> => {
    const places = await levels.of(scenes);
    return scenes.map((scene, i) => ({ scene, levels: places[i]?.levels ?? [], firsts: places[i]?.firsts ?? [] }));
  };
  return scenePages(view, corpus, place, after);
};

/** A form names all its parts: those of a corpus of a million scenes have 68 MB together. */
const HYPERTOKENS_PAGE = 100;

/** The codes that occur in a corpus, by number. */
export const pagesOfForms = (view: GraphView, corpus: CorpusName, after: string | undefined) =>
  cursorPages((request) => view.hypertokens({ corpus }, request), after, HYPERTOKENS_PAGE);

/** All couplings, by (a, b). */
export const pagesOfCouplings = (view: GraphView, corpus: CorpusName, after: string | undefined) =>
  cursorPages((request) => view.couplings(corpus, request), after);
