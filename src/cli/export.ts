import { resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { TextCounter } from '../activation/text-counter.ts';
import { productVersion } from '../config.ts';
import { HypersceneError } from '../errors.ts';
import { baseCounter } from '../export/base-counter.ts';
import { type BaseTokenizer, openBaseTokenizer } from '../export/base-tokenizer.ts';
import { SAMPLE } from '../export/corpus-statistics.ts';
import { exportCorpus } from '../export/export-corpus.ts';
import {
  FORMATS,
  type FormatName,
  isCounting,
  isOfFiles,
  ROW_GROUP,
  STATISTICS_KINDS,
  type StatisticsKind,
  TOKEN_RUNGS,
  type TokenRung,
} from '../export/export-format.ts';
import type { Manifest } from '../export/manifest.ts';
import { DEFAULT_SHARES, type SplitShares } from '../export/split.ts';
import { openTextCounter } from '../main.ts';
import type { CorpusName } from '../scene/name.ts';
import type { Language } from '../scene/scene.ts';
import { exportProgress } from '../worker/export-job.ts';
import { corpusOption, examples, labelsOption, parseCount, parseNumber } from './options.ts';
import type { Session } from './session.ts';

interface ExportOptions {
  readonly corpus: CorpusName;
  readonly format: FormatName;
  readonly out: string;
  readonly labels: Language;
  readonly seed: number;
  readonly shares: SplitShares;
  readonly licence?: string;
  readonly rowGroup: number;
  readonly resume?: boolean;
  readonly tokenizer?: string;
  readonly rung?: TokenRung;
  readonly statistics: StatisticsKind;
}

export const addExportCommand = (program: Command, session: Session): void => {
  program
    .command('export')
    .description(
      'write a corpus into files, for the tools of model builders or to be imported, as it stands at one moment',
    )
    .addOption(corpusOption('the corpus').makeOptionMandatory())
    .addOption(new Option('-f, --format <name>', 'of the files').choices(FORMATS).makeOptionMandatory())
    .requiredOption('-o, --out <folder>', 'one that is empty or not there')
    .option('--resume', 'go on with an export to the same folder that was cut off')
    .addOption(labelsOption())
    .option('--seed <n>', 'which documents come into which split', parseNumber, 0)
    .option('--shares <a,b,c>', 'of train, validation and test among the documents', parseShares, DEFAULT_SHARES)
    .option('--licence <id>', 'of the texts, as the dataset card names it, e.g. cc0-1.0')
    .option('--row-group <n>', 'scenes of a row group of Parquet, which are held in memory', parseCount, ROW_GROUP)
    .option('--tokenizer <file>', 'tokenizer.json of the base, or its folder: of tokenizer and bin, and to count with')
    .addOption(new Option('--rung <name>', 'how bin writes a scene (hypertoken by default)').choices(TOKEN_RUNGS))
    .addOption(
      new Option('--statistics <kind>', `sample counts tokens of ${SAMPLE} scenes, full of all, codes none`)
        .choices(STATISTICS_KINDS)
        .default('sample'),
    )
    .addHelpText('after', examples('export --corpus tales --format jsonl --out tales-jsonl', 'verify tales-jsonl'))
    .action((options: ExportOptions) => runExport(session, options));
};

const ROUNDING = 1e-9;

const parseShares = (text: string): SplitShares => {
  const [train, validation, test, ...rest] = text
    .split(',')
    .map((share) => (share.trim() === '' ? Number.NaN : Number(share)));
  const isShare = (share: number | undefined): share is number => share !== undefined && share >= 0 && share <= 1;
  if (!isShare(train) || !isShare(validation) || !isShare(test) || rest.length > 0)
    throw new InvalidArgumentError('expected three numbers from 0 to 1, by commas');
  if (Math.abs(train + validation + test - 1) > ROUNDING)
    throw new InvalidArgumentError('expected three numbers that make 1');
  return { train, validation, test };
};

const runExport = (session: Session, options: ExportOptions): Promise<void> =>
  session.withApplication(async ({ store, database }) => {
    const {
      corpus,
      format,
      out,
      labels,
      seed,
      shares,
      licence = null,
      rowGroup,
      resume = false,
      rung,
      statistics,
    } = options;
    const { tokenizer, counter } = await tokenizersOf(options);
    try {
      const manifest = await exportCorpus(store, {
        corpus,
        format,
        out: resolve(out),
        options: { labels, seed, shares, licence, rowGroup, ...(rung === undefined ? {} : { rung }), statistics },
        tokenizer,
        counter,
        resume,
        product: { version: productVersion(), store: database.kind },
        signal: session.signal,
        onProgress: (progress) => session.progress(exportProgress(corpus, progress)),
      });
      session.endProgress();
      await report(session, out, manifest);
    } finally {
      await (counter ?? tokenizer)?.close();
    }
  });

interface Tokenizers {
  /** Of the files. */
  readonly tokenizer: BaseTokenizer | null;
  /** Of the statistics; closes the other too, where both are one. */
  readonly counter: TextCounter | null;
}

/** @throws HypersceneError USAGE, UNKNOWN_TOKENIZER, BAD_TOKENIZER */
const tokenizersOf = async ({ format, tokenizer: path, rung, statistics }: ExportOptions): Promise<Tokenizers> => {
  const refused = (option: string, formats: string) =>
    new HypersceneError('USAGE', `${option} is not for this format`, { expected: formats, came: format });
  if (rung !== undefined && format !== 'bin') throw refused('--rung', 'bin');
  const counts = isCounting(statistics);
  if (path === undefined) return { tokenizer: null, counter: counts ? openTextCounter() : null };
  if (!isOfFiles(format) && !counts) throw refused('--tokenizer', 'tokenizer or bin, or statistics of tokens');
  const tokenizer = await openBaseTokenizer(resolve(path));
  return { tokenizer: isOfFiles(format) ? tokenizer : null, counter: counts ? baseCounter(tokenizer) : null };
};

const report = async (session: Session, out: string, manifest: Manifest): Promise<void> => {
  if (session.json) return session.output.json({ out: resolve(out), ...manifest });
  const { scenes, revision, files } = manifest;
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  await session.output.line(
    `${out}: ${scenes.toLocaleString('en')} scenes at revision ${revision} in ${files.length} files, ${bytes.toLocaleString('en')} bytes`,
  );
};
