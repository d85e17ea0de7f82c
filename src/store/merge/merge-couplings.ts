import type { Coupling } from '../../scene/coupling.ts';
import type { CorpusName } from '../../scene/name.ts';
import type { GraphStore } from '../graph-store.ts';
import { couplingText, endsOf } from './examine.ts';
import { incoming, type Source } from './incoming.ts';

/**
 * How a corpus comes in. `whole`: as it was in the other store, couplings and levels too. `beside`: there are documents that
 * are not the backup's, or they were read or coupled otherwise; what comes waits to be coupled, with those couplings that
 * join what waits.
 */
export type Way = 'whole' | 'beside';

const pairOf = ({ a, b }: Coupling): string => `${a} ${b}`;

/** @returns how many came */
export const mergeCouplings = async (
  store: GraphStore,
  source: Source,
  ways: ReadonlyMap<CorpusName, Way>,
  onCouplings: (done: number) => void,
): Promise<number> => {
  let done = 0;
  if (ways.size === 0) return done;
  for await (const part of incoming(source, ['COUPLED_WITH'])) {
    if (part.type !== 'scenes') continue;
    const corpus = part.scenes[0]?.corpus as CorpusName;
    const way = ways.get(corpus);
    const couplings = part.scenes.flatMap((one) => one.couplings);
    if (way === undefined || couplings.length === 0) continue;
    const put = await missing(store, corpus, way, couplings);
    if (put.length === 0) continue;
    await store.writeCouplings(corpus, { put, remove: [], coupled: [] });
    done += put.length;
    onCouplings(done);
  }
  return done;
};

const missing = async (
  store: GraphStore,
  corpus: CorpusName,
  way: Way,
  couplings: readonly Coupling[],
): Promise<readonly Coupling[]> => {
  const ends = endsOf(couplings);
  const standing = await store.couplingsAmong(ends);
  if (way === 'whole') {
    const equal = new Set(standing.map(couplingText));
    return couplings.filter((coupling) => !equal.has(couplingText(coupling)));
  }
  const pairs = new Set(standing.map(pairOf));
  const flags = await store.waitToBeCoupled(corpus, ends);
  const waiting = new Set(ends.filter((_, i) => flags[i]));
  return couplings.filter((one) => waiting.has(one.a) && waiting.has(one.b) && !pairs.has(pairOf(one)));
};

/**
 * Those that do not wait in the backup wait no longer here either: after all couplings, so that a scene that does not wait has
 * all of its own.
 * @returns how many
 */
export const settleScenes = async (
  store: GraphStore,
  source: Source,
  corpora: ReadonlySet<CorpusName>,
): Promise<number> => {
  let done = 0;
  if (corpora.size === 0) return done;
  for await (const part of incoming(source, [])) {
    if (part.type !== 'scenes') continue;
    const corpus = part.scenes[0]?.corpus as CorpusName;
    if (!corpora.has(corpus)) continue;
    const settled = part.scenes.flatMap(({ scene, waits }) => (waits ? [] : [scene.id]));
    const flags = await store.waitToBeCoupled(corpus, settled);
    const coupled = settled.filter((_, i) => flags[i]);
    if (coupled.length > 0) await store.writeCouplings(corpus, { put: [], remove: [], coupled });
    done += coupled.length;
  }
  return done;
};
