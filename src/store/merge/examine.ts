import type { Coupling } from '../../scene/coupling.ts';
import { ownEntity } from '../../scene/facet.ts';
import type { CorpusName } from '../../scene/name.ts';
import type { Scene, SceneId } from '../../scene/scene.ts';
import type { GraphStore } from '../graph-store.ts';
import { incoming, type Source } from './incoming.ts';
import type { IncomingScene } from './incoming-scenes.ts';
import type { CodeMap } from './merge-registry.ts';

/** What couplings say, to be compared. */
export const couplingText = ({ a, b, weight, because }: Coupling): string =>
  JSON.stringify([a, b, weight, because.map((reason) => [reason.kind, reason.key, reason.weight])]);

export const endsOf = (couplings: readonly Coupling[]): readonly SceneId[] => [
  ...new Set(couplings.flatMap(({ a, b }) => [a, b])),
];

interface Finding {
  isSame: boolean;
  /** Couplings of the backup that stand as they are. */
  equal: number;
}

/**
 * Which of the corpora, each of the same documents here and there, are the backup's or on the way to become it: their scenes
 * were read as there, and what was coupled here was coupled there, in the same way.
 */
export const examineCorpora = async (
  store: GraphStore,
  source: Source,
  codes: CodeMap,
  corpora: ReadonlySet<CorpusName>,
): Promise<ReadonlySet<CorpusName>> => {
  const findings = new Map([...corpora].map((name) => [name, { isSame: true, equal: 0 }]));
  if (corpora.size === 0) return new Set();
  for await (const part of incoming(source, ['AGENT', 'COUPLED_WITH'])) {
    const finding = part.type === 'scenes' ? findings.get(part.scenes[0]?.corpus as CorpusName) : undefined;
    if (part.type === 'scenes' && finding?.isSame) await compare(store, codes, part.scenes, finding);
  }
  const whole = new Set<CorpusName>();
  for (const [name, { isSame, equal }] of findings)
    if (isSame && (await store.corpus(name))?.couplings === equal) whole.add(name);
  return whole;
};

const agentOf = ({ agent }: Scene): string | null => (agent === null ? null : ownEntity(agent));

const compare = async (
  store: GraphStore,
  codes: CodeMap,
  scenes: readonly IncomingScene[],
  finding: Finding,
): Promise<void> => {
  const ids = scenes.map(({ scene }) => scene.id);
  const stored = await store.scenesById(ids);
  const waiting = await store.waitToBeCoupled(scenes[0]?.corpus as CorpusName, ids);
  finding.isSame = scenes.every(({ scene, code, waits }, i) => {
    const own = stored[i] ?? null;
    if (own === null || own.code !== codes.get(code) || agentOf(own) !== agentOf(scene)) return false;
    return waiting[i] === true || !waits;
  });
  const couplings = scenes.flatMap((one) => one.couplings);
  const standing = new Set((await store.couplingsAmong(endsOf(couplings))).map(couplingText));
  finding.equal += couplings.filter((coupling) => standing.has(couplingText(coupling))).length;
};
