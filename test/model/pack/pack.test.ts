import { appendFile, cp, mkdir, mkdtemp, readFile, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { HypersceneError } from '../../../src/errors.ts';
import { openPack, type Pack } from '../../../src/model/pack/pack.ts';
import { digestOfForm } from '../../../src/model/pack/pack-row.ts';
import { DTYPES } from '../../../src/model/pack/safetensors.ts';
import { type TrainedRow, writePack } from '../../../src/model/pack/write-pack.ts';
import { codeRow, facetRow, isRowKey, NONE_ROW, type RowKey } from '../../../src/model/row-key.ts';
import { ARCHETYPES, type ArchetypeKey } from '../../../src/scene/inventory.ts';
import { anyFigure } from '../../arbitrary/figure.ts';
import {
  CONTENTS,
  DESCRIPTIONS,
  descriptionsOf,
  editManifest,
  figureRow,
  gather,
  LENGTH,
  ROWS,
  reseal,
  safetensors,
} from './small-pack.ts';

let root: string;
/** A whole pack, which each test takes a copy of. */
let whole: string;
let count = 0;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'hyperscene-pack-'));
  await writeFile(join(root, 'lora.gguf'), 'GGUF and what follows');
  whole = join(root, 'whole');
  await writePack(whole, { ...CONTENTS, adapter: join(root, 'lora.gguf') });
});
afterAll(() => rm(root, { recursive: true, force: true }));

const next = (): string => join(root, String(count++));
const copy = async (): Promise<string> => {
  const folder = join(next(), 'small');
  await cp(whole, folder, { recursive: true });
  return folder;
};

const failure = async (work: Promise<unknown>): Promise<HypersceneError> => {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof HypersceneError)) throw new Error(`no HypersceneError, but ${error}`);
  return error;
};

const unreadable = async (folder: string, ...said: readonly (string | RegExp)[]): Promise<void> => {
  const error = await failure(openPack(folder));
  expect(error.code).toBe('PACK_UNREADABLE');
  for (const part of said)
    if (typeof part === 'string') expect(error.message).toContain(part);
    else expect(error.message).toMatch(part);
  // It may reach a client.
  expect(error.message).not.toContain(root);
};

test('a pack tells what its rows stand for', async () => {
  const pack = await openPack(whole);
  expect(pack.identity).toEqual({ name: 'small', sha256: expect.stringMatching(/^[0-9a-f]{64}$/u) });
  expect(pack.manifest).toMatchObject({ base: CONTENTS.base, rows: 6, licence: 'Apache-2.0' });
  expect(pack.counts).toEqual({ codes: 3, facets: 2, scenes: 1, predicted: 2 });
  expect(pack.adapter).toBe(join(whole, 'adapter.gguf'));
  const rows = await descriptionsOf(pack);
  expect(rows.map(({ hyperlexeme }) => hyperlexeme)).toEqual([
    'порогтишинасдерживание',
    'road',
    null,
    'порог',
    null,
    'thresholdsilencerestraint',
  ]);
  for (const [i, { key }] of ROWS.entries()) {
    expect(pack.rowIndex(key)).toBe(i);
    expect(pack.keyOf(i)).toBe(key);
    expect(pack.isPredicted(i)).toBe(i === 0 || i === 2);
  }
  expect(pack.rowIndex(facetRow('archetype', 'road'))).toBeNull();
  expect(pack.rowIndex(codeRow(digestOfForm(1, 'another motif')))).toBeNull();
  for (const index of [-1, 6, 0.5, Number.NaN])
    expect(() => pack.keyOf(index)).toThrow(expect.objectContaining({ code: 'BAD_ARGUMENT' }));
  expect(Object.isFrozen(pack) && Object.isFrozen(pack.manifest) && Object.isFrozen(pack.manifest.training)).toBe(true);
});

const hex = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 32, maxLength: 32 });
const anyRow = (length: number): fc.Arbitrary<TrainedRow> => {
  const finite = fc.float({ noNaN: true, noDefaultInfinity: true, min: -60000, max: 60000 });
  const values = fc.array(finite, { minLength: length, maxLength: length }).map((all) => Float32Array.from(all));
  const untold = { level: null, form: null, figures: [] };
  const label = fc.option(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }));
  const described = fc.oneof(
    fc.tuple(anyFigure, fc.constantFrom('ru' as const, 'en' as const)).map(([figure, lang]) => figureRow(figure, lang)),
    fc.tuple(fc.integer({ min: -1, max: 32 }), fc.string({ minLength: 1 }), label).map(([level, text, hyperlexeme]) => {
      const [at, form] = [level === 0 ? 1 : level, text];
      return { key: codeRow(digestOfForm(at, form)), level: at, form, figures: [], hyperlexeme };
    }),
    fc
      .tuple(fc.constantFrom('code', 'scene'), hex, label)
      .map(([kind, id, hyperlexeme]) => ({ ...untold, key: `${kind}:${id}` as RowKey, hyperlexeme })),
    fc
      .tuple(fc.constantFrom(...(Object.keys(ARCHETYPES) as ArchetypeKey[])), label)
      .map(([key, hyperlexeme]) => ({ ...untold, key: facetRow('archetype', key), hyperlexeme })),
    fc.constant({ ...untold, key: NONE_ROW, hyperlexeme: null }),
  );
  // What is nearly zero would be zero in 16 bits, and so not predicted.
  const output = fc.option(values.map((all) => (all.every((n) => Math.abs(n) < 0.001) ? all.fill(1) : all)));
  return fc
    .record({ described, embedding: values, output })
    .map(({ described: row, ...rest }) => ({ ...row, ...rest }));
};

const anyPack = fc.integer({ min: 1, max: 9 }).chain((length) =>
  fc.record({
    length: fc.constant(length),
    dtype: fc.constantFrom(...DTYPES),
    rows: fc.uniqueArray(anyRow(length), { selector: ({ key }) => key, maxLength: 12 }),
    training: fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/u), fc.jsonValue({ maxDepth: 4, noUnicodeString: false })),
    licence: fc.option(fc.string({ minLength: 1, maxLength: 20 })),
  }),
);

test('what is written is what is opened', async () => {
  await fc.assert(
    fc.asyncProperty(anyPack, async ({ length, dtype, rows, training, licence }) => {
      const folder = next();
      const base = { ...CONTENTS.base, embeddingLength: length };
      const identity = await writePack(folder, { ...CONTENTS, base, dtype, rows, training, licence });
      const pack = await openPack(folder);
      expect(pack.identity).toEqual(identity);
      expect(pack.manifest).toMatchObject({
        rows: rows.length,
        licence,
        training: JSON.parse(JSON.stringify(training)),
      });
      expect(await descriptionsOf(pack)).toEqual(
        rows.map(({ embedding: _, output, ...row }) => ({ ...row, predicted: output !== null })),
      );
      for (const [i, { key }] of rows.entries()) expect([pack.rowIndex(key), pack.keyOf(i)]).toEqual([i, key]);
      expect(await gather(pack.embedding())).toEqual(rows.flatMap(({ embedding }) => [...rounded(dtype, embedding)]));
      const outputs = rows.flatMap(({ output }) => [...rounded(dtype, output ?? new Float32Array(length))]);
      expect(await gather(pack.output())).toEqual(rows.some(({ output }) => output !== null) ? outputs : null);
      await rm(folder, { recursive: true });
    }),
    { numRuns: 50 },
  );
});

/** By arithmetic: to 11 or 8 significant bits, ties to even. */
const rounded = (dtype: (typeof DTYPES)[number], values: Float32Array): Float32Array =>
  values.map((value) => {
    if (dtype === 'F32' || value === 0) return value;
    const [bits, exponentMin] = dtype === 'F16' ? [11, -14] : [8, -126];
    const step = 2 ** (Math.max(Math.floor(Math.log2(Math.abs(value))), exponentMin) - bits + 1);
    const [whole_, rest] = [Math.floor(value / step), value / step - Math.floor(value / step)];
    const up = rest > 0.5 || (rest === 0.5 && whole_ % 2 !== 0);
    return Math.sign(value) * Math.abs((whole_ + (up ? 1 : 0)) * step);
  });

test('blocks hold whole rows, some mebibyte each', async () => {
  const [length, rows] = [40_000, 15];
  const numbers = Array.from({ length: rows }, (_, i) => ({
    key: `scene:${i.toString(16).padStart(32, '0')}` as RowKey,
    level: null,
    form: null,
    figures: [],
    hyperlexeme: null,
    embedding: new Float32Array(length).fill(i),
    output: null,
  }));
  const folder = next();
  const base = { ...CONTENTS.base, embeddingLength: length };
  await writePack(folder, { ...CONTENTS, base, dtype: 'BF16', rows: numbers });
  const pack = await openPack(folder);
  const sizes: number[] = [];
  for await (const block of pack.embedding()) sizes.push(block.length / length);
  expect(sizes).toEqual([6, 6, 3]);
  expect(pack.output()).toBeNull();
});

test('a pack without rows has an adapter alone', async () => {
  const folder = next();
  await writePack(folder, { ...CONTENTS, rows: [], adapter: join(root, 'lora.gguf') });
  const pack = await openPack(folder);
  expect(pack.counts).toEqual({ codes: 0, facets: 0, scenes: 0, predicted: 0 });
  expect([await gather(pack.embedding()), pack.output(), pack.rowIndex(NONE_ROW)]).toEqual([[], null, null]);
});

test('what a later version adds is ignored', async () => {
  const folder = await copy();
  const path = join(folder, 'rows.jsonl');
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
  await writeFile(path, lines.map((line) => line.replace('{', '{"later":[1],')).join('\n'));
  await writeFile(join(folder, 'encoder.safetensors'), 'whatever');
  await writeFile(join(folder, 'README.md'), 'named by nobody');
  await reseal(folder, 'encoder.safetensors');
  await editManifest(folder, (manifest) => ({ later: { deep: 1 }, ...manifest }));
  const pack = await openPack(folder);
  expect(pack.counts.codes).toBe(3);
  // It is named, so it is checked.
  await appendFile(join(folder, 'encoder.safetensors'), '!');
  await unreadable(folder, 'small/encoder.safetensors', 'expected 8 bytes', 'came 9');
});

describe('pack.json', () => {
  test.each<[string, (manifest: Record<string, unknown>) => Record<string, unknown>, RegExp]>([
    ['a later version', (m) => ({ ...m, version: 2, rows: 'other' }), /expected format version 1 at most; came 2/u],
    ['another format', (m) => ({ ...m, format: 'hyperscene-export' }), /format/u],
    ['no base', ({ base: _, ...m }) => m, /base/u],
    [
      'a hash that is none',
      (m) => ({ ...m, base: { ...CONTENTS.base, sha256: 'AB' } }),
      /base\.sha256: 64 hex digits/u,
    ],
    ['too many rows', (m) => ({ ...m, rows: 1_000_001 }), /rows/u],
    [
      'embeddings too long',
      (m) => ({ ...m, base: { ...CONTENTS.base, embeddingLength: 2 ** 20 } }),
      /embeddingLength/u,
    ],
    ['a name with a separator', (m) => ({ ...m, name: '../x' }), /name: a letter or digit/u],
    [
      'figures nested too deep',
      (m) => ({ ...m, training: JSON.parse(`${'{"a":'.repeat(18)}1${'}'.repeat(18)}`) }),
      /16 deep/u,
    ],
  ])('%s', async (_, edit, said) => {
    const folder = await copy();
    await editManifest(folder, edit);
    await unreadable(folder, /small\/pack\.json/u, said);
  });

  test.each([
    '../outside',
    '/etc/passwd',
    'a/b',
    'a\\b',
    '.hidden',
    '',
    'pack.json',
    'PACK.json',
    'ROWS.jsonl',
    'a\0b',
  ])('a file named %j', async (path) => {
    const folder = await copy();
    await editManifest(folder, (m) => ({
      ...m,
      files: [...(m['files'] as object[]), { path, bytes: 0, sha256: 'ab'.repeat(32) }],
    }));
    await unreadable(folder, /files/u);
  });

  test.each(['', '{', 'null', '[]', '\ufffe', `{"a":${'['.repeat(500_000)}`, `"${'x'.repeat(2 ** 20)}"`])(
    'no manifest (%#)',
    async (text) => {
      const folder = await copy();
      await writeFile(join(folder, 'pack.json'), text);
      await unreadable(folder, /small\/pack\.json/u);
    },
  );
});

describe('files', () => {
  test('a file that is other than its hash is told by both', async () => {
    const folder = await copy();
    const path = join(folder, 'rows.safetensors');
    const bytes = await readFile(path);
    bytes[bytes.length - 1] = 1 ^ (bytes.at(-1) ?? 0);
    await writeFile(path, bytes);
    await unreadable(folder, 'at small/rows.safetensors', /expected SHA-256 [0-9a-f]{64}; came [0-9a-f]{64}/u);
  });

  test.each(['rows.jsonl', 'rows.safetensors', 'adapter.gguf', 'pack.json'])('no %s', async (name) => {
    const folder = await copy();
    await rm(join(folder, name));
    await unreadable(folder, `at small/${name}; expected a file; came none`);
    await symlink(join(whole, name), join(folder, name));
    await unreadable(folder, `at small/${name}; expected a file; came a symbolic link`);
    await rm(join(folder, name));
    await mkdir(join(folder, name));
    await unreadable(folder, `at small/${name}; expected a file; came a folder`);
  });

  test('an adapter that is no GGUF', async () => {
    const folder = await copy();
    await writeFile(join(folder, 'adapter.gguf'), 'GGLA');
    await reseal(folder, 'adapter.gguf');
    await unreadable(folder, 'small/adapter.gguf byte 0', 'expected GGUF', 'came "GGLA"');
  });

  test('a file that is changed after the pack was opened', async () => {
    const folder = await copy();
    const pack = await openPack(folder);
    await appendFile(join(folder, 'rows.safetensors'), '!');
    for (const stream of [pack.embedding(), pack.output()])
      expect(await failure(gather(stream))).toMatchObject({
        code: 'PACK_UNREADABLE',
        message: expect.stringContaining('changed since'),
      });
    await rename(join(folder, 'rows.jsonl'), join(folder, 'gone'));
    expect((await failure(descriptionsOf(pack))).code).toBe('PACK_UNREADABLE');
  });

  test('whoever does not want it any more is told so', async () => {
    const signal = AbortSignal.abort();
    expect((await failure(openPack(whole, signal))).code).toBe('CANCELLED');
    const pack = await openPack(whole);
    expect((await failure(gather(pack.embedding(signal)))).code).toBe('CANCELLED');
  });
});

describe('rows.jsonl', () => {
  const [first] = DESCRIPTIONS;
  test.each<[string, (lines: string[]) => string[], string | RegExp]>([
    [
      'a key twice',
      (l) => [...l.slice(0, 5), (l[0] ?? '').replace('"row":0', '"row":5')],
      /line 6; expected each key once; came code:[0-9a-f]{32}, as row 0/u,
    ],
    [
      'a facet twice',
      (l) => [...l.slice(0, 5), (l[3] ?? '').replace('"row":3', '"row":5')],
      /came facet:archetype.threshold, as row 3/u,
    ],
    ['another order', ([a = '', b = '', ...l]) => [b, a, ...l], 'line 1; expected row 0; came row 1'],
    [
      'a row less',
      (l) => l.slice(1).map((line, i) => line.replace(/"row":\d/u, `"row":${i}`)),
      'expected 6 rows; came 5',
    ],
    ['a row more', (l) => [...l, '{}'], 'line 7; expected 6 rows; came more'],
    ['an empty line', ([a = '', ...l]) => [a, '', ...l.slice(1)], /line 2/u],
    [
      'a form of another digest',
      (l) => l.map((x) => x.replaceAll('threshold.silence', 'threshold.dark')),
      new RegExp(`line 1; expected code:[0-9a-f]{32}, the digest of its form; came ${first?.key}`, 'u'),
    ],
    ['a form without a level', (l) => l.map((x) => x.replace('"level":1,', '')), /line 3.*level/u],
    ['another level', (l) => l.map((x) => x.replace('"level":1', '"level":2')), /line 3; expected code/u],
    [
      'a level of a facet',
      (l) => l.map((x) => x.replace('"facet:none"', '"facet:none","level":0')),
      /line 5; .*of a code alone/u,
    ],
    ['no figure', (l) => l.map((x) => x.replace('["road.none.none"]', '["rod.none.none"]')), /line 2; .*figure/u],
    [
      'figures of another one',
      (l) => l.map((x) => x.replace('["road.none.none"]', '["call.none.none"]')),
      /line 2; .*figures/u,
    ],
    [
      'an unknown morpheme',
      (l) => l.map((x) => x.replace('archetype.threshold"', 'archetype.doorstep"')),
      /line 4; .*key/u,
    ],
    ['a path for a key', (l) => l.map((x) => x.replace('facet:none', 'scene:../../x')), /line 5; .*key/u],
    ['a lone surrogate', (l) => l.map((x) => x.replace('порогтишинасдерживание', '\\ud800')), /line 1; .*surrogate/u],
    [
      'a line too long',
      (l) => l.map((x) => x.replace('{', `{"x":"${'я'.repeat(2 ** 19)}",`)),
      'line 1; expected 1048576 bytes at most',
    ],
    ['no JSON', (l) => l.map((x) => x.slice(1)), /line 1/u],
    [
      'predicted and no output',
      (l) => l.map((x) => x.replace('"predicted":false', '"predicted":true')),
      'tensor output row 1; expected what was trained',
    ],
    [
      'output and not predicted',
      (l) => l.map((x) => x.replace('"predicted":true', '"predicted":false')),
      'tensor output row 0; expected zeros',
    ],
  ])('%s', async (_, edit, said) => {
    const folder = await copy();
    const path = join(folder, 'rows.jsonl');
    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
    await writeFile(path, `${edit(lines).join('\n')}\n`);
    await reseal(folder, 'adapter.gguf');
    await unreadable(folder, said);
  });

  test('bytes that are no UTF-8', async () => {
    const folder = await copy();
    const path = join(folder, 'rows.jsonl');
    const bytes = await readFile(path);
    bytes[bytes.indexOf('порог')] = 0xff;
    await writeFile(path, bytes);
    await reseal(folder);
    await unreadable(folder, 'small/rows.jsonl line 1');
  });
});

describe('rows.safetensors', () => {
  const bytes = 6 * LENGTH * 4;
  const tensor = (from: number, to: number, more: object = {}) => ({
    dtype: 'F32',
    shape: [6, LENGTH],
    data_offsets: [from, to],
    ...more,
  });
  const good = { embedding: tensor(0, bytes), output: tensor(bytes, 2 * bytes) };

  test.each<[string, unknown, number, string | RegExp]>([
    ['no embedding', { output: tensor(0, bytes) }, bytes, 'expected a tensor embedding; came none'],
    ['no output', { embedding: tensor(0, bytes) }, bytes, 'expected a tensor output for 2 predicted rows; came none'],
    [
      'overlapping tensors',
      { ...good, output: tensor(bytes - 4, 2 * bytes - 4) },
      2 * bytes,
      /expected a tensor from byte 96; came 92 to 188/u,
    ],
    ['a gap', { ...good, output: tensor(bytes + 4, 2 * bytes + 4) }, 2 * bytes + 4, /from byte 96/u],
    ['a span outside', good, 2 * bytes - 1, 'expected 191 bytes of tensors; came 192'],
    ['bytes behind', good, 2 * bytes + 1, 'expected 193 bytes of tensors; came 192'],
    [
      'a span that ends before it begins',
      { ...good, x: tensor(2 * bytes, bytes) },
      2 * bytes,
      /expected a tensor from byte/u,
    ],
    ['negative offsets', { ...good, embedding: tensor(-1, bytes) }, 2 * bytes, /data_offsets/u],
    ['offsets that are no integers', { ...good, embedding: tensor(0.5, bytes) }, 2 * bytes, /data_offsets/u],
    ['offsets beyond what is exact', { ...good, x: tensor(2 * bytes, 2 ** 60) }, 2 * bytes, /data_offsets/u],
    [
      'another type',
      { ...good, embedding: tensor(0, bytes, { dtype: 'I32' }) },
      2 * bytes,
      'expected one of F32, F16, BF16; came I32',
    ],
    [
      'a type of another size',
      { ...good, embedding: tensor(0, bytes, { dtype: 'F16' }) },
      2 * bytes,
      'expected 48 bytes; came 96',
    ],
    [
      'another shape',
      { ...good, embedding: tensor(0, bytes, { shape: [LENGTH, 6] }) },
      2 * bytes,
      'expected [6, 4]; came [4, 6]',
    ],
    ['another rank', { ...good, embedding: tensor(0, bytes, { shape: [24] }) }, 2 * bytes, 'came [24]'],
    ['no object', '[1]', 0, 'expected an object'],
    ['null', 'null', 0, 'expected an object'],
    ['no JSON', '{', 0, /head/u],
    ['nothing', '', 0, /head/u],
  ])('%s', async (_, header, size, said) => {
    const folder = await copy();
    await writeFile(join(folder, 'rows.safetensors'), safetensors(header, new Uint8Array(size)));
    await reseal(folder);
    await unreadable(folder, /small\/rows\.safetensors/u, said);
  });

  test('tensors that nobody asks for, metadata and any order are fine', async () => {
    const folder = await copy();
    const values = new Float32Array(2 * 6 * LENGTH);
    for (const [i, { embedding, output }] of ROWS.entries()) {
      values.set(output ?? [], i * LENGTH);
      values.set(embedding, (6 + i) * LENGTH);
    }
    const header = {
      __metadata__: { format: 'pt' },
      embedding: tensor(bytes, 2 * bytes),
      output: tensor(0, bytes),
      scale: { dtype: 'F8_E4M3', shape: [3], data_offsets: [2 * bytes, 2 * bytes + 3] },
    };
    const data = Buffer.concat([new Uint8Array(values.buffer), Buffer.alloc(3)]);
    // Behind a head of any length numbers need not be aligned.
    await writeFile(join(folder, 'rows.safetensors'), safetensors(`${JSON.stringify(header)} `, data));
    await reseal(folder);
    const pack = await openPack(folder);
    expect(await gather(pack.embedding())).toEqual(ROWS.flatMap(({ embedding }) => [...embedding]));
  });

  test.each([0, 7, 8, 100, 511, 600])('cut off at byte %i', async (at) => {
    const folder = await copy();
    await truncate(join(folder, 'rows.safetensors'), at);
    await unreadable(folder, 'small/rows.safetensors; expected 704 bytes');
    await reseal(folder);
    await unreadable(folder, 'small/rows.safetensors');
  });

  test('a head that is said to be longer than there is memory', async () => {
    const folder = await copy();
    await writeFile(join(folder, 'rows.safetensors'), Buffer.alloc(64, 0xff));
    await reseal(folder);
    await unreadable(folder, 'byte 0; expected a head of 56 bytes at most; came 18446744073709551615');
  });

  test.each([
    ['F32', Number.NaN, 'NaN'],
    ['F32', Number.POSITIVE_INFINITY, 'Infinity'],
    ['F16', Number.NEGATIVE_INFINITY, '-Infinity'],
    ['BF16', Number.NaN, 'NaN'],
  ] as const)('numbers of %s that are %d', async (dtype, value, said) => {
    const rows = ROWS.map((row, i) => (i === 4 ? { ...row, embedding: row.embedding.with(LENGTH - 1, value) } : row));
    const error = await failure(writePack(next(), { ...CONTENTS, dtype, rows }));
    expect(error.code).toBe('PACK_UNREADABLE');
    expect(error.message).toMatch(
      `small/rows.safetensors tensor embedding row 4; expected finite numbers; came ${said}`,
    );
  });
});

describe('whatever is in a folder, it opens or says why not', () => {
  /** Bytes put over, cut out of or into a file. */
  const mutation = fc.record({
    file: fc.constantFrom('pack.json', 'rows.jsonl', 'rows.safetensors', 'adapter.gguf'),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    cut: fc.nat(40),
    put: fc.oneof(
      fc.uint8Array({ maxLength: 20 }),
      fc
        .constantFrom('null', '-1', '1e999', '{}', '[]', '"', '\n', '..', '99999999999', '\\u0000')
        .map((s) => Buffer.from(s)),
    ),
  });

  test.each([false, true])('hashes put right: %s', async (isResealed) => {
    const folder = await copy();
    await fc.assert(
      fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 3 }), async (mutations) => {
        await cp(whole, folder, { recursive: true });
        for (const { file, at, cut, put } of mutations) {
          const bytes = await readFile(join(folder, file));
          const from = Math.floor(at * bytes.length);
          await writeFile(
            join(folder, file),
            Buffer.concat([bytes.subarray(0, from), put, bytes.subarray(from + cut)]),
          );
        }
        if (isResealed) await reseal(folder, 'adapter.gguf').catch(() => undefined);
        await openPack(folder).then(use, expectUnreadable);
      }),
      { numRuns: 200 },
    );
  });

  const expectUnreadable = (error: unknown): void => {
    if (error instanceof HypersceneError && error.code === 'PACK_UNREADABLE') return;
    throw error;
  };

  const use = async (pack: Pack): Promise<void> => {
    for (let i = 0; i < pack.manifest.rows; i++) expect(isRowKey(pack.keyOf(i))).toBe(true);
    expect((await gather(pack.embedding()))?.every(Number.isFinite)).toBe(true);
    await gather(pack.output());
    await descriptionsOf(pack);
  };
});
