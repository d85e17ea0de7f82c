import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SceneLine } from '../../src/scene/scene-line.ts';
import { type CliResult, jsonLines, makeFolder, removeFolder, runCli, STORIES } from './run-cli.ts';
import { runHere } from './run-here.ts';

const folder = makeFolder();
const data = join(folder, 'data');
const run = (...args: readonly string[]): Promise<CliResult> => runHere(args, { data });
afterAll(() => removeFolder(folder));

/** Runs a command that must succeed and print lines of JSON and nothing else. */
const json = async <T>(...args: readonly string[]): Promise<readonly T[]> => {
  const { status, stdout, stderr } = await run(...args, '--json');
  if (status !== 0) throw new Error(`status ${status}: ${stderr}`);
  return jsonLines<T>(stdout);
};

const dump = async (corpus: string): Promise<string> => {
  await run('couple', '--corpus', corpus, '--again', '--quiet');
  await run('collapse', '--corpus', corpus, '--quiet');
  return (await run('dump', '--corpus', corpus, '--no-numbers')).stdout;
};

interface Merge {
  readonly alias: string;
  readonly into: string;
}

describe.each([
  { lang: 'ru', file: STORIES.ru, corpus: 'сказки', alias: 'Царь', key: 'царь', into: 'Емельян' },
  { lang: 'en', file: STORIES.en, corpus: 'tales', alias: 'They', key: 'they', into: 'he' },
])('agents of a story in $lang', ({ file, corpus, alias, key, into }) => {
  let before: string;
  beforeAll(async () => {
    await run('read', file, '--corpus', corpus, '--quiet');
    before = await dump(corpus);
  });

  const scenesOf = async (agent: string): Promise<readonly SceneLine[]> =>
    json<SceneLine>('scenes', '--corpus', corpus, '--agent', agent);

  it('are merged as a person writes their names, and found under each of them', async () => {
    const [ofAlias, ofPerson] = [await scenesOf(key), await scenesOf(into)];
    const [report] = await json('agents', 'merge', alias, into.toUpperCase(), '--corpus', corpus);
    expect(report).toMatchObject({ alias: key, into, person: into, unchanged: false, scenes: ofAlias.length });
    const together = await scenesOf(into);
    expect(together.length).toBe(ofAlias.length + ofPerson.length);
    expect(new Set(together.map(({ agent }) => agent?.entity))).toEqual(new Set([into]));
    expect(await scenesOf(alias)).toEqual(together);
    const again = await run('agents', 'merge', key, into, '--corpus', corpus);
    expect([again.status, again.stdout]).toEqual([0, `${key} is ${into} already; nothing was changed\n`]);
  });

  it('are listed, for people and for programs', async () => {
    expect(await json<Merge>('agents', 'list', '--corpus', corpus)).toEqual([
      { alias: key, into, person: into, by: 'person' },
    ]);
    const { stdout } = await run('agents', 'list', '--corpus', corpus);
    expect(stdout).toMatch(new RegExp(`^alias +merged into +person +by\\n${key} +${into} +${into} +person\\n$`, 'u'));
  });

  it('are themselves again once it is undone, coupled afresh and collapsed', async () => {
    const merged = await dump(corpus);
    expect(merged === before).toBe(false);
    const { status, stdout } = await run('agents', 'undo', alias, '--corpus', corpus);
    expect(status).toBe(0);
    expect(stdout).toMatch(new RegExp(`^${key} is no longer ${into}: [1-9]\\d* scenes changed, \\d+ couplings`, 'u'));
    expect(await json<Merge>('agents', 'list', '--corpus', corpus)).toEqual([]);
    // Not toEqual: a difference of two dumps fills the screen.
    expect((await dump(corpus)) === before).toBe(true);
  });

  it.each([
    [['merge', 'нетникого', into], 'AGENT_NOT_FOUND', 66],
    [['merge', into, into], 'BAD_ARGUMENT', 65],
    [['undo', into], 'MERGE_NOT_FOUND', 66],
  ])('refuses %j with %s', async (args, code, exit) => {
    const { status, stdout, stderr } = await run('agents', ...args, '--corpus', corpus);
    expect([status, stdout]).toEqual([exit, '']);
    expect(stderr).toMatch(new RegExp(`^error ${code}: \\S`, 'u'));
  });
});

it('«Емеля» who is Емельян stays him in a story read later, until it is undone', async () => {
  const corpus = 'про Емелю';
  const file = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  await run('read', file('1.txt', 'Емельян пошёл за водой. Емеля лёг на печь.'), '--corpus', corpus, '--quiet');
  const [report] = await json('agents', 'merge', 'емеля', 'емельян', '--corpus', corpus);
  expect(report).toMatchObject({ alias: 'Емеля', person: 'Емельян', scenes: 1 });
  await run('read', file('2.txt', 'Емеля поймал щуку.'), '--corpus', corpus, '--quiet');
  const entities = async () =>
    (await json<SceneLine>('scenes', '--corpus', corpus)).map(({ agent }) => [agent?.key, agent?.entity]);
  expect(await entities()).toEqual([
    ['Емельян', 'Емельян'],
    ['Емеля', 'Емельян'],
    ['Емеля', 'Емельян'],
  ]);
  await run('agents', 'undo', 'емеля', '--corpus', corpus);
  expect(await entities()).toEqual([
    ['Емельян', 'Емельян'],
    ['Емеля', 'Емеля'],
    ['Емеля', 'Емеля'],
  ]);
});

it('agents alone tells how it is used', async () => {
  const { status, stdout } = await runCli(['agents'], { data });
  expect(status).toBe(0);
  expect(stdout).toContain('hyperscene agents merge');
});
