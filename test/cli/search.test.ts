import { type CliResult, jsonLines, makeFolder, removeFolder, runCli, STORIES } from './run-cli.ts';
import { runHere } from './run-here.ts';

interface Line {
  readonly type: 'search' | 'hit';
  readonly total: number;
  readonly truncated: boolean;
  readonly score: number;
  readonly kind: 'scene' | 'facet' | 'hypertoken' | 'occurrence';
  readonly because: readonly { readonly kind: string; readonly key: string }[];
  readonly through: { readonly because: readonly unknown[] } | null;
  readonly beside: string | null;
  readonly highlights: readonly { readonly start: number; readonly end: number; readonly text: string }[];
  readonly scene: { readonly text: string; readonly start: number };
  readonly hypertoken: { readonly code: string; readonly hyperlexeme: string };
}

const data = makeFolder();
const run = (args: readonly string[]): Promise<CliResult> => runHere(args, { data });
const json = async (...args: readonly string[]): Promise<readonly Line[]> => {
  const { status, stdout, stderr } = await run([...args, '--corpus', 'сказки', '--json']);
  if (status !== 0) throw new Error(`status ${status}: ${stderr}`);
  return jsonLines<Line>(stdout);
};

beforeAll(async () => {
  await run(['read', STORIES.ru, STORIES.en, '--corpus', 'сказки', '--quiet']);
  await run(['collapse', '--corpus', 'сказки', '--quiet']);
});

afterAll(() => removeFolder(data));

const [BOLD, PLAIN] = ['\u001b[1m', '\u001b[22m'];

describe('search', () => {
  it.each([
    ['барабаном', /барабан/iu],
    ['clocks', /clock/iu],
  ])('finds %s in any form, and tells programs what, why and where', async (text, word) => {
    const [head, ...hits] = await json('search', text, '--kind', 'scene', '--limit', '5');
    expect(head).toMatchObject({ type: 'search', truncated: false });
    expect(head?.total).toBeGreaterThan(5);
    expect(hits.map(({ type, kind }) => [type, kind])).toEqual(Array.from({ length: 5 }, () => ['hit', 'scene']));
    for (const { scene, highlights, because, through, beside } of hits) {
      expect(because.length > 0 || through !== null || beside !== null).toBe(true);
      for (const { start, end, text: shown } of highlights) {
        expect(shown).toMatch(word);
        expect(scene.text.slice(start - scene.start, end - scene.start)).toBe(shown);
      }
    }
    expect(hits[0]?.highlights).toHaveLength(1);
  });

  it('shows people each hit with its reasons, and how many there are', async () => {
    const { status, stdout, stderr } = await runCli(['search', 'порог тишина', '--corpus', 'сказки'], { data });
    expect(status).toBe(0);
    expect(stdout).toMatch(/^\d\.\d{3} {2}Δ\d+:\d+ {2}\S+ \d+ {2}\(.*тишина.*\)\n {7}\S/mu);
    expect(stdout).toMatch(/^\d\.\d{3} {2}archetype порог, scenes: \d+ {2}\(порог\)$/mu);
    expect(stdout).toMatch(/^\d\.\d{3} {2}Δ\d+ \S*порог\S*, level 0 {2}\(.*порог.*\)$/mu);
    expect(stderr).toMatch(/^the first 20 of \d+: see --limit$/mu);
    expect(stdout).not.toContain('\u001b');
    const english = await run(['search', 'порог', '--corpus', 'сказки', '--kind', 'facet', '--labels', 'en']);
    expect(english.stdout).toMatch(/archetype threshold, scenes: \d+ {2}\(threshold\)/u);
  });

  it('sets what answers in bold where that can be seen, and nothing else', async () => {
    const { stdout } = await runCli(['search', 'барабан', '--corpus', 'сказки', '--kind', 'scene', '--limit', '3'], {
      data,
      env: { FORCE_COLOR: '1', NO_COLOR: '' },
    });
    const bold = stdout.split(BOLD).slice(1);
    expect(bold.length).toBeGreaterThan(0);
    for (const part of bold) expect(part.split(PLAIN)[0]).toMatch(/^барабан\p{L}*$/iu);
  });

  it('finds by a code, and several kinds at once', async () => {
    const [, named] = await json('search', 'тишина', '--kind', 'hypertoken', '--limit', '1');
    const code = named?.hypertoken.code ?? '';
    const [, first, ...rest] = await json('search', code, '--kind', 'hypertoken', 'scene');
    expect([first?.kind, first?.hypertoken.code, first?.score]).toEqual(['hypertoken', code, 1]);
    expect(new Set(rest.map(({ kind }) => kind))).toEqual(new Set(['scene']));
  });

  it('says that nothing answers, which is no failure', async () => {
    const { status, stdout, stderr } = await run(['search', 'бегемот', '--corpus', 'сказки']);
    expect([status, stdout]).toEqual([0, '']);
    expect(stderr).toContain('nothing in the corpus answers to it');
  });

  it.each([
    ['no corpus', ['search', 'царь'], 2],
    ['a kind that there is not', ['search', 'царь', '--corpus', 'сказки', '--kind', 'word'], 2],
    ['no text', ['search', '--corpus', 'сказки'], 2],
    ['a text without a word', ['search', '…', '--corpus', 'сказки'], 65],
    ['more than a page', ['search', 'царь', '--corpus', 'сказки', '--limit', '1001'], 65],
    ['a corpus that is not there', ['search', 'царь', '--corpus', 'нет'], 66],
  ] as const)('ends with a status of its own for %s', async (_, args, status) => {
    expect((await run(args)).status).toBe(status);
  });
});
