import { hypertokenLexeme } from '../api/figures.ts';
import { formatCode, formatOccurrence, type Occurrence } from '../scene/hypertoken.ts';
import type { Language } from '../scene/scene.ts';
import type { GraphStore, HypertokenRecord } from '../store/graph-store.ts';
import type { Session } from './session.ts';
import type { Column } from './table.ts';
import { writeTable } from './write-table.ts';

interface Entry {
  readonly occurrence: Occurrence;
  readonly hypertoken: HypertokenRecord | null;
}

export interface OccurrenceOutput {
  readonly store: GraphStore;
  readonly labels: Language;
  /** The level that the occurrences make up; their own where it is left out. */
  readonly level?: number;
}

/** Writes pages of occurrences: a JSON line each, or a table a page. */
export const writeOccurrences = async (
  session: Session,
  pages: AsyncIterable<readonly Occurrence[]>,
  { store, labels, level }: OccurrenceOutput,
): Promise<void> => {
  const entryPages = entriesOf(store, pages);
  if (!session.json) return writeTable(session.output, columns(labels), entryPages);
  for await (const entries of entryPages)
    for (const entry of entries) await session.output.json(occurrenceLine(entry, labels, level));
};

async function* entriesOf(
  store: GraphStore,
  pages: AsyncIterable<readonly Occurrence[]>,
): AsyncGenerator<readonly Entry[]> {
  for await (const occurrences of pages) yield await withHypertokens(store, occurrences);
}

const withHypertokens = async (store: GraphStore, occurrences: readonly Occurrence[]): Promise<readonly Entry[]> => {
  const codes = [...new Set(occurrences.map(({ code }) => code))];
  const hypertokens = await store.hypertokensByCode(codes);
  const byCode = new Map(codes.map((code, i) => [code, hypertokens[i] ?? null]));
  return occurrences.map((occurrence) => ({ occurrence, hypertoken: byCode.get(occurrence.code) ?? null }));
};

const lexeme = ({ hypertoken }: Entry, labels: Language): string =>
  hypertoken === null ? '' : hypertokenLexeme(hypertoken, labels);

const occurrenceLine = (entry: Entry, labels: Language, level = entry.occurrence.level): unknown => ({
  level,
  /** An occurrence of a lower level that makes up this one unchanged. */
  risen: entry.occurrence.level < level,
  code: formatCode(entry.occurrence.code),
  ordinal: entry.occurrence.ordinal,
  digest: entry.hypertoken?.digest ?? null,
  form: entry.hypertoken?.form ?? null,
  hyperlexeme: lexeme(entry, labels),
  size: entry.occurrence.size,
  first: entry.occurrence.first,
  scenes: entry.occurrence.scenes,
  bindings: entry.occurrence.bindings,
});

const columns = (labels: Language): readonly Column<Entry>[] => [
  { title: 'code', cell: ({ occurrence }) => formatOccurrence(occurrence) },
  { title: 'level', cell: ({ occurrence }) => String(occurrence.level), align: 'right' },
  { title: 'scenes', cell: ({ occurrence }) => String(occurrence.size), align: 'right' },
  {
    title: 'agents',
    cell: ({ occurrence }) => occurrence.bindings.map(({ agent }) => agent).join(', ') || '·',
  },
  { title: 'hyperlexeme', cell: (entry) => lexeme(entry, labels), flexible: true },
];
