import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sharedServer } from '../neo4j/shared-server.ts';
import { recordLines } from '../store/backup/take-backup.ts';
import { type CliResult, jsonLines, makeFolder, removeFolder, STORIES, startCli, writeBeginnings } from './run-cli.ts';
import { runHere } from './run-here.ts';

const folder = makeFolder();
afterAll(() => removeFolder(folder));

const data = join(folder, 'original');
const file = join(folder, 'граф.hyperscene.gz');
const CORPUS = 'сказки';
const texts = writeBeginnings(folder);

const run = (args: readonly string[], where = data, env: Readonly<Record<string, string>> = {}): Promise<CliResult> =>
  runHere(args, { data: where, env });

const succeeded = async (...parameters: Parameters<typeof run>): Promise<string> => {
  const { status, stdout, stderr } = await run(...parameters);
  if (status !== 0) throw new Error(`${parameters[0].join(' ')}: status ${status}: ${stderr}`);
  return stdout;
};

/** The corpus, its occurrences by number included. */
const dump = (where: string, env: Readonly<Record<string, string>> = {}): Promise<string> =>
  succeeded(['dump', '--corpus', CORPUS], where, env);

const leftovers = (): readonly string[] => readdirSync(folder).filter((name) => name.endsWith('.part'));

let before: string;

beforeAll(async () => {
  await succeeded(['read', ...texts, '--corpus', CORPUS]);
  await succeeded(['collapse', '--corpus', CORPUS]);
  before = await dump(data);
  expect(before.length).toBeGreaterThan(100_000);
});

describe('backup', () => {
  it('writes one file, says how large, and leaves a file that is there alone', async () => {
    const [report] = jsonLines<{ readonly scenes: number; readonly bytes: number }>(
      await succeeded(['backup', file, '--json']),
    );
    expect(report).toMatchObject({ scenes: expect.any(Number), bytes: statSync(file).size });
    expect(report?.scenes).toBeGreaterThan(100);
    expect(statSync(file).mode & 0o077).toBe(0);
    const again = await run(['backup', file]);
    expect(again).toMatchObject({ status: 73, stdout: '' });
    expect(again.stderr).toContain('FILE_EXISTS');
    const bytes = readFileSync(file);
    await succeeded(['backup', file, '--force']);
    expect(recordLines(file).length).toBeGreaterThan(1000);
    expect(readFileSync(file).length).toBeGreaterThan(bytes.length / 2);
  });

  it('asks the process that serves, while it is written to, and only that', async () => {
    const server = startCli(['serve', '--port', '0', '--json'], { data });
    try {
      const [first] = jsonLines<{ readonly url: string }>(await server.seen('stdout', '\n'));
      const url = first?.url ?? '';
      const write = (name: string, text: string) =>
        fetch(new URL('/graphql', url), {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({
            query: 'mutation ($input: ReadTextInput!) { readText(input: $input) { document { name } } }',
            variables: { input: { corpus: 'другое', name, text } },
          }),
        }).then((response) => response.json());
      const writing = (async () => {
        const answers = [];
        for (let i = 0; i < 5; i++) answers.push(await write(`${i}.txt`, 'Царь молчал. Емельян стоял у двери.'));
        return answers;
      })();
      const served = join(folder, 'served.gz');
      await succeeded(['backup', served]);
      expect(JSON.stringify(await writing)).not.toContain('errors');
      const target = join(folder, 'from-server');
      await succeeded(['restore', served], target);
      expect(await dump(target)).toBe(before);
      const { token } = JSON.parse(readFileSync(join(data, 'serving.json'), 'utf8')) as { readonly token: string };
      expect(statSync(join(data, 'serving.json')).mode & 0o077).toBe(0);
      for (const authorization of ['', `Bearer ${token.slice(1)}x`]) {
        const response = await fetch(new URL('/backup', url), { headers: { authorization } });
        expect(response.status).toBeGreaterThanOrEqual(400);
      }
    } finally {
      server.child.kill('SIGTERM');
      await server.done;
    }
    expect(existsSync(join(data, 'serving.json'))).toBe(false);
    await succeeded(['delete', 'другое', '--yes']);
  });

  it('leaves no file behind when it is stopped', async () => {
    const stopped = join(folder, 'stopped.gz');
    const cli = startCli(['backup', stopped], { data });
    await cli.seen('stderr', 'backing up').catch(() => undefined);
    cli.child.kill('SIGINT');
    const { status } = await cli.done;
    if (status !== 0) expect([status, existsSync(stopped)]).toEqual([130, false]);
    expect(leftovers()).toEqual([]);
  });
});

describe('restore', () => {
  it.each(['an empty folder', 'a Neo4j server'])('brings the same dump back in %s', async (where) => {
    const target = join(folder, where);
    const { uri, user, password } = await sharedServer();
    const env: Readonly<Record<string, string>> =
      where === 'an empty folder'
        ? {}
        : {
            HYPERSCENE_STORE: 'neo4j',
            HYPERSCENE_NEO4J_URI: uri,
            HYPERSCENE_NEO4J_USER: user,
            HYPERSCENE_NEO4J_PASSWORD: password,
            HYPERSCENE_WORKSPACE: `backup ${process.pid} ${Date.now()}`,
          };
    const workspace = env['HYPERSCENE_WORKSPACE'];
    const own = join(folder, `${where}.gz`);
    const source = workspace === undefined ? data : join(folder, 'same workspace');
    if (workspace !== undefined) {
      const named = { HYPERSCENE_WORKSPACE: workspace };
      await succeeded(['read', ...texts, '--corpus', CORPUS], source, named);
      await succeeded(['collapse', '--corpus', CORPUS], source, named);
      await succeeded(['backup', own], source, named);
    } else await succeeded(['backup', own], source);
    await succeeded(['restore', own], target, env);
    expect(await dump(target, env)).toBe(before);
    const again = await run(['restore', own], target, env);
    expect(again.stderr).toContain('STORE_NOT_EMPTY');
    await succeeded(['restore', own, '--replace'], target, env);
    expect(await dump(target, env)).toBe(before);
    const back = join(folder, `${where} back.gz`);
    await succeeded(['backup', back], target, env);
    expect(recordLines(back)).toEqual(recordLines(own));
  });

  it('refuses a file that is cut off, and one that is none, before it touches the graph', async () => {
    const cut = join(folder, 'cut.gz');
    writeFileSync(cut, readFileSync(file));
    truncateSync(cut, Math.floor(statSync(file).size / 2));
    const target = join(folder, 'untouched');
    mkdirSync(target);
    for (const bad of [cut, STORIES.en]) {
      const { status, stderr } = await run(['restore', bad], target);
      expect([status, stderr.includes('BACKUP_UNREADABLE')]).toEqual([65, true]);
    }
    expect(readdirSync(target)).toEqual([]);
  });

  it('that is killed leaves a graph that refuses every call until it is restored or cleared', async () => {
    const target = join(folder, 'killed');
    const cli = startCli(['restore', file], { data: target });
    await cli.seen('stderr', 'restoring');
    cli.child.kill('SIGKILL');
    await cli.done;
    const refused = await run(['corpora'], target);
    expect([refused.status, refused.stderr.includes('STORE_RESTORING')]).toEqual([69, true]);
    await succeeded(['restore', '--discard'], target);
    expect(await succeeded(['corpora'], target)).toBe('');
    await succeeded(['restore', file], target);
    expect(await dump(target)).toBe(before);
  });
});
