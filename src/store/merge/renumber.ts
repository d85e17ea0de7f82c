import { HypersceneError } from '../../errors.ts';
import type { Code, OccurrenceRef } from '../../scene/hypertoken.ts';
import type { CorpusName } from '../../scene/name.ts';
import type { DocumentId, SceneId } from '../../scene/scene.ts';
import type { GraphStore } from '../graph-store.ts';
import { incoming, type Source } from './incoming.ts';
import { firstSceneOf, type IncomingOccurrence, incomingLevels } from './incoming-levels.ts';
import type { IncomingScene } from './incoming-scenes.ts';
import { type CodeMap, requireCode } from './merge-registry.ts';

/** What an occurrence of the backup is called here; null for one that is not here, or is another one. */
export interface Renumbered {
  readonly from: OccurrenceRef;
  readonly to: OccurrenceRef | null;
  /** By this merge. */
  readonly came: boolean;
}

/** Occurrences looked up at once. */
const OCCURRENCES = 500;

/**
 * Tells of every scene of the backup, in the order of the text, what its occurrence is called here. What came is compared with
 * what is here on the way.
 * @param came the documents that this merge wrote
 * @throws HypersceneError STORE_FAILED
 */
export async function* renumberedScenes(
  store: GraphStore,
  source: Source,
  codes: CodeMap,
  came: ReadonlySet<DocumentId>,
): AsyncGenerator<readonly Renumbered[]> {
  for await (const part of incoming(source, [])) {
    if (part.type !== 'scenes') continue;
    const stored = await store.scenesById(part.scenes.map(({ scene }) => scene.id));
    yield part.scenes.map((one, i) => {
      const own = stored[i] ?? null;
      const isHere = own !== null && own.code === requireCode(codes, one.code) && own.text === one.scene.text;
      if (!isHere && came.has(one.document)) throw lost(one);
      const from = { code: one.code, ordinal: one.ordinal };
      const to = isHere ? { code: own.code, ordinal: own.ordinal } : null;
      return { from, to, came: came.has(one.document) };
    });
  }
}

const lost = ({ scene, document }: IncomingScene): HypersceneError =>
  new HypersceneError('STORE_FAILED', 'a scene is not what the backup holds', {
    at: document,
    expected: JSON.stringify(scene.text.slice(0, 80)),
  });

/**
 * The same of every occurrence above level 0: known again by its form and its first scene.
 * @param raised the corpora whose levels this merge wrote
 */
export async function* renumberedOccurrences(
  store: GraphStore,
  source: Source,
  codes: CodeMap,
  corpora: ReadonlySet<CorpusName>,
  raised: ReadonlySet<CorpusName>,
): AsyncGenerator<readonly Renumbered[]> {
  for await (const { corpus, levels } of incomingLevels(source, corpora)) {
    const all = levels.flat();
    const byUid = new Map(all.map((one) => [one.uid, one]));
    for (let at = 0; at < all.length; at += OCCURRENCES)
      yield (await renumber(store, codes, all.slice(at, at + OCCURRENCES), byUid)).map((one) => ({
        ...one,
        came: raised.has(corpus),
      }));
  }
}

const renumber = async (
  store: GraphStore,
  codes: CodeMap,
  occurrences: readonly IncomingOccurrence[],
  byUid: ReadonlyMap<string, IncomingOccurrence>,
): Promise<readonly Omit<Renumbered, 'came'>[]> => {
  const firsts = occurrences.map((one) => firstSceneOf(one, byUid));
  const found = await holdersAbove(store, firsts, occurrences);
  return occurrences.map(({ code, ordinal }, i) => {
    const own = found[i] ?? null;
    const isSame = own !== null && own.code === requireCode(codes, code);
    return { from: { code, ordinal }, to: isSame ? own : null };
  });
};

/** What holds each scene at the level of its occurrence: all are followed upwards at once, a level at a time. */
const holdersAbove = async (
  store: GraphStore,
  scenes: readonly SceneId[],
  wanted: readonly { readonly level: number }[],
): Promise<readonly (OccurrenceRef | null)[]> => {
  const stored = await store.scenesById(scenes);
  const found: (OccurrenceRef | null)[] = scenes.map(() => null);
  let climbing = stored.flatMap((scene, i) =>
    scene === null ? [] : [{ i, ref: { code: scene.code as Code, ordinal: scene.ordinal } }],
  );
  while (climbing.length > 0) {
    const holders = await store.holdersOf(climbing.map(({ ref }) => ref));
    const above: typeof climbing = [];
    for (const [at, { i }] of climbing.entries()) {
      const holder = holders[at] ?? null;
      const level = wanted[i]?.level ?? 0;
      if (holder === null || holder.level > level) continue;
      const ref = { code: holder.code, ordinal: holder.ordinal };
      if (holder.level === level) found[i] = ref;
      else above.push({ i, ref });
    }
    climbing = above;
  }
  return found;
};
