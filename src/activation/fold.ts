import { type Figure, figureOf } from '../scene/figure.ts';
import { hyperlexeme, morphemes } from '../scene/hyperlexeme.ts';
import { formatCode, formatOccurrence, type OccurrenceRef } from '../scene/hypertoken.ts';
import type { Language } from '../scene/scene.ts';
import type { CodedScene } from '../scene/scene-line.ts';
import { hyperlexemeText, positionsOf, RUNGS, type Rung } from './rung.ts';

/** The rungs below whole text. */
export type FoldedRung = Exclude<Rung, 'text'>;
export const FOLDED_RUNGS: readonly FoldedRung[] = RUNGS.filter((rung) => rung !== 'text');

/** How something is written for a model, and what it takes. */
export interface Written {
  readonly text: string;
  readonly positions: number;
}

export interface Writing {
  readonly labels: Language;
  /** Positions of a text in the model's tokenizer. */
  readonly count: (text: string) => number;
}

/** A motif or community at one of its places, as far as it is written. */
export interface PlacedHypertoken extends OccurrenceRef {
  /** Of a motif in the order of its form, of a community the commonest. */
  readonly figures: readonly Figure[];
  /** Those bound to the variables of a motif; none of a community. */
  readonly agents: readonly string[];
}

export const writeScene = (scene: CodedScene, rung: Rung, { labels, count }: Writing): Written => ({
  text: sceneText(scene, rung, labels),
  positions: positionsOf(scene, rung, labels, count),
});

const sceneText = (scene: CodedScene, rung: Rung, labels: Language): string => {
  switch (rung) {
    case 'text':
      return scene.text;
    case 'hyperlexeme':
      return hyperlexemeText(scene, labels);
    case 'facets':
      return facetsText(figureOf(scene), labels);
    case 'occurrence':
      return formatOccurrence(scene);
    case 'code':
      return formatCode(scene.code);
    default:
      return rung satisfies never;
  }
};

/** Its morphemes as words of their own; what nothing stands in is called as by its hyperlexeme. */
const facetsText = (figure: Figure, labels: Language): string => {
  const words = morphemes(figure, labels);
  return words.length === 0 ? hyperlexeme(figure, labels) : words.join(' ');
};

/**
 * A motif or community as one hypertoken: порогтишина·бегство[он; царь]. On the rung `facets` it takes what its figures take, on
 * `occurrence` and `code` one position.
 */
export const writeHypertoken = (placed: PlacedHypertoken, rung: FoldedRung, { labels, count }: Writing): Written => {
  const { figures, agents } = placed;
  switch (rung) {
    case 'hyperlexeme': {
      const name = figures.map((figure) => hyperlexeme(figure, labels)).join('·');
      const text = agents.length === 0 ? name : `${name}[${agents.join('; ')}]`;
      return { text, positions: count(text) };
    }
    case 'facets':
      return {
        text: figures.map((figure) => facetsText(figure, labels)).join(' · '),
        positions: figures.reduce((sum, figure) => sum + Math.max(1, morphemes(figure, labels).length), 0),
      };
    case 'occurrence':
      return { text: formatOccurrence(placed), positions: 1 };
    case 'code':
      return { text: formatCode(placed.code), positions: 1 };
    default:
      return rung satisfies never;
  }
};
