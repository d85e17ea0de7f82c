import { join } from 'node:path';
import { type CliResult, jsonLines, makeFolder, removeFolder, STORIES, startCli } from './run-cli.ts';
import { runHere } from './run-here.ts';

const folder = makeFolder();
afterAll(() => removeFolder(folder));

const [ours, theirs] = [join(folder, 'ours'), join(folder, 'theirs')];
const file = join(folder, 'theirs.hyperscene.gz');

const run = (args: readonly string[], data: string): Promise<CliResult> => runHere(args, { data });

const succeeded = async (args: readonly string[], data: string): Promise<string> => {
  const { status, stdout, stderr } = await run(args, data);
  if (status !== 0) throw new Error(`${args.join(' ')}: status ${status}: ${stderr}`);
  return stdout;
};

/** Scenes, facets, couplings and levels, without numbers and with what no two stores count alike. */
const dump = (corpus: string, data: string): Promise<string> =>
  succeeded(['dump', '--corpus', corpus, '--no-numbers'], data);

interface Report {
  readonly renumbered: number;
  readonly hypertokens: { readonly added: number; readonly shared: number };
}
interface Line extends Partial<Report> {
  readonly code?: string;
  readonly occurrence?: string;
  readonly is?: string | null;
}

beforeAll(async () => {
  await succeeded(['read', STORIES.ru, '--corpus', 'сказки'], ours);
  await succeeded(['collapse', '--corpus', 'сказки'], ours);
  await succeeded(['read', STORIES.en, STORIES.ru, '--corpus', 'tales'], theirs);
  await succeeded(['collapse', '--corpus', 'tales'], theirs);
  await succeeded(['backup', file], theirs);
});

it('that is killed is finished by merging again, and comes to what the two stores were', async () => {
  const own = await succeeded(['dump', '--corpus', 'сказки'], ours);
  const cli = startCli(['merge', file], { data: ours });
  await cli.seen('stderr', 'merging').catch(() => undefined);
  cli.child.kill('SIGKILL');
  await cli.done;
  await succeeded(['merge', file], ours);
  expect(await succeeded(['dump', '--corpus', 'сказки'], ours)).toBe(own);
  expect(await dump('tales', ours)).toBe(await dump('tales', theirs));
});

it('tells what each code and each occurrence is called, and expands each to the same text', async () => {
  const lines = jsonLines<Line>(await succeeded(['merge', file, '--json', '--occurrences'], ours));
  const codes = lines.filter(({ code }) => code !== undefined);
  expect(codes[0]).toEqual({ code: 'Δ0', is: 'Δ0' });
  expect(new Set(codes.map(({ is }) => is)).size).toBe(codes.length);
  expect(codes.some(({ code, is }) => code !== is)).toBe(true);
  const names = new Map(lines.flatMap(({ occurrence, is }) => (occurrence === undefined ? [] : [[occurrence, is]])));
  expect(names.size).toBeGreaterThan(150);
  expect([...names.values()].every((is) => typeof is === 'string')).toBe(true);
  const report = lines.at(-1);
  expect(report).toMatchObject({
    corpora: { unchanged: 1 },
    documents: { added: 0, shared: 2 },
    hypertokens: { added: 0 },
  });
  const texts = async (occurrence: string, data: string): Promise<readonly string[]> =>
    jsonLines<{ readonly text: string }>(await succeeded(['expand', occurrence, '--json'], data)).map(
      ({ text }) => text,
    );
  for (const occurrence of [...names.keys()].filter((_, i) => i % 60 === 0).concat([...names.keys()].at(-1) ?? [])) {
    const expected = await texts(occurrence, theirs);
    expect(expected.length).toBeGreaterThan(0);
    expect(await texts(String(names.get(occurrence)), ours)).toEqual(expected);
  }
});

it('refuses a corpus in which the same document has other bytes, and says which', async () => {
  const other = join(folder, 'other');
  const name = ['--corpus', 'tales', '--name', 'poe-masque-of-the-red-death.txt'];
  const { status } = await runHere(['read', '-', ...name], {
    data: other,
    stdin: 'He stood at the door. The clock struck.',
  });
  expect(status).toBe(0);
  const before = await succeeded(['dump', '--corpus', 'tales'], other);
  const refused = await run(['merge', file], other);
  expect([refused.status, refused.stdout]).toEqual([65, '']);
  expect(refused.stderr).toContain('MERGE_CONFLICT');
  expect(refused.stderr).toContain('poe-masque-of-the-red-death.txt');
  expect(await succeeded(['dump', '--corpus', 'tales'], other)).toBe(before);
});

it('takes a workspace of another name when it is told so', async () => {
  const other = join(folder, 'workspace');
  const refused = await run(['merge', file, '--workspace', 'mine'], other);
  expect([refused.status, refused.stderr.includes('--from')]).toEqual([65, true]);
  const said = await succeeded(['merge', file, '--workspace', 'mine', '--from', 'default'], other);
  expect(said).toContain('mine: 1 corpora came');
  expect(await succeeded(['dump', '--corpus', 'tales', '--workspace', 'mine'], other)).toContain('"scene"');
});
