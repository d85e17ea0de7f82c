import { type Binding, type Code, LEVEL_MAX, VIEW_LEVEL } from '../../scene/hypertoken.ts';
import type { CorpusName } from '../../scene/name.ts';
import type { SceneId } from '../../scene/scene.ts';
import { unreadable } from '../backup/format.ts';
import type { EdgeRecord, NodeRecord } from '../graph-archive.ts';
import { recordsOfKinds, type Source } from './incoming.ts';
import { lastPart } from './incoming-scenes.ts';

/** An occurrence above level 0 as a backup holds it. */
export interface IncomingOccurrence {
  readonly uid: string;
  readonly level: number;
  /** In the store it comes from. */
  readonly code: Code;
  readonly ordinal: number;
  /** Keys of scenes and of occurrences, in the order of the form. */
  readonly parts: readonly string[];
  readonly bindings: readonly Binding[];
}

export interface IncomingLevels {
  readonly corpus: CorpusName;
  /** From level 1; of each level by code, then ordinal. */
  readonly levels: readonly (readonly IncomingOccurrence[])[];
}

interface Draft {
  readonly node: NodeRecord;
  readonly parts: { readonly order: number; readonly uid: string }[];
  readonly bindings: Binding[];
}

/** Corpus by corpus, each as a whole: memory holds what collapsing it holds. Of a corpus that is not wanted nothing is kept. */
export async function* incomingLevels(source: Source, wanted: ReadonlySet<CorpusName>): AsyncGenerator<IncomingLevels> {
  let corpus: CorpusName | null = null;
  let drafts = new Map<string, Draft>();
  for await (const records of recordsOfKinds(source, ['corpus', 'occurrence'], ['COLLAPSES', 'BINDS']))
    for (const record of records) {
      if ('node' in record && record.node === 'corpus') {
        if (corpus !== null && wanted.has(corpus)) yield { corpus, levels: toLevels(drafts) };
        corpus = record.properties['name'] as CorpusName;
        drafts = new Map();
      } else if (corpus === null || !wanted.has(corpus)) continue;
      else if ('node' in record) {
        // Views stand outside the levels.
        if (record.properties['level'] !== VIEW_LEVEL)
          drafts.set(String(record.properties['uid']), { node: record, parts: [], bindings: [] });
      } else addEdge(drafts, record);
    }
  if (corpus !== null && wanted.has(corpus)) yield { corpus, levels: toLevels(drafts) };
}

const addEdge = (drafts: ReadonlyMap<string, Draft>, { edge, from, to, properties }: EdgeRecord): void => {
  const draft = drafts.get(from);
  if (draft === undefined) throw unreadable('what leads from an occurrence behind it', `${edge} from ${from}`);
  if (edge === 'COLLAPSES') draft.parts.push({ order: Number(properties['order']), uid: to });
  else draft.bindings.push({ slot: Number(properties['slot']), agent: lastPart(to) });
};

const toLevels = (drafts: ReadonlyMap<string, Draft>): IncomingLevels['levels'] => {
  const levels: IncomingOccurrence[][] = [];
  for (const draft of drafts.values()) {
    const occurrence = toOccurrence(draft);
    while (levels.length < occurrence.level) levels.push([]);
    levels[occurrence.level - 1]?.push(occurrence);
  }
  for (const level of levels) level.sort((x, y) => x.code - y.code || x.ordinal - y.ordinal);
  return levels;
};

const toOccurrence = ({ node: { properties }, parts, bindings }: Draft): IncomingOccurrence => {
  const { uid, level, code, ordinal } = properties;
  if (!Number.isInteger(level) || Number(level) < 1 || Number(level) > LEVEL_MAX)
    throw unreadable(`occurrences of level 1 to ${LEVEL_MAX}`, String(level));
  return {
    uid: String(uid),
    level: Number(level),
    code: code as Code,
    ordinal: Number(ordinal),
    parts: parts.sort((x, y) => x.order - y.order).map((part) => part.uid),
    bindings: bindings.sort((x, y) => x.slot - y.slot),
  };
};

/** The scene with which an occurrence begins. */
export const firstSceneOf = (
  occurrence: IncomingOccurrence,
  byUid: ReadonlyMap<string, IncomingOccurrence>,
): SceneId => {
  let first = occurrence.parts[0] ?? '';
  for (let below = byUid.get(first); below !== undefined; below = byUid.get(first)) first = below.parts[0] ?? '';
  return lastPart(first) as SceneId;
};
