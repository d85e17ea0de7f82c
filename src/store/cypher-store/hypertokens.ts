import type { Digest } from '../../scene/digest.ts';
import type { FigureKey } from '../../scene/figure.ts';
import type { Code } from '../../scene/hypertoken.ts';
import {
  type HypertokenRow,
  hypertokenPage,
  hypertokenPageOfCorpus,
  hypertokenPageOfDigest,
  hypertokensByKey,
  hypertokensByUid,
  registryByDigest,
} from '../cypher/hypertoken-queries.ts';
import type { CypherReader } from '../cypher-engine.ts';
import type {
  HypertokenFilter,
  HypertokenForm,
  HypertokenRecord,
  LearnReport,
  Page,
  PageRequest,
} from '../graph-store.ts';
import { checkForms } from '../hypertoken-forms.ts';
import { checkWellFormed } from '../indexed-key.ts';
import { openPage, toPage } from '../paging.ts';
import { readBatches, requireStandingWhole, type StoreContext } from './context.ts';
import { openBook } from './open-book.ts';
import { writeRepeatable } from './write-repeatable.ts';

const toHypertoken = (row: HypertokenRow): HypertokenRecord => ({
  code: row.code as Code,
  level: row.level,
  digest: row.digest as Digest,
  form: row.form,
  figures: row.figures as readonly FigureKey[],
  occurrences: row.live,
});

export const pageHypertokens = (
  context: StoreContext,
  filter: HypertokenFilter,
  page: PageRequest,
): Promise<Page<HypertokenRecord>> => {
  const [after = -1] = openPage('hypertokens', page) ?? [];
  const lookups = context.lookups();
  return context.engine.snapshot(async (view) => {
    if (filter.corpus !== undefined) await requireStandingWhole(view, context, lookups, filter.corpus);
    const rows = await findPage(view, context, filter, Number(after), page.first + 1);
    return toPage('hypertokens', page, rows.map(toHypertoken), ({ code }) => [code]);
  });
};

const findPage = (
  view: CypherReader,
  { workspace, identity }: StoreContext,
  { level, digest, corpus: name }: HypertokenFilter,
  after: number,
  limit: number,
): Promise<readonly HypertokenRow[]> => {
  const window = { level: level ?? null, after, limit };
  const corpus = name === undefined ? null : identity.corpus(name);
  if (digest !== undefined)
    return view.read(hypertokenPageOfDigest, { ...window, key: identity.digest(digest), corpus });
  if (corpus !== null) return view.read(hypertokenPageOfCorpus, { ...window, corpus });
  return view.read(hypertokenPage, { ...window, workspace });
};

export const hypertokensByCode = async (
  { engine, identity }: StoreContext,
  codes: readonly Code[],
): Promise<readonly (HypertokenRecord | null)[]> => {
  const rows = await readBatches(engine, hypertokensByUid, [...new Set(codes)], (batch) => ({
    hypertokens: batch.map((code) => identity.hypertoken(code)),
  }));
  const found = new Map(rows.map((row) => [row.code as Code, toHypertoken(row)]));
  return codes.map((code) => found.get(code) ?? null);
};

/** @throws HypersceneError BAD_ARGUMENT */
export const hypertokensByDigest = async (
  { engine, identity }: StoreContext,
  digests: readonly Digest[],
): Promise<readonly (HypertokenRecord | null)[]> => {
  checkWellFormed('digest', digests);
  const rows = await readBatches(engine, hypertokensByKey, [...new Set(digests)], (batch) => ({
    keys: batch.map((digest) => identity.digest(digest)),
  }));
  const found = new Map(rows.map((row) => [row.digest as Digest, toHypertoken(row)]));
  return digests.map((digest) => found.get(digest) ?? null);
};

/** What is known already is answered without writing. */
export const learnHypertokens = async (
  context: StoreContext,
  forms: readonly HypertokenForm[],
): Promise<LearnReport> => {
  checkForms(forms);
  const known = await knownCodes(context, forms);
  if (known !== null) return { codes: known, newCodes: 0 };
  const stands = { nothingLeft: ({ newCodes }: LearnReport) => newCodes === 0 };
  return writeRepeatable<LearnReport>(context, stands, async (transaction) => {
    const book = await openBook(context, transaction);
    const before = book.newCodes;
    await book.learn(forms);
    await book.closeRegistry();
    const codes = forms.map(({ digest }) => book.codeOf(digest) as Code);
    return { codes, newCodes: book.newCodes - before };
  });
};

/** Null where one is not known, or stands for another form: who writes them tells which. */
const knownCodes = async (
  { engine, identity }: StoreContext,
  forms: readonly HypertokenForm[],
): Promise<readonly Code[] | null> => {
  const rows = await readBatches(
    engine,
    registryByDigest,
    [...new Set(forms.map(({ digest }) => digest))],
    (batch) => ({
      keys: batch.map((digest) => identity.digest(digest)),
    }),
  );
  const byDigest = new Map(rows.map((row) => [row.digest, row]));
  const codes = forms.flatMap(({ digest, form }) => {
    const row = byDigest.get(digest);
    return row?.form === form ? [row.code as Code] : [];
  });
  return codes.length === forms.length ? codes : null;
};
