import { stringify } from 'yaml';
import type { ExportContext } from './export-format.ts';
import { SPLITS, type Split } from './split.ts';

type Paths = Readonly<Record<string, (split: Split) => string>>;

/** The `README.md` that Hugging Face's datasets read: which files make up which split of which configuration. */
export const datasetCard = (
  { corpus, standing, options }: ExportContext,
  rows: ReadonlyMap<string, number>,
  paths: Paths,
): string => {
  const configs = Object.entries(paths).map(([name, pathOf], i) => ({
    config_name: name,
    data_files: SPLITS.map((split) => ({ split, path: pathOf(split) })).filter(({ path }) => (rows.get(path) ?? 0) > 0),
    ...(i === 0 ? { default: true } : {}),
  }));
  const head = {
    license: options.licence ?? 'unknown',
    language: ['ru', 'en'],
    tags: ['hyperscene', 'scenes', 'hypertokens'],
    configs,
  };
  const table = Object.entries(paths).flatMap(([name, pathOf]) =>
    SPLITS.map((split) => `| ${name} | ${split} | ${rows.get(pathOf(split)) ?? 0} |`),
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
`;
};
