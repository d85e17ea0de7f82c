import { z } from 'zod';
import type { Occurrence } from '../../scene/hypertoken.ts';
import { type GraphView, PAGE_MAX } from '../../store/graph-store.ts';
import { pagesOfHypertokens } from '../code-registry.ts';
import { type CursorPage, cursorPages, pagesOfCouplings, pagesOfScenes } from '../corpus-pages.ts';
import type { ExportContext, ExportFormat, PassPage } from '../export-format.ts';
import { CypherGraph, type Row } from './cypher-graph.ts';

const GRAPH = 'graph.cypher';

const stateShape = z.object({ document: z.string(), scene: z.string() }).nullable();

/** Views stand outside the levels, and scenes are written as such. */
const isOnLevels = ({ level }: Occurrence): boolean => level > 0;

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
            cursorPages((request) => view.documents(corpus, request), after),
            (records) => graph.documents(records),
          ),
      },
      {
        name: 'scenes',
        total: standing.scenes,
        pages: (after) => written(pagesOfScenes(view, corpus, after), (scenes) => graph.scenes(scenes)),
      },
      {
        name: 'occurrences',
        total: null,
        async *pages(after) {
          const pages = cursorPages((request) => view.occurrences({ corpus }, request), after);
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
  await write(graph.occurrences(occurrences), occurrences.length);
  // Most have few parts, the highest holds the corpus: neither a statement for each nor all of them at once.
  let parts: Row[] = [];
  for await (const some of partsOf(view, graph, occurrences)) {
    parts.push(...some);
    if (parts.length < PAGE_MAX) continue;
    await write(graph.holding(parts), 0);
    parts = [];
  }
  await write(graph.holding(parts), 0);
};

async function* partsOf(
  view: GraphView,
  graph: CypherGraph,
  occurrences: readonly Occurrence[],
): AsyncGenerator<readonly Row[]> {
  for (const whole of occurrences) {
    if (whole.level === 1) {
      yield graph.partsOfMotif(whole);
      continue;
    }
    const pages = cursorPages((request) => view.parts(whole, { ...request, depth: 1 }), undefined);
    let before = 0;
    for await (const { items } of pages) {
      yield graph.parts(whole, items, before);
      before += items.length;
    }
  }
}
