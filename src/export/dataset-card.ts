import { stringify } from 'yaml';
import type { CountedDistribution } from '../activation/distribution.ts';
import { LANGUAGES, type Language } from '../scene/scene.ts';
import type { CollapseState } from '../store/collapse-state.ts';
import { type Columns, type ColumnType, LEVEL_COLUMNS } from './columns.ts';
import type { CorpusStatistics } from './corpus-statistics.ts';
import type { ExportContext } from './export-format.ts';
import { SPLITS, type Split } from './split.ts';

/** A configuration of a dataset: rows of one kind, a file for each split. */
export interface Configuration {
  readonly name: string;
  readonly columns: Columns<never>;
  pathOf(split: Split): string;
}

/** As `datasets.Features` tells types in YAML; `sequence`, which versions before 4 read too. */
const featureOf = (name: string, type: ColumnType): unknown => {
  switch (type) {
    case 'string':
    case 'int32':
    case 'int64':
      return { name, dtype: type };
    case 'string?':
      return { name, dtype: 'string' };
    case 'string[]':
      return { name, sequence: 'string' };
    case 'int32[]':
      return { name, sequence: 'int32' };
    case 'int64[]':
      return { name, sequence: 'int64' };
    case 'levels':
      return { name, list: Object.entries(LEVEL_COLUMNS).map(([field, dtype]) => ({ name: field, dtype })) };
  }
};

/** The `README.md` that Hugging Face's datasets read: which files make up which split of which configuration. */
export const datasetCard = (
  { corpus, standing, options }: ExportContext,
  rows: ReadonlyMap<string, number>,
  configurations: readonly Configuration[],
  statistics: CorpusStatistics | null,
): string => {
  const splits = configurations.map(({ pathOf }) =>
    SPLITS.map((split) => ({ split, path: pathOf(split), rows: rows.get(pathOf(split)) ?? 0 })),
  );
  const filled = splits.map((some) => some.filter((split) => split.rows > 0));
  const configs = configurations.map(({ name }, i) => ({
    config_name: name,
    data_files: filled[i]?.map(({ split, path }) => ({ split, path })),
    ...(i === 0 ? { default: true } : {}),
  }));
  const infos = configurations.map(({ name, columns }, i) => ({
    config_name: name,
    features: Object.entries<ColumnType>(columns).map(([column, type]) => featureOf(column, type)),
    splits: filled[i]?.map(({ split, rows: examples }) => ({ name: split, num_examples: examples })),
  }));
  const head = {
    license: options.licence ?? 'unknown',
    language: languagesOf(statistics),
    tags: ['hyperscene', 'scenes', 'hypertokens'],
    configs,
    dataset_info: infos,
  };
  const table = configurations.flatMap(({ name }, i) =>
    (splits[i] ?? []).map(({ split, rows: count }) => `| ${name} | ${split} | ${count} |`),
  );
  return `---
${stringify(head)}---

# Hypertoken sequences

Corpus ${JSON.stringify(corpus)} at revision ${standing.revision}: ${standing.documents} documents, ${standing.scenes} scenes, ${standing.couplings} couplings. Licence of the texts: ${options.licence ?? 'not told'}.

| configuration | split | rows |
| --- | --- | --- |
${table.join('\n')}

A row of \`scenes\` is a scene on every rung: its text, its hyperlexeme, the morphemes of its figure, its hypertoken Δn and occurrence Δn:m; and the occurrences that hold it on the levels above. A row of
\`sequences\` is a document, or 65,536 scenes of one: the codes of its scenes in their order. Offsets are UTF-16 code units of the document. Documents are split by a hash of their names with seed ${options.seed}; no document is in two splits.
\`codes.jsonl\` tells what each code stands for: numbers are this store's own, digests are the same in every store.
${statistics === null ? '' : statisticsText(statistics)}`;
};

/** Those of the scenes; where nobody looked, all that there can be. */
const languagesOf = (statistics: CorpusStatistics | null): readonly Language[] =>
  statistics === null || statistics.languages.length === 0 ? LANGUAGES : statistics.languages.map(({ lang }) => lang);

/** Nothing where nothing is known. */
const percent = (share: number | null): string => (share === null ? '' : `${(100 * share).toFixed(1)} %`);
const perOne = (ratio: number | null): string => ratio?.toFixed(3) ?? '';
const times = (ratio: number | null): string => (ratio === null ? '' : `${ratio.toFixed(1)}×`);
const spread = (of: CountedDistribution | null): string => (of === null ? '' : `${of.median} / ${of.p90}`);

/** Above the levels; nothing where they are those of the corpus. */
const COLLAPSE: Readonly<Record<CollapseState, string>> = {
  none: 'The corpus was never collapsed: there is level 0 alone.\n\n',
  stale: 'The corpus changed since it was collapsed: what came since is in no level above 0.\n\n',
  fresh: '',
};

/** The main ones of `statistics.json`. */
const statisticsText = ({ tokenizer, languages, levels, scenes, counted, collapse }: CorpusStatistics): string => `
## Statistics

${tokenizer === null ? 'Texts were not counted.' : `Tokens are those of ${tokenizer.name} (SHA-256 ${tokenizer.sha256}), median / 90th percentile${counted < scenes ? `, of a sample of ${counted} scenes` : ''}. Compression is tokens of text for each position; with the registry it is an upper bound, which leaves out how the parts of codes are coupled.`} \`statistics.json\` has all figures.

| language | scenes | without a figure | codes | codes a scene | scenes counted | tokens a sentence | a half-scene |
| --- | --- | --- | --- | --- | --- | --- | --- |
${languages.map((of) => `| ${of.lang} | ${of.scenes} | ${percent(of.withoutFigureShare)} | ${of.codes} | ${perOne(of.typeTokenRatio)} | ${of.counted} | ${spread(of.sentences)} | ${spread(of.halves)} |`).join('\n')}

${collapse === null ? '' : COLLAPSE[collapse]}| level | positions | compression | codes | codes an occurrence | with the registry |
| --- | --- | --- | --- | --- | --- |
${levels.map((of) => `| ${of.level} | ${of.positions} | ${times(of.compression)} | ${of.codes} | ${perOne(of.typeTokenRatio)} | ${times(of.compressionWithRegistry)} |`).join('\n')}
`;
