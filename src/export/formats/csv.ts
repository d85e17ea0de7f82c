import { stringify } from 'csv-stringify/sync';
import type { Coupling } from '../../scene/coupling.ts';
import { formatCode } from '../../scene/hypertoken.ts';
import { type CodeRow, pagesOfHypertokens } from '../code-registry.ts';
import { pagesOfCouplings, placedScenes } from '../corpus-pages.ts';
import type { ExportContext, ExportFormat } from '../export-format.ts';
import { type SceneRow, sceneRows } from '../scene-row.ts';

const SCENES = 'scenes.csv';
const COUPLINGS = 'couplings.csv';
const CODES = 'codes.csv';

type Cell = string | number | null;
type Columns<T> = Readonly<Record<string, (row: T) => Cell>>;

const SCENE_COLUMNS: Columns<SceneRow> = {
  id: ({ id }) => id,
  document: ({ document }) => document,
  position: ({ position }) => position,
  kind: ({ kind }) => kind,
  lang: ({ lang }) => lang,
  start: ({ start }) => start,
  end: ({ end }) => end,
  text: ({ text }) => text,
  hyperlexeme: ({ hyperlexeme }) => hyperlexeme,
  agent: ({ agent }) => agent,
  context: ({ context }) => context.join('; '),
  facets: ({ facets }) => facets.join('; '),
  hypertoken: ({ hypertoken }) => hypertoken,
  occurrence: ({ occurrence }) => occurrence,
  levels: ({ levels }) => levels.map(({ level, code, ordinal }) => `${level}: Δ${code}:${ordinal}`).join('; '),
};

const COUPLING_COLUMNS: Columns<Coupling> = {
  a: ({ a }) => a,
  b: ({ b }) => b,
  weight: ({ weight }) => weight,
  because: ({ because }) => because.map(({ kind, key, weight }) => `${kind} ${key} ${weight}`).join('; '),
};

const CODE_COLUMNS: Columns<CodeRow> = {
  hypertoken: ({ code }) => formatCode(code),
  level: ({ level }) => level,
  digest: ({ digest }) => digest,
  figures: ({ figures }) => figures.join('; '),
};

/** Spreadsheets take a text for their own code page without it. */
const BOM = '\ufeff';

/** It quotes cells that hold the end of a record, which is two of these. */
const LINE_ENDS = /[\r\n]/u;

/**
 * A cell that begins as a formula does (= + - @, a tab or a line's end) gets an apostrophe before it, as OWASP's "CSV injection"
 * advises: a text must not become a command of the spreadsheet that opens it.
 */
const bytesOf = (rows: readonly (readonly Cell[])[]): Uint8Array =>
  Buffer.from(
    stringify(rows as Cell[][], { record_delimiter: 'windows', escape_formulas: true, quoted_match: LINE_ENDS }),
  );

const headOf = (columns: object): Uint8Array => Buffer.concat([Buffer.from(BOM), bytesOf([Object.keys(columns)])]);

const cells = <T>(columns: Columns<T>, rows: readonly T[]): Uint8Array =>
  bytesOf(rows.map((row) => Object.values(columns).map((cell) => cell(row))));

/** For spreadsheets (RFC 4180, UTF-8): scenes, couplings, and what each code stands for, a table each. */
export const csvFormat = ({ view, corpus, standing, options, outputs }: ExportContext): ExportFormat => ({
  passes: [
    {
      name: 'scenes',
      total: standing.scenes,
      showsScenes: true,
      async *pages(after) {
        const rowOf = sceneRows(options.labels);
        if (after === undefined) await outputs.write(SCENES, headOf(SCENE_COLUMNS), 0);
        for await (const { items, cursor } of placedScenes(view, corpus, after))
          yield {
            cursor,
            count: items.length,
            scenes: items,
            write: async () => {
              const rows = items.map(({ scene, levels }) => rowOf(scene, levels));
              await outputs.write(SCENES, cells(SCENE_COLUMNS, rows), rows.length);
            },
          };
      },
    },
    {
      name: 'couplings',
      total: standing.couplings,
      async *pages(after) {
        if (after === undefined) await outputs.write(COUPLINGS, headOf(COUPLING_COLUMNS), 0);
        for await (const { items, cursor } of pagesOfCouplings(view, corpus, after))
          yield {
            cursor,
            count: items.length,
            write: () => outputs.write(COUPLINGS, cells(COUPLING_COLUMNS, items), items.length),
          };
      },
    },
    {
      name: 'hypertokens',
      total: null,
      async *pages(after) {
        if (after === undefined) await outputs.write(CODES, headOf(CODE_COLUMNS), 0);
        for await (const { items, cursor } of pagesOfHypertokens(view, corpus, after))
          yield {
            cursor,
            count: items.length,
            write: () => outputs.write(CODES, cells(CODE_COLUMNS, items), items.length),
          };
      },
    },
  ],
  state: () => null,
  restore: () => undefined,
  closing: () => ({}),
});
