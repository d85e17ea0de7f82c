import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CODE_COLUMNS, SCENE_COLUMNS, SEQUENCE_COLUMNS } from '../../../src/export/columns.ts';
import { exportCorpus } from '../../../src/export/export-corpus.ts';
import type { FormatName } from '../../../src/export/export-format.ts';
import { SPLITS } from '../../../src/export/split.ts';
import { corpusName, workspaceName } from '../../../src/scene/name.ts';
import type { GraphDatabase, GraphStore } from '../../../src/store/graph-store.ts';
import { openMemoryStore } from '../../../src/store/memory/open-memory-store.ts';
import { collapseCorpus } from '../../../src/worker/collapse-job.ts';
import { openComputePool } from '../../../src/worker/compute-pool.ts';
import { coupleCorpus } from '../../../src/worker/couple-job.ts';
import { CORPUS, ENGLISH, RUSSIAN, UNICODE, write } from '../../conformance/prose.ts';
import { runPython } from '../../python/run-python.ts';

const EMPTY = corpusName('пусто');

const READ_PARQUET = `
import sys, json, pyarrow.parquet as pq
table = pq.read_table(sys.argv[1])
meta = pq.ParquetFile(sys.argv[1]).metadata
json.dump({"rows": table.to_pylist(), "groups": meta.num_row_groups, "by": meta.created_by,
           "types": {f.name: str(f.type) for f in table.schema}}, sys.stdout)`;

const READ_JSONL = `
import sys, json
json.dump({"rows": [json.loads(line) for line in open(sys.argv[1], encoding="utf-8", newline="\\n")]}, sys.stdout)`;

/** As a user would, from the folder alone. Types are those of the card, before any row is looked at. */
const LOAD_DATASET = `
import sys, json, tempfile, datasets
datasets.disable_progress_bars()
out = {}
for config in datasets.get_dataset_config_names(sys.argv[1]):
    with tempfile.TemporaryDirectory() as cache:
        builder = datasets.load_dataset_builder(sys.argv[1], config, cache_dir=cache)
        told = str(builder.info.features)
        loaded = datasets.load_dataset(sys.argv[1], config, cache_dir=cache)
        out[config] = {"told": told, "splits": {k: {"rows": v.to_list(), "features": str(v.features)} for k, v in loaded.items()},
                       "license": builder.info.license}
json.dump(out, sys.stdout)`;

interface File {
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly groups: number;
  readonly by: string;
  readonly types: Readonly<Record<string, string>>;
}

interface Config {
  readonly told: string;
  readonly splits: Readonly<Record<string, { readonly rows: File['rows']; readonly features: string }>>;
}

let folder: string;
let database: GraphDatabase;
let store: GraphStore;
const at = (...path: readonly string[]): string => join(folder, ...path);

const exported = (format: FormatName, out: string, corpus = CORPUS) =>
  exportCorpus(store, {
    corpus,
    format,
    out: at(out),
    options: {
      labels: 'en',
      seed: 3,
      shares: { train: 0.5, validation: 0.3, test: 0.2 },
      licence: 'cc0-1.0',
      rowGroup: 90,
    },
    resume: false,
    product: { version: '0.0.0', store: 'memory' },
  });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hyperscene-parquet-'));
  database = openMemoryStore();
  store = database.workspace(workspaceName('паркет'));
  for (let i = 0; i < 6; i++) {
    await write(store, { name: `сказка ${i}`, sentences: RUSSIAN.slice(i, i + 40) });
    await write(store, { name: `tale ${i}`, sentences: ENGLISH.slice(i, i + 40), lang: 'en' });
  }
  // More than a page of what is read at once, so that there is a second group.
  const long = Array.from({ length: 2200 }, (_, i) => RUSSIAN[i % 50] ?? '');
  await write(store, { name: 'длинная', sentences: long });
  await write(store, { name: 'знаки "", Δ14', sentences: [...UNICODE, 'Δ14', '\0', 'NULL', 'nan'] });
  const compute = openComputePool({ threadsMax: 1 });
  const context = { store, compute };
  await coupleCorpus(context, CORPUS);
  await collapseCorpus(context, CORPUS);
  await compute.close();
  await write(store, { corpus: EMPTY, name: 'пусто', sentences: [] });
  await exported('jsonl', 'jsonl');
  await exported('parquet', 'parquet');
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

const PAIRS = ['codes', ...SPLITS.flatMap((split) => [`scenes/${split}`, `sequences/${split}`])];

test.each(PAIRS)('pyarrow reads from %s.parquet the rows of the lines of JSON', async (path) => {
  const [parquet, jsonl] = (await Promise.all([
    runPython(READ_PARQUET, at('parquet', `${path}.parquet`)),
    runPython(READ_JSONL, at('jsonl', `${path}.jsonl`)),
  ])) as [File, File];
  expect(jsonl.rows.length).toBeGreaterThan(0);
  expect(parquet.rows).toEqual(jsonl.rows);
  expect(parquet.by).toBe('hyperscene');
});

test('rows come in groups, and columns have the types that are told', async () => {
  const scenes = (await runPython(READ_PARQUET, at('parquet', 'scenes/validation.parquet'))) as File;
  expect(scenes.groups).toBeGreaterThan(1);
  expect(scenes.rows.some(({ levels }) => (levels as unknown[]).length > 1)).toBe(true);
  expect(scenes.types).toEqual({
    ...Object.fromEntries(Object.keys(SCENE_COLUMNS).map((name) => [name, 'string'])),
    position: 'int32',
    start: 'int64',
    end: 'int64',
    context: 'list<element: string not null>',
    facets: 'list<element: string not null>',
    code: 'int32',
    ordinal: 'int64',
    levels: 'list<element: struct<level: int32 not null, code: int32 not null, ordinal: int64 not null> not null>',
  });
  const codes = (await runPython(READ_PARQUET, at('parquet', 'codes.parquet'))) as File;
  expect(Object.keys(codes.types)).toEqual(Object.keys(CODE_COLUMNS));
});

test.each(['jsonl', 'parquet'] as const)(
  'datasets opens the folder of %s, with types from the card',
  async (format) => {
    const configs = (await runPython(LOAD_DATASET, at(format))) as Readonly<Record<string, Config>>;
    expect(Object.keys(configs)).toEqual(['scenes', 'sequences']);
    for (const [name, columns] of [
      ['scenes', SCENE_COLUMNS],
      ['sequences', SEQUENCE_COLUMNS],
    ] as const) {
      const { told, splits } = configs[name] as Config;
      for (const column of Object.keys(columns)) expect(told).toContain(`'${column}'`);
      expect(Object.keys(splits)).toEqual([...SPLITS]);
      for (const split of SPLITS) {
        const file = (await runPython(READ_JSONL, at('jsonl', `${name}/${split}.jsonl`))) as File;
        expect(splits[split]?.features).toBe(told);
        expect(splits[split]?.rows).toEqual(file.rows);
      }
    }
  },
);

test('a corpus without a scene gives files without a row', async () => {
  await exported('parquet', 'empty', EMPTY);
  for (const path of PAIRS) {
    const { rows, types } = (await runPython(READ_PARQUET, at('empty', `${path}.parquet`))) as File;
    expect(rows).toEqual([]);
    expect(Object.keys(types).length).toBeGreaterThan(3);
  }
});
