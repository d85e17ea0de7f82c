import { type Clue, heaviestFirst } from '../activation/clue.ts';
import type { Facet } from '../scene/facet.ts';
import { formatCode } from '../scene/hypertoken.ts';
import type { SceneId } from '../scene/scene.ts';
import type { StoredScene } from '../store/graph-store.ts';
import { termsOf } from '../store/search-terms.ts';
import { termSpans } from '../store/term-spans.ts';

/** A span of a document in UTF-16 code units, `[start, end)`, and what stands there. */
export interface Highlight {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

interface WordClue {
  readonly clue: Clue;
  readonly terms: readonly string[];
}

/**
 * To which clues a scene answers, by its own text and facets: however many scenes were looked up of a clue, each that is read says exactly
 * what it has.
 */
export class SceneMatcher {
  readonly #words: readonly WordClue[];
  readonly #others: readonly (readonly [Clue, (scene: StoredScene) => boolean])[];

  constructor(clues: readonly Clue[]) {
    const standing = clues.filter(({ count }) => count > 0);
    this.#words = standing.filter(({ kind }) => kind === 'word').map((clue) => ({ clue, terms: termsOf(clue.key) }));
    this.#others = standing.filter(({ kind }) => kind !== 'word').map((clue) => [clue, answerTo(clue)] as const);
  }

  /** By falling weight. */
  answers(scene: StoredScene): readonly Clue[] {
    const standing = new Set(termsOf(scene.text));
    const words = this.#words.filter(({ terms }) => terms.every((term) => standing.has(term))).map(({ clue }) => clue);
    const others = this.#others.filter(([, isAnswer]) => isAnswer(scene)).map(([clue]) => clue);
    return [...words, ...others].toSorted(heaviestFirst);
  }
}

const answerTo = ({ kind, key, scenes }: Clue): ((scene: StoredScene) => boolean) => {
  switch (kind) {
    case 'agent':
    case 'tension':
    case 'context':
    case 'atmosphere':
    case 'archetype':
      return (scene) => facetOf(scene, kind, key) !== null;
    case 'code': {
      const looked = new Set<SceneId>(scenes);
      return (scene) => formatCode(scene.code) === key || looked.has(scene.id);
    }
    case 'occurrence':
    case 'scene': {
      const looked = new Set<SceneId>(scenes);
      return ({ id }) => looked.has(id);
    }
    case 'word':
      return () => false;
  }
};

/** The facet of a kind and key that stands in a scene; of an agent by its entity. */
const facetOf = (scene: StoredScene, kind: Clue['kind'], key: string): Facet | null => {
  switch (kind) {
    case 'agent':
      return scene.agent?.entity === key ? scene.agent : null;
    case 'context':
      return scene.context.find((facet) => facet.key === key) ?? null;
    case 'tension':
    case 'atmosphere':
    case 'archetype':
      return scene[kind]?.key === key ? scene[kind] : null;
    default:
      return null;
  }
};

/**
 * Where in a scene its answers are: each word that has a term of a word it answers to, and what each facet rests on; spans that meet
 * are one. In the order of the text.
 */
export const highlightsOf = (scene: StoredScene, because: readonly Clue[]): readonly Highlight[] => {
  const wanted = new Set(because.filter(({ kind }) => kind === 'word').flatMap(({ key }) => termsOf(key)));
  const words = termSpans(scene.text)
    .filter(({ terms }) => terms.some((term) => wanted.has(term)))
    .map(({ start, end }) => ({ start: scene.start + start, end: scene.start + end }));
  const evidence = because.flatMap(({ kind, key }) => facetOf(scene, kind, key) ?? []);
  return apart([...words, ...evidence]).map(({ start, end }) => ({
    start,
    end,
    text: scene.text.slice(start - scene.start, end - scene.start),
  }));
};

interface Span {
  readonly start: number;
  readonly end: number;
}

const apart = (spans: readonly Span[]): readonly Span[] => {
  const merged: Span[] = [];
  for (const { start, end } of spans.toSorted((x, y) => x.start - y.start)) {
    const last = merged.at(-1);
    if (last === undefined || last.end <= start) merged.push({ start, end });
    else merged.splice(-1, 1, { start: last.start, end: Math.max(last.end, end) });
  }
  return merged;
};
