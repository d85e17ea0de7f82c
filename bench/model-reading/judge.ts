import type { LanguageModel, ModelCall } from '../../src/model/language-model.ts';
import type { Reader } from '../../src/reading/reader.ts';
import { FACET_KINDS, type Facet, type FacetKind } from '../../src/scene/facet.ts';
import type { Language, Scene } from '../../src/scene/scene.ts';
import { judgeAnswer } from '../../src/worker/model/facet-answer.ts';
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

/** Asks as reading with a model does: all facets of the item in one completion. */
export const judgeItem = async (
  { reader, model, call }: { readonly reader: Reader; readonly model: LanguageModel; readonly call: ModelCall },
  { set, scene, asked, weak, accepted }: Item,
): Promise<readonly Judged[]> => {
  const said = await answerTo(model, facetQuestion(scene, asked), call);
  const { answers } = judgeAnswer(scene, asked, said);
  const judged: Judged[] = [];
  for (const kind of FACET_KINDS) {
    const keys = accepted[kind];
    if (keys === undefined || !asked.includes(kind)) continue;
    const answer = answers.find((each) => each.kind === kind);
    const key = answer && plain(await keyOf(reader, answer, scene, undefined));
    const guess = guessOf(scene, kind, keys);
    judged.push({
      set,
      lang: scene.lang,
      kind,
      weak: weak.includes(kind),
      model:
        answer === undefined || key === undefined
          ? null
          : { key, probability: answer.probability ?? Number.NaN, right: keys.has(key) || keys.has(plain(answer.key)) },
      reader: guess === null ? null : { key: guess.key, right: keys.has(plain(guess.key)) },
      accepted: [...keys],
    });
  }
  return judged;
};

/** Of contexts any one that is right, as the lists of labels are of any. */
const guessOf = (scene: Scene, kind: FacetKind, keys: ReadonlySet<string>): Facet | null => {
  if (kind !== 'context') return scene[kind];
  return scene.context.find(({ key }) => keys.has(plain(key))) ?? scene.context[0] ?? null;
};
