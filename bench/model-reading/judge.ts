import type { LanguageModel, ModelCall } from '../../src/model/language-model.ts';
import type { Reader } from '../../src/reading/reader.ts';
import type { Facet, FacetKind } from '../../src/scene/facet.ts';
import type { Language, Scene } from '../../src/scene/scene.ts';
import { type FacetAnswer, judgeAnswer } from '../../src/worker/model/facet-answer.ts';
import { facetQuestion } from '../../src/worker/model/facet-question.ts';
import { answerTo, keyOf } from '../../src/worker/model/fill-facets.ts';
import { type Item, plain, type SetName } from './items.ts';

/** One facet of one text that is labelled. */
export interface Judged {
  readonly set: SetName;
  readonly lang: Language;
  readonly kind: FacetKind;
  /** Whether the reader is unsure of it, or has nothing. */
  readonly weak: boolean;
  /** What the model says; null where nothing of it holds, or that nothing fits. */
  readonly model: { readonly key: string; readonly probability: number; readonly right: boolean } | null;
  /** What the reader guessed all the same; null for nothing. */
  readonly reader: { readonly key: string; readonly right: boolean } | null;
  /** Keys that count as right. */
  readonly accepted: readonly string[];
}

/** Asks as reading with a model does, a facet at a time. */
export const judgeItem = async (
  { reader, model, call }: { readonly reader: Reader; readonly model: LanguageModel; readonly call: ModelCall },
  { set, scene, kind, weak, accepted }: Item,
): Promise<Judged> => {
  const said = await answerTo(model, facetQuestion(scene, kind), call, { probabilities: true });
  const answer = judgeAnswer(scene, kind, said);
  const guess = guessOf(scene, kind, accepted);
  return {
    set,
    lang: scene.lang,
    kind,
    weak,
    model: typeof answer === 'string' ? null : await judgedAnswer(reader, scene, answer, accepted),
    reader: guess === null ? null : { key: guess.key, right: accepted.has(plain(guess.key)) },
    accepted: [...accepted],
  };
};

const judgedAnswer = async (
  reader: Reader,
  scene: Scene,
  answer: FacetAnswer,
  accepted: ReadonlySet<string>,
): Promise<Judged['model']> => {
  const key = plain(await keyOf(reader, answer, scene, undefined));
  const right = accepted.has(key) || accepted.has(plain(answer.key));
  return { key, probability: answer.probability ?? Number.NaN, right };
};

/** Of contexts any one that is right, as the lists of labels are of any. */
const guessOf = (scene: Scene, kind: FacetKind, keys: ReadonlySet<string>): Facet | null => {
  if (kind !== 'context') return scene[kind];
  return scene.context.find(({ key }) => keys.has(plain(key))) ?? scene.context[0] ?? null;
};
