import type { SceneLine } from '../../src/scene/scene-line.ts';
import { type CliResult, jsonLines, makeFolder, removeFolder, runCli, STORIES } from './run-cli.ts';
import { runHere } from './run-here.ts';

interface ClueLine {
  readonly kind: string;
  readonly key: string;
  readonly weight: number;
  readonly count: number;
}

interface Line {
  readonly type: 'activation' | 'scene' | 'context' | 'piece' | 'dropped';
  readonly clues: readonly ClueLine[];
  readonly score: number;
  readonly because: readonly ClueLine[];
  readonly through: { readonly scene: string; readonly because: readonly unknown[] } | null;
  readonly scene: SceneLine;
  readonly tokens: number;
  readonly positions: number;
  readonly form: 'whole' | 'folded' | 'motif' | 'community';
  readonly rung: string;
  readonly code: string;
  readonly ordinal: number;
  readonly scenes: readonly string[];
  readonly text: string;
}

const data = makeFolder();
const run = (...args: readonly string[]): Promise<CliResult> => runHere(args, { data });

const json = async (...args: readonly string[]): Promise<readonly Line[]> => {
  const { status, stdout, stderr } = await run(...args, '--json');
  if (status !== 0) throw new Error(`status ${status}: ${stderr}`);
  return jsonLines<Line>(stdout);
};

const of = (lines: readonly Line[], type: Line['type']): readonly Line[] => lines.filter((line) => line.type === type);

beforeAll(async () => {
  await run('read', STORIES.ru, STORIES.en, '--corpus', 'сказки', '--quiet');
  await run('collapse', '--corpus', 'сказки', '--quiet');
});

afterAll(() => removeFolder(data));

const MOODS = [
  ['ru', 'тихая тоска перед дождём'],
  ['en', 'quiet longing before the rain'],
] as const;

describe('activate', () => {
  it.each(MOODS)('finds by a mood without agent and verb, in %s, and says by what', async (_, query) => {
    const lines = await json('activate', query, '--corpus', 'сказки', '--limit', '60');
    const [head] = lines;
    expect(head).toMatchObject({ type: 'activation', corpus: 'сказки', truncated: null });
    expect(head?.clues.find(({ kind, key }) => kind === 'tension' && key === 'longing')?.count).toBeGreaterThan(0);
    const scenes = of(lines, 'scene');
    expect(scenes).toHaveLength(60);
    expect(scenes.slice(0, 3).map(({ scene }) => scene.tension?.key)).toContain('longing');
    expect(scenes.some(({ because, through }) => because.length > 0 && through === null)).toBe(true);
    expect(scenes.some(({ because, through }) => because.length === 0 && through !== null)).toBe(true);
  });

  it('shows people a table, and beside it what was looked for and how far it went', async () => {
    const { status, stdout, stderr } = await run('activate', MOODS[0][1], '--corpus', 'сказки');
    expect(status).toBe(0);
    const [titles, ...rows] = stdout.trimEnd().split('\n');
    expect(titles).toMatch(/^ *score +code +document +at +because +text$/u);
    expect(rows).toHaveLength(50);
    expect(rows[0]).toMatch(/0\.\d{4} +Δ\d+:\d+ .*тоска/u);
    expect(rows.some((row) => /← Δ\d+:\d+ \S/u.test(row))).toBe(true);
    expect(stderr).toMatch(/^looked for .*тоска \(tension, \d+\)/mu);
    expect(stderr).toMatch(/^started from \d+ scenes.*; lit \d+, touched \d+ in \d+ rounds/mu);
    const english = await run('activate', MOODS[1][1], '--corpus', 'сказки', '--labels', 'en');
    expect(english.stderr).toContain('longing (tension');
  });

  it('spreads from a code, from one of its places and from a scene', async () => {
    const [scene] = of(await json('activate', 'река', '--corpus', 'сказки', '--limit', '1'), 'scene');
    const { id = '', code = '', ordinal = 0 } = scene?.scene ?? {};
    for (const source of [
      ['--code', code, '--corpus', 'сказки'],
      ['--code', `${code}:${ordinal}`],
      ['--scene', id],
    ]) {
      const scenes = of(await json('activate', ...source), 'scene');
      expect(scenes.slice(0, 20).map((line) => line.scene.id)).toContain(id);
      expect(scenes.length).toBeGreaterThan(5);
    }
  });

  it('says when the budget kept it from going on', async () => {
    const { stderr } = await run('activate', 'царь', '--corpus', 'сказки', '--budget', '5');
    expect(stderr).toContain('stopped by --budget');
  });

  it('says that nothing answers, which is no failure', async () => {
    const { status, stdout, stderr } = await run('activate', 'бегемот', '--corpus', 'сказки');
    expect([status, stdout.trim().split('\n')]).toEqual([0, [expect.stringContaining('score')]]);
    expect(stderr).toContain('nothing in the corpus answers to it');
  });
});

describe('assemble', () => {
  it.each([
    ...MOODS.map(([, query]) => [query, 'hyperlexeme', 300] as const),
    ...MOODS.map(([, query]) => [query, 'occurrence', 60] as const),
  ])('puts what %s lights up on the rung %s into %i tokens', async (query, rung, tokens) => {
    const lines = await json('assemble', query, '--corpus', 'сказки', '--tokens', String(tokens), '--rung', rung);
    const [context] = of(lines, 'context');
    const pieces = of(lines, 'piece');
    expect(context).toMatchObject({ tokens, tokenizer: 'o200k_base', pieces: pieces.length });
    expect(context?.positions).toBeLessThanOrEqual(tokens);
    expect(pieces.reduce((sum, { positions }) => sum + positions, 0)).toBe(context?.positions);
    const forms = new Set(pieces.map(({ form }) => form));
    expect([...forms]).toEqual(expect.arrayContaining(['whole', 'folded', 'community']));
    for (const piece of pieces) expect(piece.rung).toBe(piece.form === 'whole' ? 'text' : rung);
    for (const { code, ordinal, scenes } of pieces.filter(({ form }) => form === 'motif' || form === 'community')) {
      const expanded = await run('expand', `${code}:${ordinal}`, '--json');
      const held = jsonLines<SceneLine>(expanded.stdout).map(({ id }) => id);
      expect(held).toEqual(expect.arrayContaining([...(scenes ?? [])]));
    }
  });

  it('shows people a table, and the sum', async () => {
    const { status, stdout, stderr } = await run('assemble', MOODS[0][1], '--corpus', 'сказки', '--tokens', '300');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^form +positions +code +scenes +text\n/u);
    expect(stdout).toMatch(/^whole +\d+ +Δ\d+:\d+ +1 +Вернулся во дворец\.$/mu);
    const [, used] =
      /^(\d+) of 300 positions \(o200k_base\): whole \d+, folded \d+, in motifs \d+, in communities \d+, dropped/mu.exec(
        stderr,
      ) ?? [];
    const column = stdout
      .match(/^(?:whole|folded|motif|community) +(\d+)/gmu)
      ?.map((row) => Number(/\d+/u.exec(row)?.[0]));
    expect(column?.reduce((sum, n) => sum + n, 0)).toBe(Number(used));
  });
});

describe('bad usage and what is not there', () => {
  it.each([
    [['activate'], 'USAGE', 2],
    [['activate', 'царь'], 'USAGE', 2],
    [['activate', 'царь', '--code', 'Δ1', '--corpus', 'сказки'], 'USAGE', 2],
    [['activate', '--scene', 'x'], 'USAGE', 2],
    [['activate', '--code', 'Δ1'], 'USAGE', 2],
    [['assemble', 'царь', '--corpus', 'сказки'], 'USAGE', 2],
    [['assemble', 'царь', '--corpus', 'сказки', '--tokens', '0'], 'USAGE', 2],
    [['assemble', 'царь', '--corpus', 'сказки', '--tokens', '9', '--rung', 'text'], 'USAGE', 2],
    [['activate', '—', '--corpus', 'сказки'], 'BAD_ARGUMENT', 65],
    [['activate', 'царь', '--corpus', 'сказки', '--budget', '9999'], 'BAD_ARGUMENT', 65],
    [['activate', 'царь', '--corpus', 'нет такого'], 'CORPUS_NOT_FOUND', 66],
    [['activate', '--code', 'Δ1:999999'], 'OCCURRENCE_NOT_FOUND', 66],
    [['activate', '--scene', '0'.repeat(32)], 'SCENE_NOT_FOUND', 66],
    [['activate', '--code', 'царь', '--corpus', 'сказки'], 'BAD_CODE', 65],
  ])('%j is %s', async (args, code, exit) => {
    const { status, stdout, stderr } = await run(...args, '--json');
    expect([status, stdout]).toEqual([exit, '']);
    expect(jsonLines<{ readonly error: { readonly code: string } }>(stderr).at(-1)?.error.code).toBe(code);
  });

  it.each(['activate', 'assemble'])('%s --help has examples', async (command) => {
    const { stdout } = await runCli([command, '--help'], { data });
    expect(stdout).toMatch(new RegExp(`Examples:\\n {2}\\$ hyperscene ${command} "тихая тоска`, 'u'));
  });
});
