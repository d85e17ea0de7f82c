import { statSync } from 'node:fs';
import { join } from 'node:path';
import { jsonLines, makeFolder, ROOT, removeFolder, runCli, STORIES } from './run-cli.ts';
import { runHere } from './run-here.ts';

const data = makeFolder();
afterAll(() => removeFolder(data));

const COMMANDS = [
  'start',
  'read',
  'serve',
  'corpora',
  'scenes',
  'agents',
  'couple',
  'collapse',
  'expand',
  'activate',
  'assemble',
  'search',
  'budget',
  'model',
  'dump',
  'delete',
  'merge',
  'doctor',
];

describe('help', () => {
  it('names every command and every setting, and is what no argument gives', async () => {
    const { status, stdout, stderr } = await runCli([], { data });
    expect([status, stderr]).toEqual([0, '']);
    for (const command of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${command}\\b`, 'mu'));
    for (const variable of ['HYPERSCENE_DATA', 'HYPERSCENE_PORT', 'HYPERSCENE_HOST'])
      expect(stdout).toContain(variable);
  });

  it.each(['read', 'expand'])('shows examples of %s', async (command) => {
    const { stdout } = await runCli([command, '--help'], { data });
    expect(stdout).toMatch(new RegExp(`Examples:\\n  \\$ hyperscene ${command} `, 'u'));
    expect(stdout).toContain('--data');
  });
});

describe('bad usage', () => {
  it.each([
    [['sing'], 'sing'],
    [['read', 'a.txt'], '--corpus'],
    [['read', '--corpus', 'c'], 'files'],
    [['read', 'a.txt', '--corpus', 'c', '--lang', 'de'], 'ru, en'],
    [['read', 'a.txt', 'b.txt', '--corpus', 'c', '--name', 'x'], '--name'],
    [['read', 'a/x.txt', 'b/x.txt', '--corpus', 'c'], 'x.txt'],
    [['read', 'a.txt', '--corpus', ' c '], 'white space'],
    [['scenes', '--corpus', 'c', '--limit', '0'], '--limit'],
    [['scenes', '--corpus', 'c', '--tenson', 'fear'], '--tension'],
    [['serve', '--port', 'порт'], '65535'],
    [['budget'], '--corpus'],
    [['merge', 'x.gz', '--occurrences'], '--json'],
    [['merge', 'x.gz', '--from', 'a', '--all-workspaces'], '--from'],
    [['expand', 'Δ1:1', '--corpus', 'c'], '--corpus'],
  ])('%j ends with status 2 and one line that says what is wrong', async (args, said) => {
    const { status, stdout, stderr } = await runHere(args, { data });
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^error USAGE: [^\n]+\n$/u);
    expect(stderr).toContain(said);
  });

  it('is told to programs as JSON', async () => {
    const { stderr } = await runCli(['sing', '--json'], { data });
    expect(jsonLines(stderr)).toMatchObject([{ error: { code: 'USAGE', retriable: false } }]);
  });

  it('of a variable names it and ends with status 78', async () => {
    const { status, stderr } = await runHere(['corpora'], { data, env: { HYPERSCENE_PAGE_MAX: 'много' } });
    expect(status).toBe(78);
    expect(stderr).toMatch(/^error BAD_CONFIG: bad HYPERSCENE_PAGE_MAX; expected .*1000; came "много"\n$/u);
  });
});

describe('doctor', () => {
  interface Finding {
    readonly check: string;
    readonly ok: boolean;
    readonly advice: string | null;
  }

  it('finds nothing wrong where all is well', async () => {
    const { status, stdout } = await runCli(['doctor'], { data, env: { HYPERSCENE_PORT: '0' } });
    expect(stdout).not.toMatch(/^failed/mu);
    for (const check of ['node', 'data folder', 'store', 'russian', 'english', 'tokenizer', 'port'])
      expect(stdout).toMatch(new RegExp(`^ok +${check} +\\S`, 'mu'));
    expect(status).toBe(0);
  });

  it('makes a data folder that is its owner’s alone', async () => {
    const fresh = join(data, 'новая');
    const { status } = await runHere(['doctor'], { data: fresh, env: { HYPERSCENE_PORT: '0' } });
    expect([status, statSync(fresh).mode & 0o777]).toEqual([0, 0o700]);
  });

  it('ends with status 1, goes on, and says what to do where something is wrong', async () => {
    const file = join(ROOT, 'package.json');
    const env = { HYPERSCENE_PORT: '0', HYPERSCENE_PROT: '1' };
    const { status, stdout } = await runHere(['doctor', '--json'], { data: file, env });
    const failed = jsonLines<Finding>(stdout).filter(({ ok }) => !ok);
    expect(status).toBe(1);
    expect(failed.map(({ check }) => check)).toEqual(['settings', 'data folder', 'store']);
    for (const { advice } of failed) expect(advice).toMatch(/\S/u);
  });

  it('prints the settings in force', async () => {
    const { stdout } = await runHere(['doctor', '--config', '--json'], { data, env: { HYPERSCENE_HOST: '::1' } });
    expect(jsonLines(stdout)).toContainEqual(
      expect.objectContaining({ variable: 'HYPERSCENE_HOST', set: '::1', fallback: '127.0.0.1' }),
    );
  });
});

describe('a data folder that cannot be used', () => {
  it('is told without a stack trace', async () => {
    const blocked = join(STORIES.ru, 'graph');
    const { status, stderr } = await runCli(['corpora', '--data', blocked], { data });
    expect(status).toBeGreaterThan(0);
    expect(stderr).toMatch(/^error [A-Z_]+: [^\n]+\n$/u);
    expect(stderr).not.toContain('INTERNAL');
  });
});
