import type { LanguageModel, ModelCall, Prompt } from '../../model/language-model.ts';
import type { FacetKind } from '../../scene/facet.ts';
import { facetLabel } from '../../scene/facet-label.ts';
import { NONE } from '../../scene/figure.ts';
import type { Language, Scene } from '../../scene/scene.ts';
import type { FacetAnswer } from './facet-answer.ts';

/**
 * How sure a model's answer counts that was not scored: as a usual word of a lexicon, above those that stand for nothing in a figure.
 * An estimate, to be replaced by how often a model is right.
 */
export const MODEL_CONFIDENCE = 0.6;

const NAMES: Readonly<Record<Language, Readonly<Record<FacetKind | typeof NONE, string>>>> = {
  ru: {
    agent: 'Кто действует',
    tension: 'Напряжение',
    context: 'Где',
    atmosphere: 'Среда',
    archetype: 'Архетип',
    none: 'нет',
  },
  en: {
    agent: 'Who acts',
    tension: 'Tension',
    context: 'Where',
    atmosphere: 'Atmosphere',
    archetype: 'Archetype',
    none: 'none',
  },
};

/**
 * The share of an answer's probability among the answer, that nothing fits, and what the reader had found: two or three short prompts,
 * without the inventory, of some tens of positions each. It compares names of different lengths, and a model that likes one name in
 * every scene likes it here too: it orders answers, and is not how often they are right.
 * @returns 0 to 1, to hundredths
 * @throws HypersceneError what the model's `score` throws
 */
export const scoredConfidence = async (
  model: LanguageModel,
  scene: Scene,
  { kind, key }: FacetAnswer,
  call: ModelCall,
): Promise<number> => {
  const weak = kind === 'context' ? scene.context[0] : scene[kind];
  const names = NAMES[scene.lang];
  const said = facetLabel(kind, key, scene.lang);
  const others = [names[NONE], ...(weak ? [facetLabel(kind, weak.key, scene.lang)] : [])];
  const sums: number[] = [];
  for (const candidate of new Set([said, ...others]))
    sums.push(await logProbability(model, promptOf(scene, names[kind], candidate), call));
  const most = Math.max(...sums);
  const shares = sums.map((sum) => Math.exp(sum - most));
  const share = (shares[0] ?? 0) / shares.reduce((all, each) => all + each, 0);
  return Math.round(share * 100) / 100;
};

const promptOf = ({ text }: Scene, name: string, candidate: string): Prompt => ({
  segments: [
    { kind: 'text', text: `${JSON.stringify(text)}\n${name}:` },
    { kind: 'text', text: ` ${candidate}` },
  ],
  form: 'raw',
});

const logProbability = async (model: LanguageModel, prompt: Prompt, call: ModelCall): Promise<number> => {
  const { tokens } = await model.score(prompt, call);
  return tokens.reduce((sum, each) => (each.segment === 1 ? sum + (each.logProbability ?? 0) : sum), 0);
};
