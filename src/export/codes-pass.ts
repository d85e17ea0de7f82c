import { pagesOfHypertokens } from './code-registry.ts';
import type { ExportContext, Pass } from './export-format.ts';
import { jsonLines } from './json-lines.ts';

const CODES = 'codes.jsonl';

/** The registry as lines of JSON, beside whatever else an export has. */
export const codesPass = ({ view, corpus, outputs }: ExportContext): Pass => ({
  name: 'hypertokens',
  total: null,
  async *pages(after) {
    await outputs.begin(CODES);
    for await (const { items, cursor } of pagesOfHypertokens(view, corpus, after))
      yield { cursor, count: items.length, write: () => outputs.write(CODES, jsonLines(items), items.length) };
  },
});
