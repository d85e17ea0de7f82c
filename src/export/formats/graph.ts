import { type FigureKey, figureKeyDigest } from '../../scene/figure.ts';
import {
  type DocumentRecord,
  type GraphView,
  PAGE_MAX,
  type StoredScene,
  VIEW_SCENES_MAX,
  type ViewRecord,
} from '../../store/graph-store.ts';
import { cursorPages, pagesOfCouplings, scenePages } from '../corpus-pages.ts';
import type { ExportContext, ExportFormat, Pass } from '../export-format.ts';
import { occurrencesBeginningWith, there } from '../graph-occurrences.ts';
import {
  couplingRow,
  documentRow,
  GRAPH_FILES,
  GRAPH_VERSION,
  type GraphRow,
  graphSceneRow,
  mergeRow,
  selectionRow,
} from '../graph-rows.ts';
import { jsonLines } from '../json-lines.ts';
import type { Outputs } from '../outputs.ts';
import { textPieces } from '../text-pieces.ts';

/** The graph itself, all that `import` needs to bring the corpus into a store, as lines of JSON. */
export const graphFormat = (context: ExportContext): ExportFormat => ({
  passes: [
    documentsPass(context),
    textsPass(context),
    scenesPass(context),
    occurrencesPass(context),
    couplingsPass(context),
    mergesPass(context),
    viewsPass(context),
  ],
  state: () => null,
  restore: () => undefined,
  closing: () => ({ [GRAPH_FILES.corpus]: `${JSON.stringify(corpusOf(context), null, 2)}\n` }),
});

const corpusOf = ({ standing }: ExportContext): GraphRow<'corpus'> => {
  const { documents, scenes, couplings, uncoupled, revision, collapsedRevision, collapsedBy } = standing;
  return {
    format: 'hyperscene-graph',
    version: GRAPH_VERSION,
    documents,
    scenes,
    couplings,
    uncoupled,
    revision,
    collapsedRevision,
    collapsedBy:
      collapsedBy === null
        ? null
        : {
            resolution: collapsedBy.resolution,
            seed: collapsedBy.seed,
            resolutions: [...collapsedBy.resolutions],
            scenes: collapsedBy.scenes,
          },
  };
};

const writeRows = (outputs: Outputs, file: string, rows: readonly unknown[]): Promise<void> =>
  outputs.write(file, jsonLines(rows), rows.length);

const documentsPass = ({ view, corpus, standing, outputs }: ExportContext): Pass => ({
  name: 'documents',
  total: standing.documents,
  async *pages(after) {
    await outputs.begin(GRAPH_FILES.documents);
    const pages = cursorPages((request) => view.documents(corpus, request), after);
    for await (const { items, cursor } of pages)
      yield {
        cursor,
        count: items.length,
        write: () => writeRows(outputs, GRAPH_FILES.documents, items.map(documentRow)),
      };
  },
});

/** A document is a page. */
const textsPass = ({ view, corpus, standing, outputs }: ExportContext): Pass => {
  const write = async ({ id, name }: DocumentRecord): Promise<void> => {
    for await (const text of textPieces(view.documentText(id)))
      await writeRows(outputs, GRAPH_FILES.texts, [{ document: name, text } satisfies GraphRow<'texts'>]);
  };
  return {
    name: 'texts',
    total: standing.scenes,
    async *pages(after) {
      await outputs.begin(GRAPH_FILES.texts);
      for (let behind = after, more = true; more; ) {
        const { items, hasNextPage } = await view.documents(corpus, { first: PAGE_MAX, after: behind });
        for (const { cursor, item } of items) yield { cursor, count: item.scenes, write: () => write(item) };
        behind = items.at(-1)?.cursor;
        more = hasNextPage;
      }
    },
  };
};

/** Pages of scenes, completed while others are written. */
const sceneWalk = (
  { view, corpus, standing, outputs }: ExportContext,
  name: 'scenes' | 'occurrences',
  rowsOf: (scenes: readonly StoredScene[]) => Promise<readonly unknown[]>,
): Pass => ({
  name,
  total: standing.scenes,
  async *pages(after) {
    await outputs.begin(GRAPH_FILES[name]);
    const complete = async (scenes: readonly StoredScene[]) => [{ count: scenes.length, rows: await rowsOf(scenes) }];
    const pages = scenePages(view, corpus, complete, after);
    for await (const { items, cursor } of pages)
      for (const { count, rows } of items)
        yield { cursor, count, write: () => writeRows(outputs, GRAPH_FILES[name], rows) };
  },
});

const scenesPass = (context: ExportContext): Pass =>
  sceneWalk(context, 'scenes', async (scenes) => {
    const waits = await context.view.waitToBeCoupled(
      context.corpus,
      scenes.map(({ id }) => id),
    );
    return scenes.map((scene, i) =>
      graphSceneRow(scene, figureKeyDigest(scene.figure as FigureKey), waits[i] === true),
    );
  });

const occurrencesPass = (context: ExportContext): Pass =>
  sceneWalk(context, 'occurrences', (scenes) => occurrencesBeginningWith(context.view, scenes));

const couplingsPass = ({ view, corpus, standing, outputs }: ExportContext): Pass => ({
  name: 'couplings',
  total: standing.couplings,
  async *pages(after) {
    await outputs.begin(GRAPH_FILES.couplings);
    for await (const { items, cursor } of pagesOfCouplings(view, corpus, after))
      yield {
        cursor,
        count: items.length,
        write: () => writeRows(outputs, GRAPH_FILES.couplings, items.map(couplingRow)),
      };
  },
});

const mergesPass = ({ view, corpus, outputs }: ExportContext): Pass => ({
  name: 'merges',
  total: null,
  async *pages(after) {
    await outputs.begin(GRAPH_FILES.merges);
    const pages = cursorPages((request) => view.agentMerges(corpus, request), after);
    for await (const { items, cursor } of pages)
      yield { cursor, count: items.length, write: () => writeRows(outputs, GRAPH_FILES.merges, items.map(mergeRow)) };
  },
});

const viewsPass = ({ view, corpus, outputs }: ExportContext): Pass => ({
  name: 'views',
  total: null,
  async *pages(after) {
    await outputs.begin(GRAPH_FILES.views);
    const pages = cursorPages((request) => view.views(corpus, request), after);
    for await (const { items, cursor } of pages)
      yield {
        cursor,
        count: items.length,
        write: async () => {
          for (const some of together(items)) await writeRows(outputs, GRAPH_FILES.views, await viewRows(view, some));
        },
      };
  },
});

/** As many as have {@link VIEW_SCENES_MAX} scenes together, which is what one may have. */
const together = (views: readonly ViewRecord[]): readonly (readonly ViewRecord[])[] => {
  const parted: ViewRecord[][] = [];
  let scenes = Number.POSITIVE_INFINITY;
  for (const one of views) {
    scenes += one.occurrence.size;
    if (scenes > VIEW_SCENES_MAX) {
      parted.push([]);
      scenes = one.occurrence.size;
    }
    parted.at(-1)?.push(one);
  }
  return parted;
};

const viewRows = async (view: GraphView, views: readonly ViewRecord[]): Promise<readonly GraphRow<'views'>[]> => {
  const corpus = views[0]?.corpus;
  if (corpus === undefined) return [];
  const [scenes, hypertokens] = await Promise.all([
    view.scenesOfViews(
      corpus,
      views.map(({ name }) => name),
    ),
    view.hypertokensByCode(views.map(({ occurrence }) => occurrence.code)),
  ]);
  return views.map(({ name, selection }, i) => {
    const { digest, form, figures } = there(hypertokens[i]);
    return {
      name,
      digest,
      form,
      figures: [...figures],
      scenes: [...there(scenes[i])],
      selection: selectionRow(selection),
    };
  });
};
