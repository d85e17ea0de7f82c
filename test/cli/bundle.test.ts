import { type CliResult, jsonLines, makeFolder, removeFolder, STORIES } from './run-cli.ts';
import { runHere } from './run-here.ts';

interface OccurrenceLine {
  readonly code: string;
  readonly ordinal: number;
  readonly size: number;
}

interface BundleLine extends OccurrenceLine {
  readonly type: string;
  readonly scenes: number;
  readonly truncated: boolean;
  readonly hyperlexeme: string;
  readonly gloss: Readonly<Record<'ru' | 'en', string>>;
  readonly agents: readonly { readonly key: string; readonly scenes: number }[];
  readonly curve: readonly unknown[];
  readonly spans: readonly { readonly documentName: string }[];
  readonly summary: { readonly carried: number; readonly scenes: readonly { readonly text: string }[] };
}

const data = makeFolder();
const run = (...args: readonly string[]): Promise<CliResult> => runHere(args, { data });
let whole: string;

beforeAll(async () => {
  await run('read', STORIES.ru, STORIES.en, '--corpus', 'сказки', '--quiet');
  const { stdout } = await run('collapse', '--corpus', 'сказки', '--json');
  const largest = jsonLines<OccurrenceLine>(stdout).reduce((most, one) => (one.size > most.size ? one : most));
  whole = `${largest.code}:${largest.ordinal}`;
});

afterAll(() => removeFolder(data));

it('tells people what an occurrence holds together, in either language, and its main scenes', async () => {
  for (const [labels, words] of [
    ['ru', /сцен[аы]?, 2 документа/u],
    ['en', /scenes, 2 documents/u],
  ] as const) {
    const { status, stdout, stderr } = await run('bundle', whole, '--labels', labels);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(words);
    for (const title of ['gloss', 'agents', 'contexts', 'tension', 'coherence', 'where'])
      expect(stdout).toMatch(new RegExp(`^${title} `, 'mu'));
    expect(stdout).toMatch(/[▁▂▃▄▅▆▇█]{10}/u);
    expect(stdout).toMatch(/^carrying \d+ % of its couplings:$/mu);
  }
});

it('gives programs one line of JSON, glosses in both languages', async () => {
  const { stdout } = await run('bundle', whole.replace('Δ', 'D'), '--json');
  const lines = jsonLines<BundleLine>(stdout);
  expect(lines).toHaveLength(1);
  const [line] = lines as readonly [BundleLine];
  expect(line).toMatchObject({ type: 'bundle', truncated: false, scenes: line.size });
  expect(line.gloss.ru).toContain('документа');
  expect(line.gloss.en).toContain('documents');
  expect(line.curve).toHaveLength(10);
  expect(line.spans).toHaveLength(2);
  expect(line.summary.scenes).toHaveLength(3);
  expect(line.summary.carried).toBeGreaterThan(0);
});

it('says when it read only the first scenes, and refuses a code alone and what is not there', async () => {
  expect((await run('bundle', whole, '--scenes', '10')).stderr).toMatch(/told by the first 10 of its \d+ scenes/u);
  const alone = await run('bundle', 'Δ14');
  expect([alone.status, alone.stderr]).toEqual([2, expect.stringContaining('ordinal')]);
  expect((await run('bundle', 'Δ0:999999')).status).toBe(66);
  expect((await run('bundle', 'Δ0:1', '--scenes', '0')).status).toBe(2);
});
