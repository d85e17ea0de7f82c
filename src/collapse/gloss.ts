import { morphemes } from '../scene/hyperlexeme.ts';
import type { Language } from '../scene/scene.ts';
import type { Bundle, BundleSpan, Standing, TensionStretch } from './bundle.ts';

interface Words {
  readonly nameless: string;
  readonly rising: string;
  readonly falling: string;
  readonly among: string;
  readonly scenes: Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string };
  readonly documents: Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string };
}

const WORDS: Readonly<Record<Language, Words>> = {
  ru: {
    nameless: 'сцены без фигуры',
    rising: 'нарастает',
    falling: 'спадает',
    among: 'вокруг',
    scenes: { one: 'сцена', few: 'сцены', many: 'сцен', other: 'сцены' },
    documents: { one: 'документ', few: 'документа', many: 'документов', other: 'документа' },
  },
  en: {
    nameless: 'scenes without a figure',
    rising: 'rising',
    falling: 'falling',
    among: 'around',
    scenes: { one: 'scene', other: 'scenes' },
    documents: { one: 'document', other: 'documents' },
  },
};

/** Agents and contexts named at most. */
const NAMED = 3;

/**
 * One line for people: who, what kind of scenes and in what tension, among what, how many and where.
 * `Емельян и царь: испытание, тишина, сдерживание (нарастает); вокруг: дверь, река. 39 сцен, emelyan.txt 12–80`.
 * Agents and contexts are lemmas of their own text, whatever the language of the rest.
 */
export const gloss = (bundle: Bundle, labels: Language): string => {
  const words = WORDS[labels];
  const names = new Intl.ListFormat(labels).format(leading(bundle.agents));
  const what = morphemes(bundle.figure, labels);
  const kinds = what.length === 0 ? words.nameless : what.join(', ');
  const course = bundle.tension === null ? null : courseOf(bundle.curve);
  const contexts = bundle.contexts.slice(0, NAMED).map(({ key }) => key);
  return [
    names === '' ? '' : `${names}: `,
    kinds,
    course === null ? '' : ` (${words[course]})`,
    contexts.length === 0 ? '' : `; ${words.among}: ${contexts.join(', ')}`,
    `. ${counted(bundle.scenes, words.scenes, labels)}, ${where(bundle, labels)}`,
  ].join('');
};

/** Who stands in at least half as many scenes as the commonest. */
const leading = (agents: readonly Standing[]): readonly string[] =>
  agents
    .filter(({ scenes }) => scenes * 2 >= (agents[0]?.scenes ?? 0))
    .slice(0, NAMED)
    .map(({ key }) => key);

/** A third of the scenes more, or fewer, in tension at the end than at the beginning. */
const COURSE_MIN = 1 / 3;

const courseOf = (curve: readonly TensionStretch[]): 'rising' | 'falling' | null => {
  const third = Math.floor(curve.length / 3);
  if (third === 0) return null;
  const change = tenseShare(curve.slice(-third)) - tenseShare(curve.slice(0, third));
  if (Math.abs(change) < COURSE_MIN) return null;
  return change > 0 ? 'rising' : 'falling';
};

const tenseShare = (stretches: readonly TensionStretch[]): number => {
  const scenes = stretches.reduce((sum, stretch) => sum + stretch.scenes, 0);
  return stretches.reduce((sum, { scenes: some, tense }) => sum + some * tense, 0) / scenes;
};

const where = ({ spans, documents }: Bundle, labels: Language): string => {
  const [span] = spans;
  if (documents !== 1 || span === undefined) return counted(documents, WORDS[labels].documents, labels);
  return `${span.documentName} ${positions(span)}`;
};

const positions = ({ from, to }: BundleSpan): string => (from === to ? String(from) : `${from}–${to}`);

const counted = (n: number, forms: Words['scenes'], labels: Language): string =>
  `${n.toLocaleString(labels)} ${forms[new Intl.PluralRules(labels).select(n)] ?? forms.other}`;
