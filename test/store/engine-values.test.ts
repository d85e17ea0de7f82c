import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { query } from '../../src/store/cypher/query.ts';
import type { CypherEngine } from '../../src/store/cypher-engine.ts';
import type { Parameter } from '../../src/store/parameter.ts';
import { failing } from '../conformance/all-pages.ts';
import { ENGINES } from './test-engines.ts';

const engines: CypherEngine[] = [];
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hyperscene-values-'));
  for (const { open } of ENGINES) engines.push(await open(join(folder, 'graph')));
});
afterAll(async () => {
  for (const engine of engines) await engine.close();
  await rm(folder, { recursive: true, force: true });
});

class Enough extends Error {
  readonly rows: unknown;
  constructor(rows: unknown) {
    super('rolled back');
    this.rows = rows;
  }
}

const CREATE = query('createValue', 'CREATE (:Chunk {uid: $uid, text: $value})');
const READ = query<unknown>(
  'readValue',
  'MATCH (k:Chunk {uid: $uid}) RETURN k.text AS value, k.text = $value AS equal',
);
const ECHO = query<unknown>('echoValue', 'RETURN $value AS value');

const keep = async (engine: CypherEngine, value: Parameter): Promise<unknown> => {
  const uid = `values/${randomBytes(8).toString('hex')}`;
  return engine
    .write(async (transaction) => {
      await transaction.write(CREATE, { uid, value });
      throw new Enough(await transaction.read(READ, { uid, value }));
    })
    .catch((error: unknown) => {
      if (error instanceof Enough) return error.rows;
      throw error;
    });
};

/** Kept, read back, compared by the engine with what it was given, and rolled back. */
const KEPT: readonly (readonly [string, Parameter])[] = [
  ['zero', 0],
  ['a whole number', 1],
  ['a fraction', 0.1],
  ['a whole number past 32 bits', 2 ** 40],
  ['the greatest whole number', Number.MAX_SAFE_INTEGER],
  ['the least whole number', Number.MIN_SAFE_INTEGER],
  ['the least fraction', Number.MIN_VALUE],
  ['an empty string', ''],
  ['a string that is a number', '1'],
  ['a null character', 'a\u0000b'],
  ['noncharacters', '\ufffe\uffff\u{10ffff}'],
  ['separators of lines', '\u0085\u2028\u2029\r\n'],
  ['combining and composed letters', 'е\u0308ё\u1e9b\u0323'],
  ['marks of direction', '\u200f\u202e\u2066дом\u2069'],
  ['a million letters', 'ж'.repeat(1_000_000)],
  ['true', true],
  ['an empty list', []],
  ['a list with an empty string', ['', '\u0000']],
  ['a list of whole numbers and fractions', [1, 0.5, -1]],
  ['a list of booleans', [true, false]],
];

it.each(KEPT)('%s is the same in both engines as a property and as a parameter', async (_, value) => {
  for (const engine of engines) {
    expect(await keep(engine, value)).toEqual([{ value, equal: true }]);
    expect(await engine.read(ECHO, { value })).toEqual([{ value }]);
  }
});

it('a negative zero is zero in both engines', async () => {
  for (const engine of engines) {
    expect(await keep(engine, -0)).toEqual([{ value: 0, equal: true }]);
    expect(await keep(engine, [-0, 0.5])).toEqual([{ value: [0, 0.5], equal: true }]);
  }
});

it('null is no property in both engines', async () => {
  for (const engine of engines) expect(await keep(engine, null)).toEqual([{ value: null, equal: null }]);
});

/** Of these the embedded engine would keep some, Neo4j none; neither gets to see them. */
it.each([
  ['a whole number past 2^53', 2 ** 53],
  ['a great fraction', Number.MAX_VALUE],
  ['half a surrogate pair', '\ud83d'],
  ['a list of more types than one', ['a', 1]],
  ['null in a list', ['a', null]],
  ['a list in a list', [['a']]],
  ['a map', { a: 1 }],
  ['a list in a map in a list', [{ a: [[1]] }]],
])('%s is refused by both engines', async (_, value) => {
  for (const engine of engines) {
    expect(await failing(keep(engine, value as Parameter))).toBe('BAD_ARGUMENT');
    expect(await failing(engine.read(ECHO, { value: value as Parameter }))).toBe('BAD_ARGUMENT');
  }
});

it('whole numbers and fractions are equal, sorted and compared as numbers', async () => {
  const rows = [2, 1, 0.5, 1.5, 0].map((n) => ({ n }));
  const sorted = query<{ readonly n: number }>(
    'sorted',
    'UNWIND $rows AS row WITH row.n AS n WHERE n >= $least AND n <> 2.0 RETURN n ORDER BY n DESC',
  );
  for (const engine of engines)
    expect(await engine.read(sorted, { rows, least: 0.5 })).toEqual([{ n: 1.5 }, { n: 1 }, { n: 0.5 }]);
});

it('two texts read at once answer each their own rows, and hold nothing open', async () => {
  const first = query<unknown>('firstOfBoth', 'RETURN $n AS one');
  const second = query<unknown>('secondOfBoth', 'RETURN $n + 1 AS two');
  for (const engine of engines) {
    expect(await engine.readTogether([first, second] as const, { n: 1 })).toEqual([[{ one: 1 }], [{ two: 2 }]]);
    expect(await failing(engine.readTogether([first, query('broken', 'RETURN')], { n: 1 }))).not.toBeNull();
    expect(await engine.readTogether([first, second] as const, { n: 2 })).toEqual([[{ one: 2 }], [{ two: 3 }]]);
  }
});
