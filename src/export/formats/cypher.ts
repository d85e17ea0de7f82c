import { z } from 'zod';
import type { Occurrence } from '../../scene/hypertoken.ts';
import { type GraphView, PAGE_MAX } from '../../store/graph-store.ts';
import { pagesOfHypertokens } from '../code-registry.ts';
import { type CursorPage, cursorPages, pagesOfCouplings } from '../corpus-pages.ts';
import type { ExportContext, ExportFormat, PassPage } from '../export-format.ts';
import { CypherGraph } from './cypher-graph.ts';

const GRAPH = 'graph.cypher';

const stateShape = z.object({ document: z.string(), scene: z.string() }).nullable();

/** Views stand outside the levels, and scenes are written as such. */
const isOnLevels = ({ level }: Occurrence): boolean => level > 0;

const same = async <T>(items: readonly T[]): Promise<readonly T[]> => items;

/** For Neo4j 5: the graph as the store's own Cypher has it, without what only look-ups of the store need. */
export const cypherFormat = (context: ExportContext): ExportFormat => {
  const { view, corpus, standing, outputs } = context;
  const graph = new CypherGraph(context);
  const write = (text: string, rows: number): Promise<void> => outputs.write(GRAPH, Buffer.from(text), rows);

  async function* written<T>(
    pages: AsyncIterable<CursorPage<T>>,
    textOf: (items: readonly T[]) => string,
  ): AsyncGenerator<PassPage> {
    for await (const { items, cursor } of pages)
      yield { cursor, count: items.length, write: () => write(textOf(items), items.length) };
  }

  return {
    passes: [
      {
        name: 'hypertokens',
        total: null,
        async *pages(after) {
          if (after === undefined) await write(graph.corpus(), 0);
          yield* written(pagesOfHypertokens(view, corpus, after), (rows) => graph.hypertokens(rows));
        },
      },
      {
        name: 'documents',
        total: standing.documents,
        pages: (after) =>
          written(
            cursorPages((request) => view.documents(corpus, request), same, after),
            (records) => graph.documents(records),
          ),
      },
      {
        name: 'scenes',
        total: standing.scenes,
        pages: (after) =>
          written(
            cursorPages((request) => view.scenes({ corpus }, request), same, after),
            (scenes) => graph.scenes(scenes),
          ),
      },
      {
        name: 'occurrences',
        total: null,
        async *pages(after) {
          const pages = cursorPages((request) => view.occurrences({ corpus }, request), same, after);
          for await (const { items, cursor } of pages) {
            const above = items.filter(isOnLevels);
            yield { cursor, count: above.length, write: () => writeOccurrences(view, graph, above, write) };
          }
        },
      },
      {
        name: 'couplings',
        total: standing.couplings,
        pages: (after) => written(pagesOfCouplings(view, corpus, after), (couplings) => graph.couplings(couplings)),
      },
    ],
    state: () => graph.last,
    restore: (state) => {
      graph.last = stateShape.parse(state);
    },
    closing: () => ({}),
  };
};

const writeOccurrences = async (
  view: GraphView,
  graph: CypherGraph,
  occurrences: readonly Occurrence[],
  write: (text: string, rows: number) => Promise<void>,
): Promise<void> => {
  const motifs = occurrences.filter(({ level }) => level === 1);
  await write(graph.occurrences(occurrences) + graph.motifs(motifs), occurrences.length);
  // The highest holds the corpus, all of it in one place: page by page.
  for (const community of occurrences.filter(({ level }) => level > 1)) {
    let [after, before, hasNextPage]: [string | undefined, number, boolean] = [undefined, 0, true];
    while (hasNextPage) {
      const page = await view.parts(community, { first: PAGE_MAX, depth: 1, after });
      await write(
        graph.parts(
          community,
          page.items.map(({ item }) => item),
          before,
        ),
        0,
      );
      before += page.items.length;
      after = page.items.at(-1)?.cursor;
      ({ hasNextPage } = page);
    }
  }
};
