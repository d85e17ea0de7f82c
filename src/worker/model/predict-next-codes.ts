import { HypersceneError } from '../../errors.ts';
import type { Prediction } from '../../model/language-model.ts';
import type { Code } from '../../scene/hypertoken.ts';
import type { Language } from '../../scene/scene.ts';
import type { ModelContext } from './model-context.ts';
import { promptOf, type Substitution } from './prompt-of.ts';
import { type ExpandedCode, RowBook } from './row-book.ts';

export interface PredictCodesRequest {
  /** In the order of the sequence, 1 to `PARTS_MAX`. */
  readonly codes: readonly Code[];
  /** Codes at most, 1 to {@link PREDICTED_MAX}. */
  readonly k: number;
  /** The language of hyperlexemes. */
  readonly labels: Language;
}

export interface PredictedCodes extends Omit<Prediction, 'rows'> {
  /** By falling probability. */
  readonly codes: readonly PredictedCode[];
  readonly substitutions: readonly Substitution[];
}

export interface PredictedCode extends ExpandedCode {
  /** Among the model's whole vocabulary, 0 to 1. */
  readonly probability: number;
}

export const PREDICTED_MAX = 1000;

/**
 * The likeliest codes to follow a sequence of them, expanded to the facets of their figures; those too that this workspace has never
 * seen, as far as they are figures. One call of the store beside {@link promptOf}.
 * @throws HypersceneError PACK_REQUIRED, BAD_ARGUMENT; what {@link promptOf} and the model's `predictNext` throw
 */
export const predictNextCodes = async (
  context: ModelContext,
  { codes, k, labels }: PredictCodesRequest,
): Promise<PredictedCodes> => {
  const { store, model, call } = context;
  if (call.pack === null)
    throw new HypersceneError('PACK_REQUIRED', 'no pack', { expected: 'a pack whose rows are predicted' });
  if (!Number.isInteger(k) || k < 1 || k > PREDICTED_MAX)
    throw new HypersceneError('BAD_ARGUMENT', 'bad k', { expected: `1 to ${PREDICTED_MAX}`, came: String(k) });
  const parts = codes.map((code) => ({ kind: 'code', code }) as const);
  const { prompt, substitutions } = await promptOf(context, parts, { labels, form: 'raw' });
  const { rows, ...prediction } = await model.predictNext(prompt, { k }, call);
  const expanded = await new RowBook(store, labels).expand(rows.map(({ row }) => row));
  const predicted = expanded.flatMap((row, i): readonly PredictedCode[] =>
    row.kind === 'code' ? [{ ...row, probability: rows[i]?.probability ?? 0 }] : [],
  );
  return { ...prediction, codes: predicted, substitutions };
};
