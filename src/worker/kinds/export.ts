import { z } from 'zod';
import { HypersceneError } from '../../errors.ts';
import { FORMATS, isCounting, isOfFiles, STATISTICS_KINDS, TOKEN_RUNGS } from '../../export/export-format.ts';
import type { ExportId } from '../../export/export-id.ts';
import { isTokenizerName, TOKENIZER_NAME } from '../../export/named-tokenizer.ts';
import type { SplitShares } from '../../export/split.ts';
import { exportProgress } from '../export-job.ts';
import { jobKind } from '../job-kind.ts';
import { corpusShape, countShape, languageShape } from './shapes.ts';

/** Scenes of a row group, which are held in memory: some 150 MB. */
const ROW_GROUP_MAX = 50_000;
/** Names of licences as SPDX and Hugging Face have them; it comes to stand in the dataset card. */
const LICENCE = /^[A-Za-z0-9][\w.+-]{0,99}$/u;
const ROUNDING = 1e-9;

const shareShape = z.number();

const askedShape = z.object({
  corpus: corpusShape,
  format: z.enum(FORMATS),
  labels: languageShape,
  seed: z.int(),
  shares: z.object({ train: shareShape, validation: shareShape, test: shareShape }),
  licence: z.string().nullable(),
  rowGroup: z.number(),
  rung: z.enum(TOKEN_RUNGS).optional(),
  tokenizer: z.string().optional(),
  statistics: z.enum(STATISTICS_KINDS),
});
type AskedExport = z.infer<typeof askedShape>;

/**
 * Writes a corpus into files that the service keeps. Begun again after it was cut off, it goes on from its journal to the bytes
 * of an undisturbed run; where the corpus has another revision by then, it begins anew; what is whole stays.
 */
export const exportKind = jobKind({
  takesText: false,
  asked: askedShape.transform((asked) => {
    checkAsked(asked);
    return asked;
  }),
  result: z.object({
    /** Of the export: that of its job. */
    id: z
      .string()
      .regex(/^[0-9a-f]{32}$/u)
      .transform((id) => id as ExportId),
    revision: countShape,
    scenes: countShape,
    files: z
      .array(
        z.object({
          path: z.string(),
          bytes: countShape,
          rows: countShape.nullable(),
          sha256: z.string().regex(/^[0-9a-f]{64}$/u),
        }),
      )
      .readonly(),
  }),
  run: async ({ exports, exportId: id, store, signal, onProgress }, { corpus, format, tokenizer, ...options }) => {
    const { manifest } = await exports.write({
      id,
      store,
      corpus,
      format,
      options,
      tokenizer,
      signal,
      onProgress: (progress) => onProgress?.(exportProgress(corpus, progress)),
    });
    // A store may show it as it stood until the end; whoever deleted it does not expect its texts to come into files after.
    if ((await store.corpus(corpus)) === null) {
      await exports.remove(id);
      throw new HypersceneError('CORPUS_NOT_FOUND', 'the corpus was deleted while it was exported', { came: corpus });
    }
    const { revision, scenes, files } = manifest;
    return { id, revision, scenes, files };
  },
});

/** @throws HypersceneError BAD_ARGUMENT */
const checkAsked = ({ format, shares, licence, rowGroup, rung, tokenizer, statistics }: AskedExport): void => {
  checkShares(shares);
  const isGroup = Number.isInteger(rowGroup) && rowGroup >= 1 && rowGroup <= ROW_GROUP_MAX;
  if (!isGroup) throw bad('rowGroup', `a whole number from 1 to ${ROW_GROUP_MAX}`, String(rowGroup));
  if (licence !== null && !LICENCE.test(licence))
    throw bad('licence', 'a letter or digit, then up to 99 letters, digits and _ + - .', quoted(licence));
  if (tokenizer !== undefined && !isTokenizerName(tokenizer)) throw bad('tokenizer', TOKENIZER_NAME, quoted(tokenizer));
  if (rung !== undefined && format !== 'bin') throw bad('rung', 'it for the format bin', `it for ${format}`);
  if (tokenizer !== undefined && !isOfFiles(format) && !isCounting(statistics))
    throw bad('tokenizer', 'it for the format tokenizer or bin, or statistics of tokens', `it for ${format}`);
  if (tokenizer === undefined && format === 'tokenizer') throw bad('tokenizer', 'one for this format', 'none');
};

const checkShares = ({ train, validation, test }: SplitShares): void => {
  const shares = [train, validation, test];
  const isWhole = Math.abs(train + validation + test - 1) <= ROUNDING;
  if (isWhole && shares.every((share) => share >= 0 && share <= 1)) return;
  throw bad('shares', 'three numbers from 0 to 1 that make 1', shares.join(', '));
};

const bad = (what: string, expected: string, came: string): HypersceneError =>
  new HypersceneError('BAD_ARGUMENT', `bad ${what} of an export`, { expected, came });

const quoted = (text: string): string => JSON.stringify(text.slice(0, 120));
