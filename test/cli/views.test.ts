import type { SceneLine } from '../../src/scene/scene-line.ts';
import { type CliResult, jsonLines, makeFolder, removeFolder, runCli, STORIES, type ViewLine } from './run-cli.ts';
import { runHere } from './run-here.ts';

const folder = makeFolder();
const run = (...args: readonly string[]): Promise<CliResult> => runHere(args, { data: folder });
afterAll(() => removeFolder(folder));

/** Runs a command that must succeed and print lines of JSON and nothing else. */
const json = async <T>(...args: readonly string[]): Promise<readonly T[]> => {
  const { status, stdout, stderr } = await run(...args, '--json');
  if (status !== 0) throw new Error(`status ${status}: ${stderr}`);
  return jsonLines<T>(stdout);
};

describe.each([
  { lang: 'ru', corpus: 'сказки', document: 'tolstoy-rabotnik-emelyan.txt', word: 'барабан', agent: 'Царь' },
  { lang: 'en', corpus: 'tales', document: 'poe-masque-of-the-red-death.txt', word: 'clock', agent: 'They' },
] as const)('views of a story in $lang', ({ lang, corpus, document, word, agent }) => {
  const of = ['--corpus', corpus];
  let scenes: readonly SceneLine[];
  beforeAll(async () => {
    await runCli(['read', STORIES[lang], ...of, '--quiet'], { data: folder });
    scenes = await json<SceneLine>('scenes', ...of);
  });
  const id = (place: number): string => scenes.at(place)?.id ?? '';
  const expand = async ({ code, ordinal }: ViewLine): Promise<readonly string[]> =>
    (await json<SceneLine>('expand', `${code}:${ordinal}`)).map((scene) => scene.id);

  it('are made of what a search finds, and expand back to it', async () => {
    const found = (await json<SceneLine>('scenes', ...of, '--text', word)).map((scene) => scene.id);
    const [made] = await json<ViewLine>('view', 'make', word, ...of, '--text', word);
    expect(made).toMatchObject({
      type: 'view',
      corpus,
      name: word,
      size: found.length,
      unchanged: false,
      newCode: true,
    });
    expect(made?.selection).toEqual({ by: 'search', text: word, facets: [] });
    expect(await expand(made as ViewLine)).toEqual(found);
    const again = await run('view', 'make', word, ...of, '--text', word);
    expect([again.status, again.stdout]).toEqual([
      0,
      `${word} is ${made?.code}:${made?.ordinal}, ${found.length} scenes, already; nothing was changed\n`,
    ]);
    const other = await run('view', 'make', word, ...of, '--agent', agent);
    expect([other.status, other.stdout]).toEqual([65, '']);
    expect(other.stderr).toMatch(/^error VIEW_EXISTS: \S/u);
    const replaced = await run('view', 'make', word, ...of, '--agent', agent, '--replace');
    expect(replaced.stdout).toMatch(new RegExp(`^${word} is Δ\\d+:\\d+, \\d+ scenes, in place of ${made?.code}:`, 'u'));
  });

  it('are made of scenes, of a document, around a scene and along a path', async () => {
    const [one] = await json<ViewLine>(
      'view',
      'make',
      '1',
      ...of,
      '--scene',
      id(4),
      '--scene',
      id(2),
      '--scene',
      id(4),
    );
    expect([one?.size, await expand(one as ViewLine)]).toEqual([2, [id(2), id(4)]]);
    const [whole] = await json<ViewLine>('view', 'make', '2', ...of, '--document', document);
    expect([whole?.size, whole?.selection]).toEqual([scenes.length, { by: 'document', document }]);
    const around = ['--around', id(3), '--hops', '2', '--weight-min', '0.3'];
    const [near] = await json<ViewLine>('view', 'make', '3', ...of, ...around);
    expect(near?.selection).toEqual({ by: 'seed', seed: id(3), hops: 2, weightMin: 0.3 });
    expect(await expand(near as ViewLine)).toContain(id(3));
    const [path] = await json<ViewLine>('view', 'make', '4', ...of, '--from', id(0), '--to', id(-1));
    const along = await expand(path as ViewLine);
    expect([along[0], along.at(-1), along.length]).toEqual([id(0), id(-1), path?.size]);
  });

  it('are listed, shown and deleted, for people and for programs', async () => {
    const listed = await json<ViewLine>('view', 'list', ...of);
    expect(listed.map(({ name }) => name)).toEqual(['1', '2', '3', '4', word]);
    const { stdout } = await run('view', 'list', ...of);
    expect(stdout.split('\n')[0]).toMatch(/^view +occurrence +scenes +made of$/u);
    expect(stdout.split('\n')[2]).toMatch(
      new RegExp(`^2 +Δ\\d+:1 +${scenes.length} +document: document ${document}$`, 'u'),
    );
    expect(await json('view', 'show', '3', ...of)).toEqual([listed[2]]);
    expect((await run('view', 'show', '3', ...of)).stdout).toMatch(
      / +seed: seed [0-9a-f]{32}, hops 2, weightMin 0\.3\n$/u,
    );
    const deleted = await run('view', 'delete', '3', ...of);
    expect(deleted.stdout).toMatch(/^3, Δ\d+:\d+, is deleted; its scenes stay\n$/u);
    for (const what of ['show', 'delete']) {
      const gone = await run('view', what, '3', ...of);
      expect([gone.status, gone.stdout]).toEqual([66, '']);
      expect(gone.stderr).toMatch(/^error VIEW_NOT_FOUND: \S/u);
    }
    expect(await json('scenes', ...of)).toHaveLength(scenes.length);
  });

  it.each([
    [[], 'USAGE', 2],
    [['--text', 'x', '--scene', '0'.repeat(32)], 'USAGE', 2],
    [['--from', '0'.repeat(32)], 'USAGE', 2],
    [['--text', 'x', '--hops', '2'], 'USAGE', 2],
    [['--text', 'x', '--budget', '2'], 'USAGE', 2],
    [['--around', 'x'], 'USAGE', 2],
    [['--around', '0'.repeat(32), '--weight-min', '2'], 'USAGE', 2],
    [['--scene', '0'.repeat(32)], 'SCENE_NOT_FOUND', 66],
    [['--text', 'синхрофазотрон'], 'SCENE_NOT_FOUND', 66],
    [['--document', 'nowhere'], 'DOCUMENT_NOT_FOUND', 66],
    [['--document', document, '--scenes-max', '2'], 'VIEW_TOO_LARGE', 65],
  ])('refuses %j with %s', async (args, code, exit) => {
    const { status, stdout, stderr } = await run('view', 'make', 'нет', ...of, ...args);
    expect([status, stdout]).toEqual([exit, '']);
    expect(stderr).toMatch(new RegExp(`^error ${code}: \\S`, 'u'));
  });

  it('go with the document that holds a scene of theirs, counted among its occurrences', async () => {
    const { stdout } = await run('delete', corpus, '--document', document, '--yes');
    expect(stdout).toContain(`${scenes.length + 4} occurrences`);
  });
});

it.each([
  ['ru', 'двор', 'Царь боялся.', 'Емельян ушёл.', 'Царь не боялся.'],
  ['en', 'court', 'The king was afraid.', 'Mary left.', 'The king was not afraid.'],
])('that lose a scene to another version of a document in %s are named', async (_, name, kept, left, edited) => {
  const read = (...sentences: readonly string[]) =>
    runHere(['read', '-', '--name', name, '--corpus', name], { data: folder, stdin: sentences.join(' ') });
  await read(kept, left);
  const [scene] = await json<SceneLine>('scenes', '--corpus', name);
  await run('view', 'make', 'все', '--corpus', name, '--document', name);
  await run('view', 'make', 'один', '--corpus', name, '--scene', scene?.id ?? '');
  const { status, stderr } = await read(kept, edited);
  expect(status).toBe(0);
  expect(stderr.match(/^the view .* held a scene/gmu)).toEqual(['the view все held a scene']);
  expect((await json<ViewLine>('view', 'list', '--corpus', name)).map((view) => view.name)).toEqual(['один']);
});

it('view alone tells how it is used', async () => {
  const { status, stdout } = await runCli(['view'], { data: folder });
  expect(status).toBe(0);
  expect(stdout).toContain('hyperscene view make');
});
