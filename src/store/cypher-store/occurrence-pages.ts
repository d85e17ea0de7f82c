import type { Occurrence } from '../../scene/hypertoken.ts';
import { CODE_MAX, type Code, VIEW_LEVEL } from '../../scene/hypertoken.ts';
import {
  type CodeCountRow,
  codeCount,
  codeCountOfCorpus,
  codeCounts,
  codeCountsOfCorpus,
  type OccurrenceRow,
  occurrencesOfCodes,
  occurrencesOfRefs,
} from '../cypher/occurrence-queries.ts';
import type { CypherReader } from '../cypher-engine.ts';
import type { OccurrenceFilter, Page, PageRequest } from '../graph-store.ts';
import { checkLevel } from '../level.ts';
import { openPage, toPage } from '../paging.ts';
import { BATCH, batches, requireStandingWhole, type StoreContext } from './context.ts';
import { complete } from './occurrences.ts';

/** Behind which a page begins, and how many rows it still wants. */
interface Start {
  readonly code: number;
  readonly ordinal: number;
  readonly limit: number;
}

export const pageOccurrences = (
  context: StoreContext,
  filter: OccurrenceFilter,
  page: PageRequest,
): Promise<Page<Occurrence>> => {
  const [code = 0, ordinal = 0] = (openPage('occurrences', page) ?? []) as readonly number[];
  checkLevel(filter.level);
  const lookups = context.lookups();
  return context.engine.snapshot(async (view) => {
    if (filter.corpus !== undefined) await requireStandingWhole(view, context, lookups, filter.corpus);
    const limit = page.first + 1;
    const rows: OccurrenceRow[] = [];
    for await (const codes of codeGroups(view, context, filter, { code, limit })) {
      const start = { code, ordinal, limit: limit - rows.length };
      rows.push(...(await occurrencesOf(view, context, filter, codes, start)));
      if (rows.length >= limit) break;
    }
    return toPage('occurrences', page, await complete(view, rows), (item) => [item.code, item.ordinal]);
  });
};

/** The levels whose own occurrences may be part of what is asked for. */
const levelsOf = ({ level }: OccurrenceFilter) =>
  level === undefined ? { levelMin: VIEW_LEVEL, levelMax: CODE_MAX } : { levelMin: 0, levelMax: level };

/**
 * Codes in order, as many at once as have the occurrences of a page between them, one that has many by itself. All of one code's
 * may lie before the cursor, or may have been collapsed: then the next group, twice as large, is asked for.
 */
async function* codeGroups(
  view: CypherReader,
  context: StoreContext,
  filter: OccurrenceFilter,
  { code, limit }: Omit<Start, 'ordinal'>,
): AsyncGenerator<readonly CodeCountRow[]> {
  const to = filter.code ?? CODE_MAX;
  let from = Math.max(code, filter.code ?? 0);
  for (let wanted = limit; from <= to; wanted *= 2) {
    const rows = await countsOf(view, context, filter, { from, to, limit: wanted });
    const group = leading(rows, wanted);
    for (const codes of apart(group, limit)) yield* batches(codes);
    const last = group.at(-1);
    if (last === undefined) return;
    from = last.code + 1;
  }
}

const countsOf = async (
  view: CypherReader,
  { workspace, identity }: StoreContext,
  filter: OccurrenceFilter,
  window: { readonly from: number; readonly to: number; readonly limit: number },
): Promise<readonly CodeCountRow[]> => {
  const levels = levelsOf(filter);
  if (window.from === window.to) {
    const hypertoken = identity.hypertoken(window.from as Code);
    const rows =
      filter.corpus === undefined
        ? await view.read(codeCount, { hypertoken })
        : await view.read(codeCountOfCorpus, { hypertoken, corpus: identity.corpus(filter.corpus) });
    return rows.filter(({ level }) => level >= levels.levelMin && level <= levels.levelMax);
  }
  return filter.corpus === undefined
    ? view.read(codeCounts, { ...window, ...levels, workspace })
    : view.read(codeCountsOfCorpus, { ...window, ...levels, corpus: identity.corpus(filter.corpus) });
};

/** The first codes that have `wanted` occurrences together. */
const leading = (rows: readonly CodeCountRow[], wanted: number): readonly CodeCountRow[] => {
  const group: CodeCountRow[] = [];
  let held = 0;
  for (const row of rows) {
    if (held >= wanted) break;
    group.push(row);
    held += row.count;
  }
  return group;
};

/** A code with this many times the occurrences that are wanted is gone through by ordinal, if it has more than are read in a millisecond. */
const MANY = 4;
const MANY_MIN = 200;
/** Where of the ordinals of a code fewer than one in so many can stand, they are sought for longer than all occurrences are read. */
const SPARSE = 16;

const hasMany = ({ count, last }: CodeCountRow, limit: number): boolean =>
  count > Math.max(MANY * limit, MANY_MIN) && count * SPARSE > last;

/** Each code that has many by itself, the others together as they follow each other. */
const apart = (codes: readonly CodeCountRow[], limit: number): readonly (readonly CodeCountRow[])[] => {
  const groups: CodeCountRow[][] = [];
  let few: CodeCountRow[] | null = null;
  for (const row of codes) {
    if (few !== null && !hasMany(row, limit)) few.push(row);
    else {
      const group = [row];
      groups.push(group);
      few = hasMany(row, limit) ? null : group;
    }
  }
  return groups;
};

const occurrencesOf = async (
  view: CypherReader,
  context: StoreContext,
  { corpus, level }: OccurrenceFilter,
  codes: readonly CodeCountRow[],
  start: Start,
): Promise<readonly OccurrenceRow[]> => {
  const conditions = { corpusName: corpus ?? null, level: level ?? null };
  const [one] = codes;
  if (one !== undefined && codes.length === 1 && hasMany(one, start.limit))
    return byOrdinal(view, context, one, { ...start, conditions });
  return view.read(occurrencesOfCodes, { hypertokens: codes.map(({ uid }) => uid), ...conditions, ...start });
};

/**
 * Ordinals are given one after another and never again, so that those of a page are looked up by themselves: the first 33 of 50,000
 * occurrences take 1 ms in place of 30. Occurrences that are gone, and those of other corpora, leave gaps: the first stretch should
 * hold twice as many as are wanted, were they spread evenly, and after one without enough the next is four times as long.
 */
const byOrdinal = async (
  view: CypherReader,
  { identity }: StoreContext,
  { code, count, last }: CodeCountRow,
  { conditions, limit, ...start }: Start & { readonly conditions: Conditions },
): Promise<readonly OccurrenceRow[]> => {
  const rows: OccurrenceRow[] = [];
  let from = (start.code === code ? start.ordinal : 0) + 1;
  const evenly = Math.min(Math.ceil((2 * limit * last) / count), BATCH);
  for (let length = evenly; from <= last && rows.length < limit; length = Math.min(4 * length, BATCH)) {
    const to = Math.min(from + length - 1, last);
    const refs = Array.from({ length: to - from + 1 }, (_, i) =>
      identity.occurrence({ code: code as Code, ordinal: from + i }),
    );
    rows.push(...(await view.read(occurrencesOfRefs, { refs, ...conditions, limit: limit - rows.length })));
    from = to + 1;
  }
  return rows;
};

interface Conditions {
  readonly corpusName: string | null;
  readonly level: number | null;
}
