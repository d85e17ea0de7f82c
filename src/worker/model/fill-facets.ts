import { HypersceneError } from '../../errors.ts';
import type {
  CompleteOptions,
  CompletionEnd,
  LanguageModel,
  ModelCall,
  Provenance,
} from '../../model/language-model.ts';
import type { Reader } from '../../reading/reader.ts';
import { type Facet, type FacetKind, FIGURE_CONFIDENCE_MIN } from '../../scene/facet.ts';
import { NONE } from '../../scene/figure.ts';
import type { Scene } from '../../scene/scene.ts';
import { measuredConfidence } from './answer-confidence.ts';
import { type DroppedAnswer, type FacetAnswer, judgeAnswer, type Said } from './facet-answer.ts';
import { type FacetQuestion, facetQuestion } from './facet-question.ts';
import { lemmaOf } from './lemma-of.ts';
import { weakFacets } from './weak-facets.ts';

export interface FillContext {
  /** Reads single words, for their lemmas. */
  readonly reader: Reader;
  readonly model: LanguageModel;
  readonly call: ModelCall;
}

export interface FillOptions {
  /** Facets below it are asked for, above 0 to 1; by default {@link FIGURE_CONFIDENCE_MIN}. */
  readonly confidenceMin?: number | undefined;
  /** Answers that are less sure are not taken, 0 to 1; by default 0, all. */
  readonly takenMin?: number | undefined;
  /** How often the model is right, 0 to 1, where somebody measured it: what its facets have for a confidence. By default {@link measuredConfidence}. */
  readonly trust?: number | undefined;
  /** Scenes that are asked about at a time, 1 to {@link FILL_PARALLEL_MAX}; by default {@link FILL_PARALLEL_DEFAULT}. */
  readonly parallel?: number | undefined;
}

/** As many as a small model has slots. */
export const FILL_PARALLEL_DEFAULT = 4;
export const FILL_PARALLEL_MAX = 64;

/** A scene with what the model added. */
export interface FilledScene {
  readonly scene: Scene;
  /** Those that were weak, and asked for; without one the model was not asked. */
  readonly asked: readonly FacetKind[];
  readonly filled: readonly FacetKind[];
  /** For these nothing fits, says the model. */
  readonly none: readonly FacetKind[];
  /** What it said that does not hold. */
  readonly dropped: readonly DroppedAnswer[];
  /** Null where it was not asked. */
  readonly provenance: Provenance | null;
}

/** @throws HypersceneError BAD_ARGUMENT */
export const checkFillOptions = ({
  confidenceMin = FIGURE_CONFIDENCE_MIN,
  takenMin = 0,
  trust = 0,
  parallel = 1,
}: FillOptions): void => {
  for (const [what, share] of Object.entries({ 'least confidence that is taken': takenMin, trust }))
    if (!(share >= 0 && share <= 1))
      throw new HypersceneError('BAD_ARGUMENT', `bad ${what}`, { expected: '0 to 1', came: String(share) });
  if (!(confidenceMin > 0 && confidenceMin <= 1))
    throw new HypersceneError('BAD_ARGUMENT', 'bad confidence', {
      expected: 'above 0 to 1',
      came: String(confidenceMin),
    });
  if (!Number.isInteger(parallel) || parallel < 1 || parallel > FILL_PARALLEL_MAX)
    throw new HypersceneError('BAD_ARGUMENT', 'bad number of scenes at a time', {
      expected: `1 to ${FILL_PARALLEL_MAX}`,
      came: String(parallel),
    });
};

/**
 * Asks the model for the weak facets of one scene, each by itself, and takes what holds and is surer than what is there. What is strong stays as it is.
 * @throws HypersceneError what the model's `complete` throws, CANCELLED
 */
export const fillFacets = async (
  { reader, model, call }: FillContext,
  scene: Scene,
  { confidenceMin = FIGURE_CONFIDENCE_MIN, takenMin = 0, trust }: FillOptions,
): Promise<FilledScene> => {
  const asked = weakFacets(scene, confidenceMin);
  const [filled, none]: [FacetKind[], FacetKind[]] = [[], []];
  const dropped: DroppedAnswer[] = [];
  let after = bare(scene);
  let by: Provenance | null = null;
  for (const kind of asked) {
    const answer = await answerTo(model, facetQuestion(scene, kind), call).catch(unlessTooLong);
    if (answer === null) {
      dropped.push({ kind, why: 'TOO_LONG' });
      continue;
    }
    const { provenance, ...said } = answer;
    by = provenance;
    const judged = judgeAnswer(scene, kind, said);
    if (judged === NONE) none.push(kind);
    else if (typeof judged === 'string') dropped.push({ kind, why: judged });
    else {
      const sure = trust ?? measuredConfidence(kind);
      const key = await keyOf(reader, judged, scene, call.signal);
      const { start, end } = judged;
      const next = sure < takenMin ? null : withFacet(after, kind, { key, start, end, confidence: sure, by: 'model' });
      after = next ?? after;
      if (next === null) dropped.push({ kind, why: 'LESS_SURE' });
      else filled.push(kind);
    }
  }
  return { scene: after, asked, filled, none, dropped, provenance: by };
};

/** One scene that is too long for the model's context is to stop no reading of a thousand others. */
const unlessTooLong = (error: unknown): null => {
  if (error instanceof HypersceneError && error.code === 'CONTEXT_FULL') return null;
  throw error;
};

/** Of a stored scene without its figure, code and ordinal, which are those of the facets before. */
const bare = ({
  id,
  position,
  kind,
  start,
  end,
  text,
  lang,
  agent,
  tension,
  context,
  atmosphere,
  archetype,
}: Scene): Scene => ({ id, position, kind, start, end, text, lang, agent, tension, context, atmosphere, archetype });

/** What the model says, as it may be judged. @throws HypersceneError what its `complete` throws */
export const answerTo = async (
  model: LanguageModel,
  { prompt, schema, tokensMax }: FacetQuestion,
  call: ModelCall,
  { probabilities = false }: Pick<CompleteOptions, 'probabilities'> = {},
): Promise<Said & { readonly provenance: Provenance | null }> => {
  const options = { tokensMax, temperature: 0, topK: 0, topP: 1, minP: 0, stop: [], schema, probabilities };
  let text = '';
  let end: Pick<CompletionEnd, 'tokens' | 'provenance'> | null = null;
  for await (const piece of model.complete(prompt, options, call))
    if (piece.kind === 'text') text += piece.text;
    else if (piece.kind === 'end') end = piece;
  return { text, tokens: end?.tokens ?? null, provenance: end?.provenance ?? null };
};

/** As the reader would give it: of an agent or context the lemma. */
export const keyOf = (
  reader: Reader,
  { kind, key }: FacetAnswer,
  { lang }: Scene,
  signal: AbortSignal | undefined,
): Promise<string> | string =>
  kind === 'agent' || kind === 'context' ? lemmaOf(reader, { kind, words: key, lang }, signal) : key;

/** Null where what is there is at least as sure. */
const withFacet = (scene: Scene, kind: FacetKind, facet: Facet): Scene | null => {
  if (kind === 'context') {
    const same = scene.context.find(({ key }) => key === facet.key);
    if (same !== undefined && same.confidence >= facet.confidence) return null;
    const others = scene.context.filter((each) => each !== same);
    return { ...scene, context: [...others, facet].toSorted((x, y) => x.start - y.start) };
  }
  const there = scene[kind];
  if (there !== null && there.confidence >= facet.confidence) return null;
  return { ...scene, [kind]: kind === 'agent' ? { ...facet, entity: facet.key } : facet };
};
