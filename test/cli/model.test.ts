import { writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writePack } from '../../src/model/pack/write-pack.ts';
import { EMPTY_FIGURE } from '../../src/scene/figure.ts';
import { startModelHub } from '../model/llama/model-hub.ts';
import { testModel } from '../model/llama/test-model.ts';
import { BASE, CONTENTS, figureRow } from '../model/pack/small-pack.ts';
import { type CliResult, jsonLines, makeFolder, removeFolder, runCli, STORIES, startCli } from './run-cli.ts';
import { runHere } from './run-here.ts';

interface Line {
  readonly type: string;
  readonly [name: string]: unknown;
}

const DEFAULT_SHA256 = 'b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53';
const LENGTH = 576;
const THRESHOLD = { archetype: 'threshold', atmosphere: 'silence', tension: 'restraint' } as const;

const folder = makeFolder();
const packs = join(folder, 'packs');
/** No graph can be opened in a file: what runs here opens none, as beside a server that has it locked. */
const noGraph = STORIES.ru;
const graph = join(folder, 'graph');
let env: Readonly<Record<string, string>>;

const run = (args: readonly string[], options: { data?: string; stdin?: string; env?: object } = {}) =>
  runHere(['model', ...args], { data: noGraph, ...options, env: { ...env, ...options.env } });

const lines = (result: CliResult): readonly Line[] => {
  expect([result.status, result.stderr]).toEqual([0, '']);
  return jsonLines<Line>(result.stdout);
};

const textOf = (some: readonly Line[]): string =>
  some.map(({ type, text }) => (type === 'text' ? String(text) : '')).join('');

const numbers = (of: (at: number) => number): Float32Array => Float32Array.from({ length: LENGTH }, (_, at) => of(at));

beforeAll(async () => {
  env = {
    HYPERSCENE_MODEL: await testModel(),
    // Files with rows of packs are written there.
    HYPERSCENE_MODELS: join(folder, 'models'),
    HYPERSCENE_MODEL_THREADS: '1',
    HYPERSCENE_MODEL_CONTEXT: '512',
    HYPERSCENE_PACKS: packs,
  };
  await mkdir(packs);
  const rows = [EMPTY_FIGURE, THRESHOLD].map((figure, i) => ({
    ...figureRow(figure, 'ru'),
    embedding: numbers((at) => Math.sin(at + i) / 10),
    output: numbers((at) => Math.cos(at + i)),
  }));
  const base = { ...BASE, sha256: DEFAULT_SHA256, embeddingLength: LENGTH };
  await writePack(join(packs, 'thresholds'), { ...CONTENTS, name: 'thresholds', base, rows });
  await writePack(join(packs, 'other'), { ...CONTENTS, name: 'other' });
});

afterAll(() => removeFolder(folder));

describe('the model itself', () => {
  it('is told with each of its compressions, for people', async () => {
    const { status, stdout, stderr } = await run([]);
    expect([status, stderr]).toEqual([0, '']);
    for (const line of [
      /^weights +96\.6 MB, 269\.0 MB in f16: 2\.79 times less, 5\.74 bits a parameter$/mu,
      /Q4_1 +4 bits, 5 with scales: /u,
      /^KV in q4_0 +6,480 bytes a position, 3\.56 times less; /mu,
      /^attention +9 heads share 3 of keys and values: 3\.00 times less/mu,
      /^experts +none/mu,
      /^memory +\d+\.\d MB predicted for a process/mu,
      /^thresholds .*yes$/mu,
      /^other .*no /mu,
    ])
      expect(stdout).toMatch(line);
  });

  it('is told to programs in one line', async () => {
    const [model, ...more] = lines(await run(['show', '--json']));
    expect(more).toEqual([]);
    expect(model).toMatchObject({
      kind: 'llama',
      sha256: DEFAULT_SHA256,
      context: 512,
      compression: {
        weights: { types: [{ type: 'Q4_1', bits: 5 }, { type: 'Q8_0', bits: 8.5 }, { type: 'F32' }] },
        kv: [
          { type: 'f16', bytesPerPosition: 23_040, bytesPerContext: 23_040 * 512 },
          { type: 'q8_0', bytesPerPosition: 12_240 },
          { type: 'q4_0', bytesPerPosition: 6480 },
        ],
        attention: { heads: 9, kvHeads: 3, f16BytesUngrouped: 69_120 },
        experts: null,
      },
      packs: [
        { name: 'other', unusable: expect.stringContaining('') },
        { name: 'thresholds', unusable: null, rows: { codes: 2, facets: 0, scenes: 0 } },
      ],
    });
  });

  it('is fetched to where it lies, and not found where none is set', async () => {
    const { stdout } = await run(['fetch']);
    expect(stdout).toBe(`${env['HYPERSCENE_MODEL']}\n`);
    const none = await run([], { env: { HYPERSCENE_MODEL: 'none' } });
    expect([none.status, none.stdout, none.stderr]).toEqual([66, '', expect.stringContaining('MODEL_NOT_FOUND')]);
  });

  it('is fetched by whatever command asks for it first, which shows how far it is', async () => {
    const hub = await startModelHub();
    hub.files.set('owner/repo/resolve/main/tiny.gguf', {
      body: Buffer.concat([Buffer.from('GGUF'), Buffer.alloc(100_000)]),
    });
    const of = { env: { HYPERSCENE_MODEL: 'hf:owner/repo/tiny.gguf', HYPERSCENE_HUB: hub.url } };
    const shown = await run(['show'], of);
    expect(shown.stderr).toMatch(/^fetching tiny\.gguf: \d+ % of 100\.0 kB/mu);
    expect([shown.status, shown.stderr]).toEqual([65, expect.stringMatching(/^error GGUF_|^error BAD_GGUF/mu)]);
    const { stdout, stderr } = await run(['fetch'], of);
    expect([stdout, stderr]).toEqual([expect.stringMatching(/tiny\.gguf\n$/u), '']);
    await hub.close();
  });
});

describe('complete', () => {
  it('prints the text, and tells what it came by beside it', async () => {
    const { status, stdout, stderr } = await run(['complete', 'The', 'capital of France is', '--tokens-max', '4']);
    expect([status, stdout]).toEqual([0, expect.stringMatching(/^ Paris.*\n$/su)]);
    expect(stderr).toMatch(/^ended at its length\n\S+ b179c9523d0e · KV f16 · threads: 1 · 5 positions read · 4 made/u);
  });

  it('tells programs each piece as it comes, of a Russian text from standard input behind other parts', async () => {
    const args = ['complete', '--text', 'Жил Емельян.', '-', '--tokens-max', '6', '--json'];
    const told = lines(await run(args, { stdin: ' Он стоял у двери\n' }));
    expect(told[0]).toMatchObject({
      type: 'written',
      segments: [
        { kind: 'text', text: 'Жил Емельян.' },
        { kind: 'text', text: ' Он стоял у двери' },
      ],
      substitutions: [],
    });
    expect(textOf(told).isWellFormed()).toBe(true);
    expect(told.at(-1)).toMatchObject({
      type: 'end',
      usage: { generated: 6 },
      provenance: { seed: null, pack: null, batch: 'shared' },
    });
  });

  it('ends before a stop text, draws by a seed, and runs alone where it is to be reproducible', async () => {
    const args = [
      '--stop',
      'Paris',
      '--temperature',
      '0.01',
      '--top-k',
      '1',
      '--seed',
      '7',
      '--reproducible',
      '--json',
    ];
    const told = lines(await run(['complete', 'The capital of France is', '--tokens-max', '8', ...args]));
    expect(textOf(told)).not.toContain('Paris');
    expect(told.at(-1)).toMatchObject({ reason: 'stop', provenance: { seed: 7, batch: 'alone' } });
  });

  it('obeys a schema, in the form of a chat', async () => {
    const schema = join(folder, 'schema.json');
    writeFileSync(schema, JSON.stringify({ enum: ['yes', 'no'] }));
    const { stdout } = await run([
      'complete',
      '--chat',
      'Is it dark at night?',
      '--schema',
      schema,
      '--tokens-max',
      '8',
    ]);
    expect(['yes', 'no']).toContain(JSON.parse(stdout));
  });

  it.each([
    [['x', '--schema', join(packs, 'нет.json')], 66, 'UNREADABLE_FILE'],
    [['x', '--schema', STORIES.en], 65, 'BAD_ARGUMENT'],
    [['x', '--pack', 'нет'], 66, 'PACK_NOT_FOUND'],
    [[], 2, '--scene'],
    [['--context', 'тоска'], 2, '--corpus'],
    [['--code', 'Δ14:7'], 2, '--occurrence'],
  ])('%j ends with its own status', async (args, status, said) => {
    const result = await run(['complete', ...args], { data: graph });
    expect([result.status, result.stdout, result.stderr]).toEqual([status, '', expect.stringContaining(said)]);
  });

  it('stops on SIGINT with status 130', async () => {
    const args = ['model', 'complete', 'Once upon a time', '--tokens-max', '480', '--json'];
    const { child, done, seen } = startCli(args, { data: noGraph, env });
    await seen('stdout', '"type":"text"');
    child.kill('SIGINT');
    const { status, stdout, stderr } = await done;
    expect([status, stderr]).toEqual([130, expect.stringMatching(/^error CANCELLED|"CANCELLED"/mu)]);
    expect(stdout).not.toContain('"type":"end"');
  });
});

it('scores parts, and embeds each of them, in either language', async () => {
  const scored = lines(await run(['score', '--text', 'Он стоял', ' у двери', '--json']));
  const parts = scored.filter(({ type }) => type === 'part');
  const { sum } = scored.at(-1) as Line & { readonly sum: number };
  expect(parts).toHaveLength(2);
  expect(parts.reduce((all, part) => all + Number(part['sum']), 0)).toBeCloseTo(sum, 6);
  const { status, stdout } = await run(['embed', '-'], { stdin: 'He stood at the door.\nОн стоял у двери.\n' });
  const vectors = stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split(' ').map(Number));
  expect([status, vectors.map(({ length }) => length)]).toEqual([0, [LENGTH, LENGTH]]);
  for (const vector of vectors) expect(Math.hypot(...vector)).toBeCloseTo(1, 4);
});

describe('with a graph', () => {
  let scene: string;

  beforeAll(async () => {
    await runCli(['read', STORIES.ru, '--corpus', 'сказки', '--quiet'], { data: graph });
    const { stdout } = await runCli(['scenes', '--corpus', 'сказки', '--limit', '1', '--json'], { data: graph });
    scene = jsonLines<{ readonly id: string }>(stdout)[0]?.id ?? '';
  });

  it('a budget tells positions of parts in their order, on each rung, and memory predicted and measured', async () => {
    const context = ['--context', 'тихая тоска', '--corpus', 'сказки', '--tokens', '60'];
    const args = ['budget', ...context, '--occurrence', 'Δ0:1:code', '--scene', scene, '--code', '0', 'и'];
    const { status, stdout, stderr } = await run(args, { data: graph });
    expect([status, stderr.split('\n').length]).toEqual([0, 4]);
    expect(stderr).toContain('part 2, Δ0:1: hyperlexeme in place of code, since no pack is named');
    const kinds = [...stdout.matchAll(/^ +\d {2}(\w+)/gmu)].map(([, kind]) => kind);
    expect(kinds).toEqual(['context', 'occurrence', 'scene', 'code', 'text']);
    expect(stdout).toMatch(/^KV cache +.*23,040 bytes a position$/mu);
    expect(stdout).toMatch(/^process \d+ +\d+\.\d MB measured, \d+\.\d MB predicted$/mu);
  });

  it('codes are predicted by a pack, those too that the graph has never seen', async () => {
    const told = lines(await run(['predict', 'Δ0', '0', '-k', '2', '--pack', 'thresholds', '--json'], { data: graph }));
    expect(told.map(({ type }) => type)).toEqual(['code', 'code', 'end']);
    expect(told.slice(0, 2).map(({ code }) => code)).toContain('Δ0');
    expect(told[2]).toMatchObject({ substitutions: [], provenance: { pack: { name: 'thresholds' } } });
  });

  it('scenes of it are looked up to be read', async () => {
    const { status, stderr } = await run(['read', '--scene', '0'.repeat(32)], { data: graph });
    expect([status, stderr]).toEqual([66, expect.stringContaining('SCENE_NOT_FOUND')]);
  });
});

it('asks for the weak facets of a text, and for nothing where none is weak', async () => {
  const text = 'He stood at the door, not daring to go in. She waited.';
  const [sure, unsure, ...more] = lines(await run(['read', text, '--json']));
  expect(more).toEqual([]);
  expect(sure).toMatchObject({ asked: [], proposed: {}, provenance: null });
  expect(unsure).toMatchObject({ text: 'She waited.', asked: ['context'], provenance: { model: {} } });
});

it('fills weak facets of a text that is read, by option alone, and knows it again', async () => {
  const data = join(folder, 'filled');
  const text = 'Dust lay on the piano.';
  const read = (...more: readonly string[]) =>
    runCli(['read', '-', '--corpus', 'books', '--name', 'one', '--json', ...more], { data, stdin: text, env });
  const options = ['--model-facets', '--facets-from', '0', '--trust', '0.9'];
  const filled = await read(...options);
  expect(filled.status).toBe(0);
  expect(filled.stderr).toMatch(
    /was asked for \d+ facets of 1 scenes and filled \d+; nothing fits \d+, \d+ answers do not hold/u,
  );
  const [scene] = jsonLines<Record<string, { readonly by: string; readonly confidence: number } | null>>(filled.stdout);
  for (const kind of ['agent', 'tension', 'atmosphere', 'archetype'])
    if (scene?.[kind]?.by === 'model') expect(scene[kind]?.confidence).toBe(0.9);
  expect((await read(...options)).stderr).toContain('unchanged since version 1');
  const plain = await read();
  expect(plain.stderr).toContain('version 2');
  expect(plain.stdout).not.toContain('"by":"model"');
  const without = await read('--trust', '0.9');
  expect([without.status, without.stderr]).toEqual([2, expect.stringContaining('--model-facets')]);
});
