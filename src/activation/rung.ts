import { figureOf } from '../scene/figure.ts';
import { hyperlexeme, morphemes } from '../scene/hyperlexeme.ts';
import type { Language, Scene } from '../scene/scene.ts';

/** How a scene is written for a model, from whole to least. */
export const RUNGS = ['text', 'hyperlexeme', 'facets', 'occurrence', 'code'] as const;
export type Rung = (typeof RUNGS)[number];

/** The hyperlexeme with agent and context in brackets, readable by any model: `порогтишинасдерживание[он; дверь]`. */
export const hyperlexemeText = (scene: Scene, labels: Language): string => {
  const words = [...(scene.agent === null ? [] : [scene.agent.entity]), ...scene.context.map(({ key }) => key)];
  const name = hyperlexeme(figureOf(scene), labels);
  return words.length === 0 ? name : `${name}[${words.join('; ')}]`;
};

/**
 * Positions that a scene takes on a rung.
 * `facets` takes one added token for each morpheme of its figure, and one where none stands; `occurrence` and `code`
 * take one. These three need a vocabulary that holds them.
 * @param count positions of a text in the model's tokenizer
 */
export const positionsOf = (scene: Scene, rung: Rung, labels: Language, count: (text: string) => number): number => {
  switch (rung) {
    case 'text':
      return count(scene.text);
    case 'hyperlexeme':
      return count(hyperlexemeText(scene, labels));
    case 'facets':
      return Math.max(1, morphemes(figureOf(scene), labels).length);
    case 'occurrence':
    case 'code':
      return 1;
    default:
      return rung satisfies never;
  }
};
