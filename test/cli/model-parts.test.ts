import { spawn } from 'node:child_process';
import { cp, mkdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeRow, type RowKey, sceneRow } from '../../src/model/row-key.ts';
import { type FigureKey, figureKeyDigest } from '../../src/scene/figure.ts';
import { LANGUAGES, type Language, type SceneId } from '../../src/scene/scene.ts';
import { writePackOfWords } from '../model/llama/pack-of-words.ts';
import { testModel } from '../model/llama/test-model.ts';
import { jsonLines, makeFolder, ROOT, removeFolder, runCli, STORIES } from './run-cli.ts';
import { runHere } from './run-here.ts';

interface SceneLine {
  readonly id: SceneId;
  readonly text: string;
  readonly figure: FigureKey;
  readonly code: string;
  readonly ordinal: number;
}

// biome-ignore lint/suspicious/noExplicitAny: tests look into lines of commands they have just run
type Line = any;

const CORPORA: Readonly<Record<Language, string>> = { ru: 'книги', en: 'books' };
const BASE = {
  name: 'SmolLM2-135M-Instruct Q4_1',
  sha256: 'b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53',
  vocabulary: 49152,
  embeddingLength: 576,
};

const folder = makeFolder();
const [data, packs] = [join(folder, 'graph'), join(folder, 'packs')];
const scenes: Record<Language, readonly SceneLine[]> = { ru: [], en: [] };
let env: Readonly<Record<string, string>>;

const run = (...args: readonly string[]) => runHere(['model', ...args], { data, env });

const lines = async (...args: readonly string[]): Promise<readonly Line[]> => {
  const { status, stdout, stderr } = await run(...args, '--json');
  expect([status, stderr]).toEqual([0, '']);
  return jsonLines<Line>(stdout);
};

/** The first scene in which something stands, which has a row, and one of another figure, which has none. */
const chosen = (lang: Language): readonly [known: SceneLine, unknown: SceneLine] => {
  const full = scenes[lang].filter(({ figure }) => figure !== 'none.none.none');
  const [known] = full;
  const figures = LANGUAGES.map((each) => scenes[each].find(({ figure }) => figure !== 'none.none.none')?.figure);
  const unknown = full.find(({ figure }) => !figures.includes(figure));
  if (known === undefined || unknown === undefined) throw new Error('the story has too few figures');
  return [known, unknown];
};

beforeAll(async () => {
  env = {
    HYPERSCENE_MODEL: await testModel(),
    HYPERSCENE_MODELS: join(folder, 'models'),
    HYPERSCENE_MODEL_THREADS: '1',
    HYPERSCENE_MODEL_CONTEXT: '1024',
    HYPERSCENE_PACKS: packs,
  };
  for (const lang of LANGUAGES) {
    const of = ['--corpus', CORPORA[lang]];
    expect((await runCli(['read', STORIES[lang], ...of, '--quiet'], { data })).status).toBe(0);
    const { stdout } = await runCli(['scenes', ...of, '--limit', '100', '--json'], { data });
    scenes[lang] = jsonLines<SceneLine>(stdout);
  }
  await mkdir(packs);
  const rowOf = (lang: Language): RowKey => codeRow(figureKeyDigest(chosen(lang)[0].figure));
  const keys = { paris: rowOf('ru'), london: rowOf('en'), france: sceneRow(chosen('ru')[0].id) };
  const common = { packs, path: env['HYPERSCENE_MODEL'] ?? '', base: BASE, keys };
  await writePackOfWords({ ...common, name: 'words' });
  await writePackOfWords({ ...common, name: 'foreign', base: { ...BASE, sha256: '0'.repeat(64) } });
  for (const name of ['cut', 'hostile']) await cp(join(packs, 'words'), join(packs, name), { recursive: true });
  const manifest = JSON.parse(await readFile(join(packs, 'words', 'pack.json'), 'utf8'));
  await writeFile(join(packs, 'cut', 'pack.json'), JSON.stringify({ ...manifest, name: 'cut' }));
  await truncate(join(packs, 'cut', 'rows.safetensors'), 1000);
  const files = [...manifest.files, { path: '../words/pack.json', bytes: 1, sha256: '0'.repeat(64) }];
  await writeFile(join(packs, 'hostile', 'pack.json'), JSON.stringify({ ...manifest, name: 'hostile', files }));
});

afterAll(() => removeFolder(folder));

describe.each(LANGUAGES)('prose in %s', (lang) => {
  const labels = ['--labels', lang];
  const query = lang === 'ru' ? 'царь боится' : 'the prince is afraid';
  /** What answers to a query, a place, a scene on two rungs, a code, a text. */
  const mixed = (): readonly string[] => {
    const [known, unknown] = chosen(lang);
    return [
      ...['--context', query, '--corpus', CORPORA[lang], '--tokens', '60'],
      ...['--occurrence', `${known.code}:${known.ordinal}`, '--scene', known.id, '--scene', `${unknown.id}:code`],
      ...['--code', known.code, '--text', lang === 'ru' ? 'И тогда' : 'And then'],
      ...labels,
    ];
  };
  const KINDS = ['context', 'occurrence', 'scene', 'scene', 'code', 'text'];

  it('is budgeted: positions of each part on each rung, and what they take of memory', async () => {
    const [told, ...more] = await lines('budget', ...mixed());
    expect(more).toEqual([]);
    expect(told.written.parts.map(({ kind }: Line) => kind)).toEqual(KINDS);
    expect(told.context).toBe(1024);
    const [context, , scene, , code] = told.parts;
    expect(context.positions).toBeLessThanOrEqual(60);
    expect(scene.onRungs).toMatchObject({ text: scene.positions, occurrence: 1, code: 1 });
    expect(code.onRungs).toMatchObject({ text: null, hyperlexeme: code.positions, code: 1 });
    expect(told.memory.kvBytes).toBe(told.positions * told.memory.bytesPerPosition);
    expect(told.processes).toMatchObject([{ residentBytes: expect.any(Number), predictedBytes: expect.any(Number) }]);
    const { status, stdout, stderr } = await run('budget', ...mixed(), '--pack', 'words');
    expect(status).toBe(0);
    const rows = stdout.split('\n').slice(0, KINDS.length + 1);
    // Numbers end below the ends of their titles.
    const end = (rows[0] ?? '').indexOf('positions') + 'positions'.length;
    for (const row of rows.slice(1)) expect(row.slice(0, end)).toMatch(/\d$/u);
    expect(stdout).toMatch(/^positions +\d+ of the 1,024 that the context has$/mu);
    expect(stderr).toMatch(/^part 1: pieces: \d+, positions: \d+, scenes left out: \d+$/mu);
    expect(stderr).toMatch(
      /^part 4, Δ\d+:\d+: hyperlexeme in place of code, since the pack has not all of its rows$/mu,
    );
    expect(stderr).not.toMatch(/^part 5/mu);
  });

  it('is scored: each part after those before it, and each token', async () => {
    const told = await lines('score', ...mixed(), '--pack', 'words', '--reproducible');
    const parts = told.filter(({ type }) => type === 'part');
    expect([told[0].type, parts.map(({ part }) => part), told.at(-1).type]).toEqual([
      'written',
      [0, 1, 2, 3, 4, 5],
      'end',
    ]);
    expect(told.filter(({ type }) => type === 'token').length).toBeGreaterThan(50);
    expect(told[0].substitutions).toMatchObject([{ part: 3, wanted: 'code', written: 'hyperlexeme', why: 'NO_ROW' }]);
    expect(told.at(-1).provenance).toMatchObject({ pack: { name: 'words' }, batch: 'alone', seed: null });
    for (const { sum } of parts) expect(sum).toBeLessThan(0);
    const { status, stdout } = await run('score', ...mixed());
    expect(status).toBe(0);
    expect(stdout).toMatch(/^part +tokens +ln p +perplexity +what\n1 +\d+ +-\d+\.\d{3} +\d+\.\d\d +Δ/u);
    expect(stdout).toMatch(/^all +\d+ +-\d+\.\d{3} +\d+\.\d\d$/mu);
  });

  it('is embedded, a vector for each part', async () => {
    const told = await lines('embed', ...mixed());
    expect(told.map(({ type }) => type)).toEqual([...KINDS.map(() => 'vector'), 'end']);
    for (const { vector } of told.slice(0, -1)) expect(Math.hypot(...vector)).toBeCloseTo(1, 4);
    expect(told[3].substitutions).toMatchObject([{ wanted: 'code', why: 'NO_PACK' }]);
  });

  it('is gone on with, scenes as codes and places by a pack', async () => {
    const [known] = chosen(lang);
    const told = await lines(
      'complete',
      '--scene',
      `${known.id}:code`,
      '--code',
      known.code,
      '--pack',
      'words',
      '--tokens-max',
      '3',
    );
    expect(told[0].segments.map(({ kind }: Line) => kind)).toEqual(['row', 'row']);
    expect(told[0].substitutions).toEqual([]);
    expect(told.at(-1)).toMatchObject({ usage: { prompt: 2 }, provenance: { pack: { name: 'words' } } });
    const { stderr } = await run('complete', ...mixed(), '--tokens-max', '3');
    expect(stderr).toMatch(/^part 5, Δ\d+: hyperlexeme in place of code, since no pack is named$/mu);
    expect(stderr).toMatch(/^ended at its length\nSmolLM2\S+ b179c9523d0e · /mu);
  });

  it('has codes that are predicted, by facets', async () => {
    const [known] = chosen(lang);
    const told = await lines('predict', known.code, known.code, '--pack', 'words', '-k', '2', ...labels);
    const found = told.find(({ code }) => code === known.code);
    const [archetype, atmosphere, tension] = known.figure.split('.');
    expect(found).toMatchObject({ type: 'code', level: 0, figures: [{ archetype, atmosphere, tension }] });
    expect(told.at(-1).mass).toBeCloseTo(told[0].probability + told[1].probability, 6);
    const { stdout, stderr } = await run('predict', known.code, '--pack', 'words', ...labels);
    expect(stdout).toMatch(/^code +probability +level +hyperlexeme +facets$/mu);
    expect(stdout).toContain(`${found.hyperlexeme}`);
    expect(stdout).toMatch(new RegExp(`^${known.code} .*${known.figure.replaceAll('.', '\\.')}$`, 'mu'));
    expect(stderr).toMatch(/^that a code comes at all: \d+\.\d %$/mu);
  });
});

describe('bad input ends with its own status, and nothing on standard output', () => {
  const PARTS = ['budget', 'score', 'embed', 'complete'];
  const BAD: readonly (readonly [args: readonly string[], status: number, said: RegExp])[] = [
    [['--scene', '0'.repeat(32)], 66, /^error SCENE_NOT_FOUND: no such scene; at parts\[0\]; came 0{32}\n$/u],
    [['--text', 'a', '--code', 'Δ99999'], 66, /^error CODE_NOT_FOUND: no such code; at parts\[1\]; came Δ99999\n$/u],
    [['--occurrence', 'Δ0:99999'], 66, /^error OCCURRENCE_NOT_FOUND: .*came Δ0:99999\n$/u],
    [['--context', 'царь', '--corpus', 'нет', '--tokens', '9'], 66, /^error CORPUS_NOT_FOUND: .*"нет"/u],
    [
      ['--scene', `${'0'.repeat(32)}:tokens`],
      2,
      /^error USAGE: .*expected a rung behind the colon: text, hyperlexeme, /u,
    ],
    [['--occurrence', 'Δ0:1:whole'], 2, /^error USAGE: .*expected a rung behind the colon: /u],
    [['--occurrence', 'Δ0'], 2, /^error USAGE: .*expected a code with its ordinal, Δ14:7; see --code/u],
    [['--text', 'a', '--pack', 'нет'], 66, /^error PACK_NOT_FOUND: .*words/u],
    [
      ['--text', 'a', '--pack', 'foreign'],
      65,
      /^error PACK_MISMATCH: .*expected .*SHA-256 0{64}; came SHA-256 b179c9523d0e/u,
    ],
    [['--text', 'a', '--pack', 'cut'], 65, /^error PACK_UNREADABLE: .*expected \d+.*came 1000/u],
    [['--text', 'a', '--pack', 'hostile'], 65, /^error PACK_UNREADABLE: /u],
    [[], 2, /^error USAGE: no parts; expected a text, --text, /u],
  ];

  it.each(BAD)('%j', async (args, status, said) => {
    const command = PARTS[BAD.findIndex(([each]) => each === args) % PARTS.length] ?? '';
    const result = await run(command, ...args);
    expect([command, result.status, result.stdout]).toEqual([command, status, '']);
    expect(result.stderr).toMatch(said);
    expect(result.stderr).not.toContain('../words');
  });

  it.each([
    [['score', 'a', '--adapter', 'нет'], 66, /^error PACK_NOT_FOUND: /u],
    [['score', 'a', '--adapter', 'words'], 66, /^error PACK_NOT_FOUND: the pack has no adapter/u],
    [['predict', 'Δ0'], 65, /^error PACK_REQUIRED: /u],
    [['predict', 'Δ0:1', '--pack', 'words'], 2, /^error USAGE: .*codes without ordinals/u],
    [
      ['predict', 'Δ0', '-k', '1001', '--pack', 'words'],
      65,
      /^error BAD_ARGUMENT: bad k; expected 1 to 1000; came 1001/u,
    ],
    [['complete', 'a', '--seed', '4294967296'], 2, /^error USAGE: .*0 to 4294967295/u],
    [['complete', 'a', '--top-p', '0'], 2, /^error USAGE: .*above 0/u],
  ] as const)('%j', async (args, status, said) => {
    const result = await run(...args);
    expect([result.status, result.stdout]).toEqual([status, '']);
    expect(result.stderr).toMatch(said);
  });

  it('a model that is cut off is told by what is missing of it', async () => {
    const path = join(folder, 'cut.gguf');
    await writeFile(path, (await readFile(env['HYPERSCENE_MODEL'] ?? '')).subarray(0, 500_000));
    const of = { data, env: { ...env, HYPERSCENE_MODEL: path } };
    for (const args of [['model'], ['model', 'score', 'a']]) {
      const { status, stdout, stderr } = await runCli(args, of);
      expect([status, stdout]).toEqual([65, '']);
      expect(stderr).toMatch(/^error GGUF_TRUNCATED: .*expected \d+ bytes.*came a file of 500000\n$/u);
    }
  });
});

describe('help', () => {
  /** Every example as it stands there, with this graph's names in the place of those that stand for any. */
  const examplesOf = async (command: string): Promise<readonly string[]> => {
    const { stdout } = await runCli(['model', command, '--help'], { data, env });
    return [...stdout.matchAll(/^ {2}\$ (hyperscene model .*)$/gmu)].map(([, line = '']) =>
      line
        .replaceAll('1f0c…', chosen('ru')[0].id)
        .replaceAll('2a11…', chosen('en')[0].id)
        .replaceAll('Δ14:7', 'Δ0:1')
        .replaceAll('NAME', 'words'),
    );
  };

  const shell = (line: string): Promise<readonly [status: number | null, stderr: string]> => {
    const script = `hyperscene() { "$NODE" "$LAUNCHER" "$@"; }; ${line}`;
    const launcher = { NODE: process.execPath, LAUNCHER: join(ROOT, 'bin/hyperscene.js') };
    const child = spawn('bash', ['-c', script], {
      cwd: folder,
      env: { ...process.env, ...env, ...launcher, HYPERSCENE_DATA: data, NO_COLOR: '1' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk;
    });
    return new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (status) => resolve([status, stderr]));
    });
  };

  beforeAll(async () => {
    await writeFile(join(folder, 'sentences.txt'), 'Он стоял у двери.\nHe stood at the door.\n');
    await writeFile(
      join(folder, 'colours.json'),
      JSON.stringify({ type: 'array', items: { enum: ['red', 'green'] }, maxItems: 3 }),
    );
  });

  it.each(['budget', 'score', 'embed', 'complete', 'predict', 'show'])('every example of %s runs', async (command) => {
    const examples = await examplesOf(command);
    expect(examples.length).toBeGreaterThanOrEqual(1);
    // What takes long is no part of what an example shows.
    const short = command === 'complete' ? ' --tokens-max 4' : '';
    for (const line of examples) expect([line, ...(await shell(line + short))]).toEqual([line, 0, expect.any(String)]);
  });
});
