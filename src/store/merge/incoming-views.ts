import { type Code, VIEW_LEVEL } from '../../scene/hypertoken.ts';
import type { CorpusName, ViewName } from '../../scene/name.ts';
import type { SceneId } from '../../scene/scene.ts';
import type { ViewSelection } from '../../scene/view.ts';
import { unreadable } from '../backup/format.ts';
import type { NodeRecord } from '../graph-archive.ts';
import { recordsOfKinds, type Source } from './incoming.ts';
import { lastPart } from './incoming-scenes.ts';

/** A named view as a backup holds it. */
export interface IncomingView {
  readonly corpus: CorpusName;
  readonly name: ViewName;
  readonly selection: ViewSelection;
  /** In the store it comes from. */
  readonly code: Code;
  readonly ordinal: number;
  /** In the order of the form. */
  readonly scenes: readonly SceneId[];
}

interface Draft {
  readonly node: NodeRecord;
  readonly scenes: { readonly order: number; readonly id: SceneId }[];
}

/** Corpus by corpus: memory holds the views of one. */
export async function* incomingViews(
  source: Source,
  wanted: ReadonlySet<CorpusName>,
): AsyncGenerator<readonly IncomingView[]> {
  let corpus: CorpusName | null = null;
  let drafts = new Map<string, Draft>();
  for await (const records of recordsOfKinds(source, ['corpus', 'occurrence'], ['GATHERS']))
    for (const record of records) {
      if ('node' in record && record.node === 'corpus') {
        if (corpus !== null && drafts.size > 0) yield toViews(corpus, drafts);
        corpus = record.properties['name'] as CorpusName;
        drafts = new Map();
      } else if (corpus === null || !wanted.has(corpus)) continue;
      else if (!('node' in record))
        gather(drafts, record.from, { order: Number(record.properties['order']), to: record.to });
      else if (record.properties['level'] === VIEW_LEVEL)
        drafts.set(String(record.properties['uid']), { node: record, scenes: [] });
    }
  if (corpus !== null && drafts.size > 0) yield toViews(corpus, drafts);
}

const gather = (
  drafts: ReadonlyMap<string, Draft>,
  view: string,
  { order, to }: { readonly order: number; readonly to: string },
): void => {
  const draft = drafts.get(view);
  if (draft === undefined) throw unreadable('what leads from a view behind it', `GATHERS from ${view}`);
  draft.scenes.push({ order, id: lastPart(to) as SceneId });
};

const toViews = (corpus: CorpusName, drafts: ReadonlyMap<string, Draft>): readonly IncomingView[] =>
  [...drafts.values()].map(({ node: { properties }, scenes }) => ({
    corpus,
    name: properties['name'] as ViewName,
    selection: JSON.parse(String(properties['selection'])) as ViewSelection,
    code: properties['code'] as Code,
    ordinal: Number(properties['ordinal']),
    scenes: scenes.sort((x, y) => x.order - y.order).map(({ id }) => id),
  }));
