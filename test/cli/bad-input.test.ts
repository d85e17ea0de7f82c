import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SceneLine } from '../../src/scene/scene-line.ts';
import { jsonLines, makeFolder, removeFolder, runCli } from './run-cli.ts';
import { runHere } from './run-here.ts';

interface ErrorLine {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly subject: string;
    readonly retriable: boolean;
  };
}

const folder = makeFolder();
const data = join(folder, 'data');
afterAll(() => removeFolder(folder));

const write = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

const PNG_HEAD = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13);
const WINDOWS_1251 = Uint8Array.from([0xd6, 0xe0, 0xf0, 0xfc, 0x20, 0xf1, 0xf2, 0xee, 0xe8, 0xf2, 0x2e]);
/** The beginning of Grimm's first tale. */
const GERMAN =
  'In den alten Zeiten, wo das Wünschen noch geholfen hat, lebte ein König, dessen Töchter waren alle schön, aber die ' +
  'jüngste war so schön, daß die Sonne selber, die doch so vieles gesehen hat, sich verwunderte, so oft sie ihr ins ' +
  'Gesicht schien. Nahe bei dem Schlosse des Königs lag ein großer dunkler Wald, und in dem Walde unter einer alten ' +
  'Linde war ein Brunnen.';

const CASES: readonly { readonly code: string; readonly name: string; readonly content: string | Uint8Array }[] = [
  { code: 'NOT_UTF8', name: 'cp1251.txt', content: WINDOWS_1251 },
  { code: 'EMPTY_DOCUMENT', name: 'пусто.txt', content: '' },
  { code: 'EMPTY_DOCUMENT', name: 'blank.txt', content: ' \n\t\n' },
  { code: 'BINARY', name: 'picture.png', content: PNG_HEAD },
  { code: 'UNKNOWN_LANGUAGE', name: 'märchen.txt', content: GERMAN },
];

describe('read of files that are no texts', () => {
  it('tells each, reads the others, and ends with the status of the first failure', async () => {
    const good = [write('дверь.txt', 'Царь стоял у двери.'), write('door.txt', 'The prince stood at the door.')];
    const missing = join(folder, 'нет.txt');
    const directory = join(folder, 'папка');
    mkdirSync(directory);
    const bad = CASES.map(({ name, content }) => write(name, content));
    const files = [missing, directory, ...good, ...bad];
    const { status, stdout, stderr } = await runCli(['read', ...files, '--corpus', 'c', '--json', '--quiet'], { data });
    expect(status).toBe(66);
    expect(jsonLines<SceneLine>(stdout).map(({ document }) => document)).toEqual(['дверь.txt', 'door.txt']);
    const errors = jsonLines<ErrorLine>(stderr).map(({ error }) => [error.code, error.subject]);
    expect(errors).toEqual([
      ['UNREADABLE_FILE', missing],
      ['UNREADABLE_FILE', directory],
      ...CASES.map(({ code, name }) => [code, join(folder, name)]),
    ]);
  });

  it('leaves no trace of them', async () => {
    const { stdout } = await runHere(['corpora', '--json'], { data });
    expect(jsonLines(stdout)).toMatchObject([{ name: 'c', documents: 2 }]);
  });

  it.each(CASES)('refuses the same from standard input: $code $name', async ({ code, content }) => {
    const { status, stdout, stderr } = await runHere(['read', '-', '--corpus', 'c'], { data, stdin: content });
    expect([status, stdout]).toEqual([65, '']);
    expect(stderr).toMatch(new RegExp(`^error ${code}: -: \\S`, 'mu'));
  });

  it('refuses a text above the limit and says how large it may be', async () => {
    const env = { HYPERSCENE_DOCUMENT_BYTES_MAX: '20' };
    const { status, stderr } = await runHere(['read', '-', '--corpus', 'c'], {
      data,
      env,
      stdin: 'Царь стоял у двери.',
    });
    expect(status).toBe(65);
    expect(stderr).toMatch(/^error DOCUMENT_TOO_LARGE: .*20/mu);
  });
});

describe('read from standard input', () => {
  it.each([
    ['ru', 'Он стоял у двери, не решаясь войти.'],
    ['en', 'He stood at the door and dared not enter.'],
  ])('reads %s under the name given', async (lang, text) => {
    const args = ['read', '-', '--corpus', 'chat', '--name', `реплика ${lang}`, '--json'];
    const { status, stdout } = await runCli(args, { data, stdin: text });
    expect(status).toBe(0);
    const scenes = jsonLines<SceneLine>(stdout);
    expect(scenes.map((scene) => scene.text).join(' ')).toBe(text);
    for (const scene of scenes) expect(scene).toMatchObject({ lang, document: `реплика ${lang}` });
  });
});
