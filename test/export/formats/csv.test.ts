import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { exportCorpus } from '../../../src/export/export-corpus.ts';
import { DEFAULT_SHARES } from '../../../src/export/split.ts';
import { workspaceName } from '../../../src/scene/name.ts';
import type { GraphDatabase, GraphStore } from '../../../src/store/graph-store.ts';
import { openMemoryStore } from '../../../src/store/memory/open-memory-store.ts';
import { allItems } from '../../conformance/all-pages.ts';
import { CORPUS, ENGLISH, RUSSIAN, write } from '../../conformance/prose.ts';

const run = promisify(execFile);

/** What spreadsheets take for commands, and what breaks rows apart. */
const HOSTILE = [
  '=HYPERLINK("http://example.org";"смотри")',
  '+1+1',
  '-2+3',
  '@SUM(A1)',
  '＝1+1',
  "=cmd|' /C calc'!A0",
  'Он сказал: "Да", и вышел.',
  'Первая строка\nвторая строка, с запятой',
  'a\r\nb',
  "'уже с апострофом",
  '"',
  '— Да, — сказал он.',
];

/** By another program: each row a list of texts. */
const READ =
  'import csv,json,sys; json.dump(list(csv.reader(open(sys.argv[1],encoding="utf-8-sig",newline=""))),sys.stdout)';
const readByPython = async (path: string): Promise<readonly (readonly string[])[]> => {
  const { stdout } = await run('python3', ['-c', READ, path], { maxBuffer: 2 ** 28 });
  return JSON.parse(stdout) as string[][];
};

let folder: string;
let database: GraphDatabase;
let store: GraphStore;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hyperscene-csv-'));
  database = openMemoryStore();
  store = database.workspace(workspaceName('таблица'));
  await write(store, { name: '=опасный.txt', sentences: HOSTILE });
  await write(store, { name: 'сказка', sentences: RUSSIAN.slice(0, 50) });
  await write(store, { name: 'tale', sentences: ENGLISH.slice(0, 50), lang: 'en' });
  const [first, second, third] = await allItems((page) => store.scenes({ corpus: CORPUS }, page));
  if (first === undefined || second === undefined || third === undefined) throw new Error('no scenes');
  const [a, b] = [first.id, second.id].sort() as [typeof first.id, typeof first.id];
  const because = [{ kind: 'agent', key: '=царь', weight: 0.5 } as const];
  await store.writeCouplings(CORPUS, { put: [{ a, b, weight: 0.5, because }], remove: [], coupled: [] });
  await exportCorpus(store, {
    corpus: CORPUS,
    format: 'csv',
    out: join(folder, 'out'),
    options: { labels: 'ru', seed: 0, shares: DEFAULT_SHARES, licence: null, rowGroup: 1000 },
    resume: false,
    product: { version: '0.0.0', store: 'memory' },
  });
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

const FORMULA = /^[=+\-@＝＋－＠\t\r]/u;
const without = (cell: string): string => (/^'[=+\-@＝＋－＠\t\r]/u.test(cell) ? cell.slice(1) : cell);

test('every scene is a row that another program reads, and no text is a formula', async () => {
  const [head = [], ...rows] = await readByPython(join(folder, 'out/scenes.csv'));
  const scenes = await allItems((page) => store.scenes({ corpus: CORPUS }, page));
  const column = (name: string): readonly string[] => rows.map((row) => row[head.indexOf(name)] ?? '');
  expect(rows.every(({ length }) => length === head.length)).toBe(true);
  expect(column('text').map(without)).toEqual(scenes.map(({ text }) => text));
  expect(column('document').map(without)).toEqual(scenes.map(({ documentName }) => documentName));
  expect(column('hypertoken')).toEqual(scenes.map(({ code }) => `Δ${code}`));
  expect(column('start').map(Number)).toEqual(scenes.map(({ start }) => start));
  expect(rows.flat().filter((cell) => FORMULA.test(cell))).toEqual([]);
  expect(column('text').filter((cell) => /^'[=+\-@＝]/u.test(cell))).toHaveLength(6);
});

test('every coupling is a row, with what it rests on', async () => {
  const [head, ...rows] = await readByPython(join(folder, 'out/couplings.csv'));
  expect(head).toEqual(['a', 'b', 'weight', 'because']);
  const [coupling] = await allItems((page) => store.couplings(CORPUS, page));
  expect(rows).toEqual([[coupling?.a, coupling?.b, '0.5', 'agent =царь 0.5']]);
});

test('the files are UTF-8 with a mark, as spreadsheets want it, and lines end as RFC 4180 says', async () => {
  const bytes = await readFile(join(folder, 'out/scenes.csv'));
  expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
  expect(bytes.subarray(-2).toString()).toBe('\r\n');
});

test('each code has a row with its digest, which is the same in every store', async () => {
  const [head, ...rows] = await readByPython(join(folder, 'out/codes.csv'));
  expect(head).toEqual(['hypertoken', 'level', 'digest', 'figures']);
  const codes = await allItems((page) => store.hypertokens({ corpus: CORPUS }, page));
  expect(codes.length).toBeGreaterThan(20);
  expect(rows).toEqual(
    codes.map(({ code, level, digest, figures }) => [`Δ${code}`, `${level}`, digest, figures.join('; ')]),
  );
});
