import { z } from 'zod';
import { HypersceneError } from '../../errors.ts';
import { type ServerUsage, USAGE } from './completion-events.ts';

/** Texts of one request at most. */
const TEXTS_MAX = 64;
/** UTF-16 code units of one request at most, unless one text alone has more. */
const LENGTH_MAX = 2 ** 19;

const ANSWER = z.object({
  data: z.array(z.object({ index: z.number(), embedding: z.array(z.number()) })),
  usage: USAGE.nullish(),
});

/** The texts in their order, in requests of bounded size. */
export const embeddingBatches = (texts: readonly string[]): readonly (readonly string[])[] => {
  const batches: string[][] = [];
  let length = 0;
  for (const text of texts) {
    const last = batches.at(-1);
    length += text.length;
    if (last === undefined || last.length === TEXTS_MAX || length > LENGTH_MAX) {
      batches.push([text]);
      length = text.length;
    } else last.push(text);
  }
  return batches;
};

export interface EmbeddedBatch {
  readonly vectors: readonly Float32Array[];
  readonly usage: ServerUsage | null;
}

/** Without what the check said, which is a line for each number. */
const failed = (expected: string): HypersceneError =>
  new HypersceneError('MODEL_UNAVAILABLE', "the model's server gives no vectors that can be used", { expected });

/** Vectors of unit length, in the order of the texts. @throws HypersceneError MODEL_UNAVAILABLE */
export const readEmbeddings = (answer: unknown, texts: number): EmbeddedBatch => {
  const parsed = ANSWER.safeParse(answer);
  if (!parsed.success) throw failed('one list of numbers for each text: a server that pools');
  const { data, usage } = parsed.data;
  const rows = data.toSorted((a, b) => a.index - b.index);
  if (rows.length !== texts || rows.some(({ index }, at) => index !== at))
    throw failed(`${texts} vectors, one for each text`);
  const length = rows[0]?.embedding.length ?? 0;
  if (rows.some(({ embedding }) => embedding.length !== length)) throw failed('vectors of one length');
  return { vectors: rows.map(({ embedding }) => unit(embedding)), usage: usage ?? null };
};

const unit = (embedding: readonly number[]): Float32Array => {
  const norm = Math.hypot(...embedding);
  if (!(norm > 0 && Number.isFinite(norm))) throw failed('vectors that are not zero');
  return Float32Array.from(embedding, (value) => value / norm);
};
