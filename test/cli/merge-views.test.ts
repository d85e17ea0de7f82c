import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SceneLine } from '../../src/scene/scene-line.ts';
import { linesOf, packed } from '../store/backup/take-backup.ts';
import { type CliResult, jsonLines, makeFolder, removeFolder, STORIES, type ViewLine } from './run-cli.ts';
import { runHere } from './run-here.ts';

const folder = makeFolder();
afterAll(() => removeFolder(folder));

const theirs = join(folder, 'theirs');
const file = join(folder, 'theirs.hyperscene.gz');
const of = ['--corpus', 'tales'];
const DOCUMENT = 'tolstoy-rabotnik-emelyan.txt';
const VIEWS = [
  { name: 'барабан Емельяна', text: 'барабан' },
  { name: 'the ebony clock', text: 'clock' },
  { name: 'вся сказка', document: DOCUMENT },
] as const;

const run = (args: readonly string[], data: string): Promise<CliResult> => runHere(args, { data });

const succeeded = async (args: readonly string[], data: string): Promise<string> => {
  const { status, stdout, stderr } = await run(args, data);
  if (status !== 0) throw new Error(`${args.join(' ')}: status ${status}: ${stderr}`);
  return stdout;
};

const json = async <T>(args: readonly string[], data: string): Promise<readonly T[]> =>
  jsonLines<T>(await succeeded([...args, '--json'], data));

const viewsIn = (data: string): Promise<readonly ViewLine[]> => json<ViewLine>(['view', 'list', ...of], data);

const scenesOf = async ({ code, ordinal }: ViewLine, data: string): Promise<readonly string[]> =>
  (await json<SceneLine>(['expand', `${code}:${ordinal}`], data)).map(({ id, text }) => `${id} ${text}`);

/** Both stories, read once: each store that holds them begins as a copy. */
const stories = join(folder, 'stories');
const read = (data: string): void => cpSync(stories, data, { recursive: true });

const viewLines = (stdout: string): readonly string[] => stdout.match(/^.*\bviews?\b.*$/gmu) ?? [];

beforeAll(async () => {
  await succeeded(['read', STORIES.ru, STORIES.en, ...of], stories);
  read(theirs);
  for (const { name, ...chosen } of VIEWS)
    await succeeded(
      ['view', 'make', name, ...of, ...Object.entries(chosen).flatMap(([option, value]) => [`--${option}`, value])],
      theirs,
    );
  await succeeded(['backup', file], theirs);
});

it('brings views with Russian and English names along, and each expands to the same scenes', async () => {
  const ours = join(folder, 'ours');
  await succeeded(['read', STORIES.ru, '--corpus', 'сказки'], ours);
  await succeeded(['view', 'make', VIEWS[0].name, '--corpus', 'сказки', '--document', DOCUMENT], ours);
  expect(viewLines(await succeeded(['merge', file], ours))).toEqual(['default: 3 views came, 0 were there']);
  const [there, here] = [await viewsIn(theirs), await viewsIn(ours)];
  expect(here.map(({ name }) => name).toSorted()).toEqual(VIEWS.map(({ name }) => name).toSorted());
  for (const [i, view] of here.entries()) {
    const other = there[i] as ViewLine;
    expect([view.name, view.selection]).toEqual([other.name, other.selection]);
    const scenes = await scenesOf(view, ours);
    expect(scenes.length).toBe(view.size);
    expect(scenes).toEqual(await scenesOf(other, theirs));
  }
  const lines = await json<{ readonly occurrence?: string; readonly is?: string | null }>(
    ['merge', file, '--occurrences'],
    ours,
  );
  const names = new Map(lines.map(({ occurrence, is }) => [occurrence, is]));
  for (const [i, { code, ordinal }] of there.entries())
    expect(names.get(`${code}:${ordinal}`)).toBe(`${here[i]?.code}:${here[i]?.ordinal}`);
  expect(lines.at(-1)).toMatchObject({ views: { added: 0, shared: 3, otherForm: [], left: [] }, renumbered: 0 });
});

it.each(VIEWS.slice(0, 2))(
  'refuses another view under the name $name, says which, and changes nothing',
  async ({ name }) => {
    const other = join(folder, `other ${name}`);
    read(other);
    const [first] = await json<SceneLine>(['scenes', ...of], other);
    await succeeded(['view', 'make', name, ...of, '--scene', first?.id ?? ''], other);
    const before = [await viewsIn(other), await succeeded(['dump', ...of], other)];
    const refused = await run(['merge', file], other);
    expect([refused.status, refused.stdout]).toEqual([65, '']);
    expect(refused.stderr).toMatch(/^error MERGE_CONFLICT: /mu);
    expect(refused.stderr).toContain(`view "${name}" of "tales": other scenes`);
    expect([await viewsIn(other), await succeeded(['dump', ...of], other)]).toEqual(before);
  },
);

it('tells of views that have another form here, and leaves them as they are', async () => {
  const other = join(folder, 'coupled otherwise');
  read(other);
  await succeeded(['agents', 'merge', 'царь', 'Емельян', ...of], other);
  await succeeded(['couple', ...of, '--again'], other);
  await succeeded(['view', 'make', 'вся сказка', ...of, '--document', DOCUMENT], other);
  const [before] = await viewsIn(other);
  expect(viewLines(await succeeded(['merge', file], other))).toEqual([
    'default: 2 views came, 1 were there',
    'default: the view "вся сказка" of "tales" has the same scenes here and another form, which it keeps',
  ]);
  expect((await viewsIn(other)).find(({ name }) => name === 'вся сказка')).toEqual(before);
});

it('tells of views that do not come, since a scene of theirs is read otherwise here', async () => {
  const other = join(folder, 'read otherwise');
  read(other);
  const found = await json<SceneLine>(['scenes', ...of, '--text', 'clock'], other);
  const figureOf = /"figure":"[^"]*"/u;
  const lines = linesOf(file).slice(0, -1);
  const figures = new Set(lines.flatMap((line) => line.match(figureOf) ?? []));
  // As a reader of another version would have read the scene.
  const elsewhere = lines.map((line) =>
    line.startsWith('{"node":"scene"') && line.includes(`"id":"${found[0]?.id}"`)
      ? line.replace(figureOf, (own) => [...figures].find((figure) => figure !== own) ?? own)
      : line,
  );
  expect(elsewhere.filter((line, i) => line !== lines[i])).toHaveLength(1);
  const path = join(folder, 'elsewhere.gz');
  writeFileSync(path, packed(elsewhere));
  expect(viewLines(await succeeded(['merge', path], other))).toEqual([
    'default: 2 views came, 0 were there',
    'default: the view "the ebony clock" of "tales" did not come: a scene of it is read as another figure here',
  ]);
  const report = (await json(['merge', path], other)).at(-1);
  const left = [{ corpus: 'tales', name: 'the ebony clock', because: 'other-figure' }];
  expect(report).toMatchObject({ views: { added: 0, shared: 2, otherForm: [], left } });
});
