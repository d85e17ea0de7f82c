import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { ExportId } from '../../src/export/export-id.ts';
import { verifyExport } from '../../src/export/verify-export.ts';
import { type CorpusName, corpusName, DEFAULT_WORKSPACE, type WorkspaceName } from '../../src/scene/name.ts';
import type { GraphStore } from '../../src/store/graph-store.ts';
import { coupleCorpus } from '../../src/worker/couple-job.ts';
import { CORPUS, ENGLISH, RUSSIAN, write } from '../conformance/prose.ts';
import { type Answer, openApi, type TestApi } from './open-api.ts';

const FILE = 'path bytes rows sha256 url';
const EXPORT = `id corpus revision format documents scenes couplings bytes manifestUrl finishedAt expiresAt
  options { labels seed shares { train validation test } licence rowGroup rung } tokenizer { sha256 vocabulary } files { ${FILE} }`;
const JOB = `id kind corpus state attempts error { code message }
  result { __typename ... on ExportJobResult { revision scenes files { ${FILE} } export { ${EXPORT} } } }`;

/** One id a byte, as byte-level BPE begins. */
const tokenizerOf = (): string => {
  const signs = Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i));
  const vocab = Object.fromEntries([...signs, 'Ġ'].map((sign, id) => [sign, id]));
  const model = { type: 'BPE', vocab, merges: [], continuing_subword_prefix: '', end_of_word_suffix: '' };
  const byBytes = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true };
  return JSON.stringify({
    version: '1.0',
    added_tokens: [],
    normalizer: null,
    pre_tokenizer: byBytes,
    post_processor: null,
    decoder: byBytes,
    model,
  });
};

let tokenizers: string;
let api: TestApi;

beforeAll(async () => {
  tokenizers = await mkdtemp(join(tmpdir(), 'hyperscene-tokenizers-'));
  await mkdir(join(tokenizers, 'signs'));
  await writeFile(join(tokenizers, 'signs', 'tokenizer.json'), tokenizerOf());
  await mkdir(join(tokenizers, 'empty'));
  await mkdir(join(tokenizers, 'broken'));
  await writeFile(join(tokenizers, 'broken', 'tokenizer.json'), '{"model":');
  api = await openApi({ exports: { tokenizers } });
  const { store, services } = api;
  await write(store, { name: 'Емельян', sentences: RUSSIAN, lang: 'ru' });
  await write(store, { name: 'masque', sentences: ENGLISH, lang: 'en' });
  await coupleCorpus({ store, compute: services.compute }, CORPUS, { couplingsMax: 4 });
});

afterAll(async () => {
  await api.close();
  await rm(tokenizers, { recursive: true });
});

const started = (input: object): Promise<{ data: Answer; errors: Answer[] }> =>
  api.answer(`mutation ($input: StartJobInput!) { startJob(input: $input) { job { ${JOB} } } }`, {
    input: { task: { export: { corpus: CORPUS, ...input } } },
  });

/** A job until it is over. */
const done = async (input: object): Promise<Answer> => {
  const { data, errors } = await started(input);
  expect(errors).toEqual([]);
  const { id } = data.startJob.job;
  for (;;) {
    const { job } = await api.ask(`query ($id: ID!) { job(id: $id) { ${JOB} } }`, { id });
    if (!['QUEUED', 'RUNNING'].includes(job.state)) return job;
    await setTimeout(10);
  }
};

const exportIdOf = ({ result }: Answer): ExportId =>
  Buffer.from(result.export.id, 'base64url').toString('utf8').replace('Export:', '') as ExportId;

const codes = ({ errors }: { readonly errors: Answer[] }) => errors.map(({ extensions }) => extensions.code);

const remove = (id: string) => api.answer('mutation ($id: ID!) { deleteExport(id: $id) { deletedId } }', { id });

test.each(['RU', 'EN'])('a corpus is exported with labels in %s, told in full, listed, and deleted', async (labels) => {
  const shares = { train: 0.5, validation: 0.25, test: 0.25 };
  const job = await done({ format: 'JSONL', labels, shares, licence: 'cc0-1.0', seed: 7 });
  expect(job).toMatchObject({ kind: 'EXPORT', corpus: CORPUS, state: 'SUCCEEDED', attempts: 1, error: null });
  const { export: own, files, revision, scenes } = job.result;
  const record = await api.store.corpus(CORPUS);
  expect([revision, scenes]).toEqual([record?.revision, record?.scenes]);
  expect(own).toMatchObject({
    corpus: CORPUS,
    revision,
    format: 'JSONL',
    documents: 2,
    scenes,
    couplings: record?.couplings,
    options: { labels, seed: 7, shares, licence: 'cc0-1.0', rowGroup: 10_000, rung: null },
    tokenizer: null,
    files,
  });
  expect(Date.parse(own.expiresAt) - Date.parse(own.finishedAt)).toBe(86_400_000);
  const id = exportIdOf(job);
  const kept = await api.services.exports.workspace(DEFAULT_WORKSPACE).find(id);
  const { manifest } = await verifyExport(kept?.folder ?? '');
  expect(files).toEqual(manifest.files.map((file) => ({ ...file, url: `/exports/${id}/${file.path}` })));
  expect(own.bytes).toBe(manifest.files.reduce((sum, { bytes }) => sum + bytes, 0));
  expect(own.manifestUrl).toBe(`/exports/${id}/manifest.json`);
  const asked = `query ($id: ID!, $job: ID!) { node(id: $id) { ... on Export { ${EXPORT} } } export(id: $id) { ${EXPORT} }
    byJob: export(id: $job) { ${EXPORT} } exports(first: 1) { nodes { ${EXPORT} } edges { cursor } pageInfo { endCursor } } }`;
  const answer = await api.ask(asked, { id: own.id, job: job.id });
  expect([answer.node, answer.export, answer.byJob, ...answer.exports.nodes]).toEqual([own, own, own, own]);
  expect(answer.exports.pageInfo.endCursor).toBe(answer.exports.edges[0].cursor);
  expect(await remove(job.id)).toEqual({ data: { deleteExport: { deletedId: own.id } }, errors: [] });
  const gone = await api.ask(
    `query ($id: ID!, $job: ID!) { node(id: $id) { id } export(id: $id) { id } exports { nodes { id } }
    job(id: $job) { ${JOB} } }`,
    { id: own.id, job: job.id },
  );
  expect(gone).toMatchObject({ node: null, export: null, exports: { nodes: [] } });
  // What it wrote is remembered with its job.
  expect(gone.job.result).toEqual({ ...job.result, export: null });
  expect(codes(await remove(own.id))).toEqual(['EXPORT_NOT_FOUND']);
});

test('a base tokenizer is one of the folder of tokenizers, by its name, and no other file', async () => {
  const job = await done({ format: 'TOKENIZER', tokenizer: 'signs' });
  expect(job).toMatchObject({ state: 'SUCCEEDED', result: { export: { tokenizer: { vocabulary: 95 } } } });
  expect(job.result.files.map(({ path }: Answer) => path)).toContain('tokenizer.json');
  const bin = await done({ format: 'BIN', tokenizer: 'signs', rung: 'HYPERTOKEN' });
  expect(bin).toMatchObject({ state: 'SUCCEEDED', result: { export: { options: { rung: 'HYPERTOKEN' } } } });
  // Of a format that has no tokens it counts them, and is no part of the files.
  const counted = await done({ format: 'CSV', tokenizer: 'signs', statistics: 'FULL' });
  expect(counted).toMatchObject({ state: 'SUCCEEDED', result: { export: { tokenizer: null } } });
  const { folder } = (await api.services.exports.workspace(DEFAULT_WORKSPACE).find(exportIdOf(counted))) ?? {};
  const statistics = JSON.parse(await readFile(join(folder ?? '', 'statistics.json'), 'utf8'));
  expect(statistics.tokenizer).toEqual({ name: 'tokenizer.json', sha256: job.result.export.tokenizer.sha256 });
  expect(statistics.counted).toBe(statistics.scenes);
  for (const { id } of [job, bin, counted]) await remove(id);
  for (const [name, code] of [
    ['none', 'UNKNOWN_TOKENIZER'],
    ['empty', 'UNKNOWN_TOKENIZER'],
    ['broken', 'BAD_TOKENIZER'],
  ]) {
    const { state, error } = await done({ format: 'TOKENIZER', tokenizer: name });
    expect([name, state, error.code]).toEqual([name, 'FAILED', code]);
    expect(error.message).not.toContain(tokenizers);
  }
  const { error } = await done({ format: 'TOKENIZER', tokenizer: 'none' });
  expect(error.message).toContain('expected one of broken, empty, signs');
  for (const name of ['..', '../signs', 'signs/../signs', '/etc', 'signs\u0000', '.hidden', 'signs/tokenizer.json', ''])
    expect([name, codes(await started({ format: 'TOKENIZER', tokenizer: name }))]).toEqual([name, ['BAD_ARGUMENT']]);
});

test('where there is no folder of tokenizers, none is read', async () => {
  const bare = await openApi();
  try {
    await write(bare.store, { name: 'a', sentences: ENGLISH.slice(0, 5), lang: 'en' });
    const own = bare.services.exports.workspace(DEFAULT_WORKSPACE).write({
      id: '0'.repeat(32) as ExportId,
      store: bare.store,
      corpus: CORPUS,
      format: 'tokenizer',
      options: { labels: 'ru', seed: 0, shares: { train: 1, validation: 0, test: 0 }, licence: null, rowGroup: 1 },
      tokenizer: 'signs',
    });
    await expect(own).rejects.toMatchObject({ code: 'UNKNOWN_TOKENIZER' });
    await expect(own).rejects.toThrow(/HYPERSCENE_TOKENIZERS/u);
  } finally {
    await bare.close();
  }
});

test('a corpus that is not there is told, and nothing is left', async () => {
  const job = await done({ corpus: 'нет такого', format: 'CSV' });
  expect(job).toMatchObject({ state: 'FAILED', error: { code: 'CORPUS_NOT_FOUND' }, result: null });
  expect(codes(await remove(job.id))).toEqual(['EXPORT_NOT_FOUND']);
  expect(codes(await started({ corpus: ' ', format: 'CSV' }))).toEqual(['BAD_NAME']);
});

test('names and licences that are code somewhere are data in every file, or refused', async () => {
  const corpus = corpusName('\'; DROP <b>---"}{ ../../Δ');
  const sentences = ['Он стоял у двери.', '=1+1 сказал царь.'];
  await write(api.store, { corpus, name: '../../etc/passwd', sentences, lang: 'ru' });
  const job = await done({ corpus, format: 'JSONL' });
  expect(job).toMatchObject({ state: 'SUCCEEDED', result: { scenes: 2, export: { corpus } } });
  for (const { url, path } of job.result.files) expect(url.endsWith(`/${path}`)).toBe(true);
  for (const licence of ['cc0\n---\nx: y', '', ' ', '../x', '<b>'])
    expect(codes(await started({ corpus, format: 'CSV', licence }))).toEqual(['BAD_ARGUMENT']);
  await remove(job.id);
});

/** Holds every export until it is released. */
const holdExports = (): (() => void) => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { database } = api;
  const workspace = database.workspace.bind(database);
  const held = (name: WorkspaceName): GraphStore => {
    const store = workspace(name);
    const atOneRevision: GraphStore['atOneRevision'] = async (corpus, work) => {
      await promise;
      return store.atOneRevision(corpus, work);
    };
    return Object.assign(Object.create(store), { atOneRevision, corpus: (of: CorpusName) => store.corpus(of) });
  };
  Object.assign(database, { workspace: held });
  return () => {
    Object.assign(database, { workspace });
    resolve();
  };
};

test('what waits or is being written is neither given out nor deleted; cancelled, it is', async () => {
  const release = holdExports();
  const { data } = await started({ format: 'CSV' });
  const { id } = data.startJob.job;
  const next = (await started({ format: 'CSV' })).data.startJob.job.id;
  for (const job of [id, next]) {
    expect(codes(await remove(job))).toEqual(['JOB_NOT_OVER']);
    expect(await api.ask('query ($id: ID!) { export(id: $id) { id } }', { id: job })).toEqual({ export: null });
  }
  await api.ask('mutation ($id: ID!) { cancelJob(id: $id) { job { id } } }', { id: next });
  expect(codes(await remove(next))).toEqual(['EXPORT_NOT_FOUND']);
  release();
  const over = async () => (await api.ask('query ($id: ID!) { job(id: $id) { state } }', { id })).job.state;
  while (['QUEUED', 'RUNNING'].includes(await over())) await setTimeout(10);
  expect(await over()).toBe('SUCCEEDED');
  expect(codes(await remove(id))).toEqual([]);
});

test('what would not fit fails with the limit, and nothing is there', async () => {
  const small = await openApi({ exports: { bytesMax: 1000 } });
  try {
    await write(small.store, { name: 'Емельян', sentences: RUSSIAN, lang: 'ru' });
    const asked = 'mutation ($input: StartJobInput!) { startJob(input: $input) { job { id } } }';
    const begun = await small.ask(asked, { input: { task: { export: { corpus: CORPUS, format: 'CSV' } } } });
    const state = async () =>
      (await small.ask(`query ($id: ID!) { job(id: $id) { ${JOB} } }`, { id: begun.startJob.job.id })).job;
    while (['QUEUED', 'RUNNING'].includes((await state()).state)) await setTimeout(10);
    const { error } = await state();
    expect(error).toMatchObject({ code: 'EXPORTS_FULL', message: expect.stringContaining('1000 bytes at most') });
    expect((await small.ask('{ exports { nodes { id } } }')).exports.nodes).toEqual([]);
  } finally {
    await small.close();
  }
});

test.each(['', 'ы', Buffer.from('Corpus:a').toString('base64url'), Buffer.from('Export:../x').toString('base64url')])(
  'an id that is none of an export is refused: %j',
  async (id) => {
    expect(codes(await remove(id))).toEqual(['BAD_ARGUMENT']);
    expect(codes(await api.answer('query ($id: ID!) { export(id: $id) { id } }', { id }))).toEqual(['BAD_ARGUMENT']);
  },
);
