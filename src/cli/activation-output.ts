import { clueLabel } from '../api/clue-label.ts';
import { reasonLabel } from '../api/reason-label.ts';
import { formatOccurrence } from '../scene/hypertoken.ts';
import type { Language, SceneId } from '../scene/scene.ts';
import { sceneLine } from '../scene/scene-line.ts';
import type { GraphStore } from '../store/graph-store.ts';
import type { ActivatedScene, Activation } from '../worker/activate-job.ts';
import { carryCouplings } from '../worker/carry-couplings.ts';
import type { Session } from './session.ts';
import type { Column } from './table.ts';
import { writeTable } from './write-table.ts';

/** Clues of which a person is told at most; a query of eight words has some thirty. */
const CLUES_SHOWN = 8;

/** What was looked for, and how far activation went, for people; a line of JSON for programs. */
export const noteActivation = (session: Session, activation: Activation, labels: Language): void => {
  const { clues, wordsLeft, seeds, seedsLeft, lit, touched, rounds, residual, truncated } = activation;
  const standing = clues.filter(({ scenes }) => scenes.length > 0);
  const named = standing
    .slice(0, CLUES_SHOWN)
    .map((clue) => `${clueLabel(clue, labels)} (${clue.kind}, ${clue.count})`);
  const more = standing.length > CLUES_SHOWN ? ` and ${standing.length - CLUES_SHOWN} more` : '';
  session.note(standing.length === 0 ? 'nothing in the corpus answers to it' : `looked for ${named.join(', ')}${more}`);
  if (wordsLeft.length > 0) session.note(`not searched for: ${wordsLeft.join(', ')}`);
  if (seeds === 0) return;
  const left = seedsLeft > 0 ? `, ${seedsLeft} that answer to less left out` : '';
  session.note(
    `started from ${seeds === 1 ? 'one scene' : `${seeds} scenes`}${left}; lit ${lit}, touched ${touched} in ${rounds} rounds, ${(100 * residual).toFixed(0)} % not passed on`,
  );
  if (truncated === 'touched') session.note('stopped by --budget: more scenes were in reach');
  if (truncated === 'rounds') session.note('stopped after the last round: more scenes were in reach');
};

export const activationLine = (activation: Activation): unknown => {
  const { corpus, clues, scenes: _, ...rest } = activation;
  return {
    type: 'activation',
    corpus,
    clues: clues.map(({ kind, key, weight, count, scenes }) => ({ kind, key, weight, count, taken: scenes.length })),
    ...rest,
  };
};

/** Writes the activated scenes: a line of JSON each, or a table. */
export const writeActivation = async (
  session: Session,
  store: GraphStore,
  activation: Activation,
  labels: Language,
): Promise<void> => {
  const { scenes } = activation;
  if (!session.json) return writeTable(session.output, columns(activation, labels), [scenes]);
  const coupled = await carryCouplings(
    store,
    scenes.map(({ scene }) => scene.id),
  );
  await session.output.json(activationLine(activation));
  for (const [i, activated] of scenes.entries())
    await session.output.json(activatedLine({ ...activated, coupled: coupled[i] ?? false }, labels));
};

const activatedLine = (
  { scene, score, because, through, coupled }: ActivatedScene & { readonly coupled: boolean },
  labels: Language,
): unknown => ({
  type: 'scene',
  score,
  because: because.map(({ kind, key, weight }) => ({ kind, key, weight })),
  through:
    through === null ? null : { scene: otherEnd(through, scene.id), weight: through.weight, because: through.because },
  coupled,
  scene: sceneLine(scene, labels),
});

const otherEnd = ({ a, b }: { readonly a: SceneId; readonly b: SceneId }, from: SceneId): SceneId =>
  a === from ? b : a;

const columns = ({ scenes }: Activation, labels: Language): readonly Column<ActivatedScene>[] => {
  const names = new Map<SceneId, string>(scenes.map(({ scene }) => [scene.id, formatOccurrence(scene)]));
  return [
    { title: 'score', cell: ({ score }) => score.toFixed(4), align: 'right' },
    { title: 'code', cell: ({ scene }) => formatOccurrence(scene) },
    { title: 'document', cell: ({ scene }) => scene.documentName, widthMax: 16 },
    { title: 'at', cell: ({ scene }) => String(scene.position), align: 'right' },
    { title: 'because', cell: (activated) => becauseText(activated, names, labels), widthMax: 36 },
    { title: 'text', cell: ({ scene }) => scene.text, flexible: true },
  ];
};

/** `тоска, вода` for a scene that answers itself; `← Δ29:4 река` for one that another one lit up. */
const becauseText = (
  { scene, because, through }: ActivatedScene,
  names: ReadonlyMap<SceneId, string>,
  labels: Language,
): string => {
  if (because.length > 0) return [...new Set(because.map((clue) => clueLabel(clue, labels)))].join(', ');
  if (through === null) return '·';
  const other = otherEnd(through, scene.id);
  const reasons = through.because.map((reason) => reasonLabel(reason, labels)).join(', ');
  return `← ${names.get(other) ?? other.slice(0, 8)} ${reasons}`;
};
