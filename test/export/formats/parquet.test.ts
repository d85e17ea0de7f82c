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

/** All files of a folder of either format, by their paths without the extension: one process, since pyarrow takes a second to load. */
const READ = `
import sys, json, pathlib, pyarrow.parquet as pq
out = {}
for path in pathlib.Path(sys.argv[1]).rglob("*.*"):
    name = path.relative_to(sys.argv[1]).with_suffix("").as_posix()
    if path.suffix == ".parquet":
        table, meta = pq.read_table(path), pq.ParquetFile(path).metadata
        out[name] = {"rows": table.to_pylist(), "groups": meta.num_row_groups, "by": meta.created_by,
                     "types": {f.name: str(f.type) for f in table.schema}}
    elif path.suffix == ".jsonl":
        out[name] = {"rows": [json.loads(line) for line in path.open(encoding="utf-8", newline="\\n")]}
json.dump(out, sys.stdout)`;

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

type Files = Readonly<Record<string, File>>;

let folder: string;
let parquet: Files;
let jsonl: Files;
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
  parquet = (await runPython(READ, at('parquet'))) as Files;
  jsonl = (await runPython(READ, at('jsonl'))) as Files;
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

const PAIRS = ['codes', ...SPLITS.flatMap((split) => [`scenes/${split}`, `sequences/${split}`])];

test.each(PAIRS)('pyarrow reads from %s.parquet the rows of the lines of JSON', (path) => {
  expect(jsonl[path]?.rows.length).toBeGreaterThan(0);
  expect(parquet[path]?.rows).toEqual(jsonl[path]?.rows);
  expect(parquet[path]?.by).toBe('hyperscene');
});

test('rows come in groups, and columns have the types that are told', () => {
  const scenes = parquet['scenes/validation'];
  expect(scenes?.groups).toBeGreaterThan(1);
  expect(scenes?.rows.some(({ levels }) => (levels as unknown[]).length > 1)).toBe(true);
  expect(scenes?.types).toEqual({
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
  expect(Object.keys(parquet['codes']?.types ?? {})).toEqual(Object.keys(CODE_COLUMNS));
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
        expect(splits[split]?.features).toBe(told);
        expect(splits[split]?.rows).toEqual(jsonl[`${name}/${split}`]?.rows);
      }
    }
  },
);

test('a corpus without a scene gives files without a row', async () => {
  await exported('parquet', 'empty', EMPTY);
  const files = (await runPython(READ, at('empty'))) as Files;
  expect(Object.keys(files).sort()).toEqual([...PAIRS].sort());
  for (const { rows, types } of Object.values(files)) {
    expect(rows).toEqual([]);
    expect(Object.keys(types).length).toBeGreaterThan(3);
  }
});
