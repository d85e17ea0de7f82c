import { type Code, VIEW_LEVEL } from '../../scene/hypertoken.ts';
import type { CorpusName, ViewName } from '../../scene/name.ts';
import type { SceneId } from '../../scene/scene.ts';
import type { ViewSelection } from '../../scene/view.ts';
import { scenesOfViews as scenesOfViewsQuery, type ViewRow, viewPage, viewsByUid } from '../cypher/view-queries.ts';
import type { CypherReader } from '../cypher-engine.ts';
import type { Page, PageRequest, ViewRecord } from '../graph-store.ts';
import { openPage, toPage } from '../paging.ts';
import { readBatches, requireWhole, type StoreContext } from './context.ts';

export const toView = (corpus: CorpusName, row: ViewRow): ViewRecord => ({
  corpus,
  name: row.name as ViewName,
  occurrence: {
    code: row.code as Code,
    ordinal: row.ordinal,
    level: row.level,
    size: row.size,
    first: row.first as SceneId,
  },
  selection: JSON.parse(row.selection) as ViewSelection,
});

export const pageViews = (context: StoreContext, corpus: CorpusName, page: PageRequest): Promise<Page<ViewRecord>> => {
  const [after = ''] = openPage('views', page) ?? [];
  return context.engine.snapshot(async (view) => {
    await requireWhole(view, context, corpus);
    const layer = context.identity.layer(corpus, VIEW_LEVEL);
    const rows = await view.read(viewPage, { layer, after, limit: page.first + 1 });
    return toPage(
      'views',
      page,
      rows.map((row) => toView(corpus, row)),
      ({ name }) => [name],
    );
  });
};

export const viewByName = (context: StoreContext, corpus: CorpusName, name: ViewName): Promise<ViewRecord | null> =>
  context.engine.snapshot(async (view) => {
    await requireWhole(view, context, corpus);
    const row = await findView(view, context, corpus, name);
    return row === null ? null : toView(corpus, row);
  });

export const findView = async (
  reader: CypherReader,
  { identity }: StoreContext,
  corpus: CorpusName,
  name: ViewName,
): Promise<ViewRow | null> => {
  const [row] = await reader.read(viewsByUid, { occurrences: [identity.view(corpus, name)] });
  return row ?? null;
};

export const scenesOfViews = (
  context: StoreContext,
  corpus: CorpusName,
  names: readonly ViewName[],
): Promise<readonly (readonly SceneId[])[]> =>
  context.engine.snapshot(async (view) => {
    await requireWhole(view, context, corpus);
    const uids = names.map((name) => context.identity.view(corpus, name));
    const rows = await readBatches(view, scenesOfViewsQuery, [...new Set(uids)], (occurrences) => ({ occurrences }));
    const found = Map.groupBy(rows, (row) => row.view);
    return uids.map((uid) => (found.get(uid) ?? []).map(({ scene }) => scene as SceneId));
  });
