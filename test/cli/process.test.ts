import { makeFolder, removeFolder, runCli } from './run-cli.ts';
import { runHere } from './run-here.ts';

const data = makeFolder();
afterAll(() => removeFolder(data));

const CORPUS = 'двор';
const TEXTS = {
  ru: 'Царь боялся. Емельян стоял у двери. Царь молчал.',
  en: 'The king was afraid. Mary stood at the door. The king was silent.',
} as const;

beforeAll(async () => {
  for (const [lang, stdin] of Object.entries(TEXTS)) {
    const read = await runCli(['read', '-', '--name', lang, '--corpus', CORPUS, '--lang', lang], { data, stdin });
    expect(read).toMatchObject({ status: 0, stderr: expect.not.stringContaining('error') });
  }
  expect(await runCli(['collapse', '--corpus', CORPUS], { data })).toMatchObject({ status: 0, signal: null });
  expect((await runCli(['view', 'make', 'дверь', '--corpus', CORPUS, '--document', 'ru'], { data })).status).toBe(0);
});

/** The other suites run most commands in their own process: each command has to say and end with the same in one of its own. */
it.each([
  [0, ['corpora', '--json']],
  [0, ['scenes', '--corpus', CORPUS, '--text', 'царь']],
  [0, ['search', 'king', '--corpus', CORPUS]],
  [0, ['facets', '--corpus', CORPUS]],
  [0, ['agents', 'merge', 'царь', 'Емельян', '--corpus', CORPUS]],
  [0, ['agents', 'list', '--corpus', CORPUS]],
  [0, ['couple', '--corpus', CORPUS]],
  [0, ['collapse', '--corpus', CORPUS, '--json']],
  [0, ['expand', 'Δ1:1', '--json']],
  [0, ['view', 'list', '--corpus', CORPUS]],
  [0, ['activate', 'the door', '--corpus', CORPUS]],
  [0, ['assemble', 'дверь', '--corpus', CORPUS, '--tokens', '50']],
  [0, ['budget', '--corpus', CORPUS]],
  [0, ['dump', '--corpus', CORPUS]],
  [0, ['migrate', '--status']],
  [0, ['key', 'list']],
  [0, ['doctor', '--config', '--json']],
  [2, ['delete', CORPUS]],
  [2, ['bundle', 'Δ14']],
  [66, ['verify', data]],
  [66, ['merge', 'nowhere.gz']],
  [66, ['restore', 'nowhere.gz']],
  [73, ['backup', import.meta.filename]],
])('ends with %i and says the same in a process of its own: %j', async (status, args) => {
  // What changes something has changed it before the two that are compared.
  await runHere(args, { data });
  const here = await runHere(args, { data });
  const own = await runCli(args, { data });
  expect([own.status, own.signal, own.stdout]).toEqual([status, null, here.stdout]);
  expect(here.status).toBe(status);
  if (status !== 0) expect(own.stderr).toBe(here.stderr);
});
