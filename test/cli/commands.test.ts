import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CorpusStatistics } from '../../src/export/corpus-statistics.ts';
import { O200K_SHA256 } from '../../src/model/o200k/open-o200k-counter.ts';
import type { SceneLine } from '../../src/scene/scene-line.ts';
import { type CliResult, jsonLines, makeFolder, removeFolder, STORIES } from './run-cli.ts';
import { runHere } from './run-here.ts';

interface OccurrenceLine {
  readonly level: number;
  readonly risen: boolean;
  readonly code: string;
  readonly ordinal: number;
  readonly digest: string;
  readonly hyperlexeme: string;
  readonly size: number;
  readonly scenes: readonly string[];
  readonly bindings: readonly { readonly slot: number; readonly agent: string }[];
}

const data = makeFolder();
const run = (...args: readonly string[]): Promise<CliResult> => runHere(args, { data });

/** Runs a command that must succeed and print lines of JSON and nothing else. */
const json = async <T>(...args: readonly string[]): Promise<readonly T[]> => {
  const { status, stdout, stderr } = await run(...args, '--json');
  if (status !== 0) throw new Error(`status ${status}: ${stderr}`);
  return jsonLines<T>(stdout);
};

let read: readonly SceneLine[];

beforeAll(async () => {
  read = await json<SceneLine>('read', STORIES.ru, STORIES.en, '--corpus', 'сказки');
});

afterAll(() => removeFolder(data));

const languages = [
  { lang: 'ru', file: STORIES.ru, document: 'tolstoy-rabotnik-emelyan.txt' },
  { lang: 'en', file: STORIES.en, document: 'poe-masque-of-the-red-death.txt' },
] as const;

describe.each(languages)('read --json of a story in $lang', ({ lang, file, document }) => {
  const scenes = () => read.filter((scene) => scene.document === document);

  it('prints every scene with its place in the text, in the order of the text', () => {
    const text = readFileSync(file, 'utf8');
    expect(scenes().length).toBeGreaterThan(50);
    expect(scenes().map(({ position }) => position)).toEqual(scenes().map((_, i) => i));
    for (const scene of scenes()) expect(text.slice(scene.start, scene.end)).toBe(scene.text);
  });

  it('leaves nothing but white space between scenes', () => {
    const text = readFileSync(file, 'utf8');
    const ends = [0, ...scenes().map(({ end }) => end)];
    const starts = [...scenes().map(({ start }) => start), text.length];
    expect(
      ends
        .map((end, i) => text.slice(end, starts[i]))
        .join('')
        .trim(),
    ).toBe('');
  });

  it('tells the language by itself', () => {
    expect(new Set(scenes().map((scene) => scene.lang))).toEqual(new Set([lang]));
  });
});

describe('read of what was read before', () => {
  it('changes nothing, says so, and still prints the scenes', async () => {
    const [before] = await json('corpora');
    const { stdout, stderr, status } = await run('read', STORIES.ru, '--corpus', 'сказки', '--json');
    expect(status).toBe(0);
    expect(stderr).toContain('unchanged');
    expect(jsonLines<SceneLine>(stdout)).toEqual(read.filter(({ lang }) => lang === 'ru'));
    expect(await json('corpora')).toEqual([before]);
  });
});

describe('scenes', () => {
  it.each(languages)('finds by person in $lang, written as a person would write the name', async ({ lang }) => {
    const counts = new Map<string, number>();
    for (const { agent, lang: of } of read)
      if (agent && of === lang) counts.set(agent.entity, (counts.get(agent.entity) ?? 0) + 1);
    const [entity, count] = [...counts].toSorted(([, a], [, b]) => b - a)[0] ?? ['', 0];
    const found = await json<SceneLine>(
      'scenes',
      '--corpus',
      'сказки',
      '--lang',
      lang,
      '--agent',
      entity.toUpperCase(),
    );
    expect(found.length).toBe(count);
    expect(new Set(found.map(({ agent }) => agent?.entity))).toEqual(new Set([entity]));
  });

  it('finds by tension, named by key or by label of either language, and labels in the language asked for', async () => {
    const tension = read.find((scene) => scene.tension !== null)?.tension;
    const byKey = await json<SceneLine>('scenes', '--corpus', 'сказки', '--tension', tension?.key ?? '');
    const byLabel = await json<SceneLine>(
      'scenes',
      '--corpus',
      'сказки',
      '--tension',
      tension?.label ?? '',
      '--labels',
      'en',
    );
    expect(byLabel.map(({ id }) => id)).toEqual(byKey.map(({ id }) => id));
    expect(byKey.length).toBe(read.filter((scene) => scene.tension?.key === tension?.key).length);
    expect(byKey[0]?.tension?.label).toMatch(/\p{Script=Cyrillic}/u);
    expect(byLabel[0]?.tension?.label).toMatch(/^[a-z ]+$/u);
  });

  it.each([
    ['ru', 'царю', /(?<!\p{L})цар(?:ь|я|ю|[её]м|[её]|и|ей|ями?)(?!\p{L})/iu],
    ['en', 'courtier', /\bcourtiers?\b/iu],
  ] as const)('finds by a word of the text in any form, in %s', async (lang, word, forms) => {
    const found = await json<SceneLine>('scenes', '--corpus', 'сказки', '--lang', lang, '--text', word);
    expect(found.length).toBeGreaterThan(1);
    expect(found.map(({ text }) => text)).toEqual(
      read.filter((scene) => scene.lang === lang && forms.test(scene.text)).map(({ text }) => text),
    );
  });

  it('shows a table to people, as many rows as asked for', async () => {
    const { stdout, status } = await run(
      'scenes',
      '--corpus',
      'сказки',
      '--document',
      languages[0].document,
      '--limit',
      '3',
    );
    expect(status).toBe(0);
    const [titles, ...rows] = stdout.trimEnd().split('\n');
    expect(titles).toMatch(/^code +at +hyperlexeme +agent +context +text$/u);
    expect(rows).toHaveLength(3);
    expect(rows[0]).toContain(read[0]?.text);
  });

  it.each([
    [['--corpus', 'нет такого'], 'CORPUS_NOT_FOUND', 66],
    [['--corpus', 'сказки', '--document', 'no.txt'], 'DOCUMENT_NOT_FOUND', 66],
    [['--corpus', 'сказки', '--tension', 'скука'], 'BAD_ARGUMENT', 65],
    [['--corpus', 'сказки', '--code', 'Δ1:2'], 'USAGE', 2],
    [['--corpus', 'сказки', '--text', '+ "*"'], 'BAD_ARGUMENT', 65],
  ])('refuses %j with %s', async (args, code, exit) => {
    const { stdout, stderr, status } = await run('scenes', ...args, '--json');
    expect(status).toBe(exit);
    expect(stdout).toBe('');
    expect(jsonLines<{ readonly error: { readonly code: string } }>(stderr)[0]?.error.code).toBe(code);
  });
});

describe('facets', () => {
  it('are those of the scenes, with their number', async () => {
    const facets = await json<{ readonly key: string; readonly scenes: number }>(
      'facets',
      '--corpus',
      'сказки',
      '--kind',
      'agent',
    );
    const entities = read.map(({ agent }) => agent?.entity).filter((entity) => entity !== undefined);
    expect(new Map(facets.map(({ key, scenes }) => [key, scenes]))).toEqual(
      new Map([...Map.groupBy(entities, (entity) => entity)].map(([entity, all]) => [entity, all.length])),
    );
  });

  it('are found by what they are called in either language', async () => {
    for (const text of ['порога', 'thresholds'])
      expect(
        await json('facets', '--corpus', 'сказки', '--kind', 'archetype', '--text', text, '--labels', 'en'),
      ).toMatchObject([{ kind: 'archetype', key: 'threshold', label: 'threshold' }]);
    const { stdout } = await run('facets', '--corpus', 'сказки', '--kind', 'archetype', '--limit', '2');
    expect(stdout.trimEnd().split('\n')).toHaveLength(3);
    expect(stdout).toMatch(/^kind +key +label +scenes\n/u);
  });
});

test('the budget of what was never collapsed says that it has level 0 alone', async () => {
  const { stderr, status } = await run('budget', '--corpus', 'сказки');
  expect([status, stderr]).toEqual([0, expect.stringContaining('never collapsed: there is level 0 alone')]);
});

const motifsOf = (lines: readonly OccurrenceLine[]): readonly OccurrenceLine[] =>
  lines.filter(({ level, risen }) => level === 1 && !risen);

describe('collapse and expand', () => {
  let occurrences: readonly OccurrenceLine[];

  beforeAll(async () => {
    occurrences = await json<OccurrenceLine>('collapse', '--corpus', 'сказки');
  });

  it('print each scene once at every level: alone, or in a motif of several coupled scenes', () => {
    const all = read.map(({ id }) => id).toSorted();
    for (const level of [0, 1]) {
      const lines = occurrences.filter((line) => line.level === level);
      expect(lines.flatMap(({ scenes }) => scenes).toSorted()).toEqual(all);
    }
    const [motifs, risen] = [motifsOf(occurrences), occurrences.filter((line) => line.level === 1 && line.risen)];
    expect(motifs.length).toBeGreaterThan(0);
    for (const { scenes } of motifs) expect(scenes.length).toBeGreaterThan(1);
    expect(risen.length).toBeGreaterThan(0);
    for (const line of risen) expect(occurrences).toContainEqual({ ...line, level: 0, risen: false });
  });

  it('hold the same scenes at every level, fewer hypertokens at each, until one holds the corpus', () => {
    const levels = [...Map.groupBy(occurrences, ({ level }) => level)];
    expect(levels.length).toBeGreaterThan(3);
    for (const [, lines] of levels) expect(lines.reduce((sum, { size }) => sum + size, 0)).toBe(read.length);
    const counts = levels.map(([, lines]) => lines.length);
    expect(counts).toEqual(counts.toSorted((x, y) => y - x));
    expect(counts.at(-1)).toBe(1);
  });

  it('show the parts of an occurrence, as deep as asked, and all scenes of the corpus below the highest', async () => {
    const top = occurrences.at(-1);
    const ref = `${top?.code}:${top?.ordinal}`;
    const parts = await json<OccurrenceLine>('expand', ref, '--depth', '1');
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.reduce((sum, { size }) => sum + size, 0)).toBe(read.length);
    const deeper = await json<OccurrenceLine>('expand', ref, '--depth', '2');
    expect(deeper.length).toBeGreaterThan(parts.length);
    const scenes = await json<SceneLine>('expand', ref);
    expect(scenes.map(({ id }) => id).toSorted()).toEqual(read.map(({ id }) => id).toSorted());
    const { stderr, status } = await run('expand', top?.code ?? '', '--depth', '1');
    expect([status, stderr]).toEqual([2, expect.stringContaining('--depth goes with an occurrence')]);
  });

  it('have fewer communities at a lower resolution, and refuse none', async () => {
    const fine = occurrences.filter(({ level, risen }) => level === 2 && !risen).length;
    const coarse = await json<OccurrenceLine>('collapse', '--corpus', 'сказки', '--resolution', '1', '--seed', '7');
    expect(coarse.filter(({ level, risen }) => level === 2 && !risen).length).toBeLessThan(fine);
    const { status } = await run('collapse', '--corpus', 'сказки', '--resolution', '0');
    expect(status).toBe(2);
    expect(await json('collapse', '--corpus', 'сказки')).toHaveLength(occurrences.length);
    occurrences = await json<OccurrenceLine>('collapse', '--corpus', 'сказки');
  });

  it('change nothing the second time, gone on from what stood or found afresh', async () => {
    expect(await json('collapse', '--corpus', 'сказки')).toEqual(occurrences);
    const { stderr } = await run('collapse', '--corpus', 'сказки');
    expect(stderr).toMatch(/gone on from what stood: 0 new, \d+ kept, 0 gone/u);
    expect(stderr).toMatch(/told in [\d,]+ bits with motifs, [\d,]+ without; [\d,]+ for the motifs themselves/u);
    expect(stderr).toMatch(/no coupling but of sequence: \d+ scenes, \d+\.\d % of all positions \(o200k_base\)/u);
    expect((await run('collapse', '--corpus', 'сказки', '--afresh')).stderr).toMatch(/found afresh: 0 new/u);
  });

  it('give back exactly the scenes of an occurrence, in whatever way its code is written', async () => {
    const [motif] = motifsOf(occurrences);
    const number = motif?.code.slice(1);
    for (const ref of [`Δ${number}:${motif?.ordinal}`, `D${number}:${motif?.ordinal}`, `${number}:${motif?.ordinal}`]) {
      const scenes = await json<SceneLine>('expand', ref);
      expect(scenes.map(({ id }) => id)).toEqual(motif?.scenes);
      const original = new Map(read.map((scene) => [scene.id, scene]));
      for (const scene of scenes) expect(scene).toEqual(original.get(scene.id));
    }
  });

  it('list the occurrences of a code', async () => {
    const code = motifsOf(occurrences)[0]?.code ?? '';
    expect(await json('expand', code, '--corpus', 'сказки')).toEqual(
      motifsOf(occurrences).filter((line) => line.code === code),
    );
  });

  it('show people the couplings among the scenes', async () => {
    const [motif] = motifsOf(occurrences);
    const { stdout } = await run('expand', `${motif?.code}:${motif?.ordinal}`, '--labels', 'en');
    expect(stdout).toMatch(/^coupling +weight +because$/mu);
    expect(stdout).toMatch(/Δ\d+:\d+ — Δ\d+:\d+ +0\.\d{3} {2}\S/u);
  });

  it('show each coupling once, by code and ordinal, though its scenes stand on two pages', async () => {
    const top = occurrences.at(-1);
    const { stdout } = await run('expand', `${top?.code}:${top?.ordinal}`);
    expect(stdout.match(/^coupling +weight +because$/gmu)).toHaveLength(Math.ceil(read.length / 200));
    const pairs = stdout.match(/^\S+ — \S+(?= +\d\.\d{3} )/gmu) ?? [];
    const dumped = await json<{ readonly type: string }>('dump', '--corpus', 'сказки');
    const within = dumped.filter(({ type }) => type === 'coupling');
    expect(pairs.filter((pair) => !/^Δ\d+:\d+ — Δ\d+:\d+$/u.test(pair))).toEqual([]);
    expect([new Set(pairs).size, pairs.length]).toEqual([within.length, within.length]);
  });

  it.each([
    ['Δ2147483647', 'CODE_NOT_FOUND', 66],
    ['Δ1:999999', 'OCCURRENCE_NOT_FOUND', 66],
    ['Дельта', 'BAD_CODE', 65],
    ['-1', 'BAD_CODE', 65],
  ])('refuse %s with %s', async (ref, code, exit) => {
    const { stdout, stderr, status } = await run('expand', ref);
    expect([status, stdout]).toEqual([exit, '']);
    expect(stderr).toMatch(new RegExp(`^error ${code}: \\S`, 'u'));
  });
});

describe('budget', () => {
  it('shows that a code takes one position and text many, in both languages, with and without a corpus', async () => {
    const [corpus] = await json<CorpusStatistics>('budget', '--corpus', 'сказки');
    expect(corpus?.tokenizer).toEqual({ name: 'o200k_base', sha256: O200K_SHA256 });
    expect(corpus?.languages.map(({ lang }) => lang)).toEqual(['ru', 'en']);
    for (const { positions } of corpus?.rungs ?? []) {
      expect(positions.code).toMatchObject({ median: 1, p90: 1 });
      expect(positions.text.median).toBeGreaterThan(5);
    }
    for (const { sentences, halves, scenes } of corpus?.languages ?? []) {
      expect(sentences?.count).toBeLessThan(scenes);
      expect(sentences?.median).toBeGreaterThan(halves?.median ?? Number.NaN);
    }
    for (const lang of ['ru', 'en'] as const) {
      const [file] = await json<CorpusStatistics>('budget', STORIES[lang]);
      expect(file?.rungs).toEqual(corpus?.rungs?.filter((row) => row.lang === lang));
      // A text that is not kept has level 0 alone.
      const levels = expect.anything();
      expect(file?.languages.map((one) => ({ ...one, levels }))).toEqual(
        corpus?.languages.filter((one) => one.lang === lang).map((one) => ({ ...one, levels })),
      );
      expect(file?.levels).toHaveLength(1);
    }
  });

  it('has tables for people, whose levels end with one position, by a tokenizer of a model', async () => {
    const tokenizer = join(data, 'words.json');
    const model = { type: 'WordLevel', unk_token: 'а', vocab: { а: 0, б: 1 } };
    const rest = { normalizer: null, post_processor: null, decoder: null, added_tokens: [] };
    await writeFile(tokenizer, JSON.stringify({ ...rest, pre_tokenizer: { type: 'Whitespace' }, model }));
    const { stdout, stderr, status } = await run('budget', '--corpus', 'сказки', '--tokenizer', tokenizer);
    expect(status).toBe(0);
    expect(stderr).not.toContain('collapsed');
    const [rungs, languages, levels] = stdout.split('\n\n').map((table) => table.trim().split('\n'));
    expect(rungs?.map((line) => line.split(/\s+/u).slice(0, 2).join(' '))).toEqual([
      'language kind',
      'ru scene',
      'ru half',
      'en scene',
      'en half',
    ]);
    expect(languages?.slice(1).map((line) => line.split(' ')[0])).toEqual(['ru', 'en', 'all']);
    expect(levels?.at(-1)).toMatch(/^ +[1-9]\d* +1 +[\d.]+×/u);
    const bad = await run('budget', STORIES.ru, '--tokenizer', STORIES.ru);
    expect([bad.status, bad.stdout, bad.stderr]).toEqual([65, '', expect.stringContaining('error BAD_TOKENIZER')]);
  });
});

describe('couple, dump and corpora', () => {
  it('couple what waits, which after reading is nothing, and all afresh, always to the same graph', async () => {
    const [waiting] = await json<{ readonly scenes: number }>('couple', '--corpus', 'сказки');
    expect(waiting?.scenes).toBe(0);
    const dumped: string[] = [];
    for (let time = 0; time < 2; time += 1) {
      const [again] = await json<{ readonly scenes: number }>('couple', '--corpus', 'сказки', '--again');
      expect(again?.scenes).toBe(read.length);
      await run('collapse', '--corpus', 'сказки', '--quiet');
      dumped.push((await run('dump', '--corpus', 'сказки', '--no-numbers')).stdout);
    }
    const types = new Set(jsonLines<{ readonly type: string }>(dumped[0] ?? '').map(({ type }) => type));
    expect(types).toEqual(new Set(['document', 'scene', 'occurrence', 'community', 'coupling']));
    // Not toBe: a difference of two dumps fills the screen.
    expect(dumped[0] === dumped[1]).toBe(true);
  });

  it('list the corpora for people and for programs', async () => {
    expect(await json('corpora')).toMatchObject([{ name: 'сказки', documents: 2, scenes: read.length, uncoupled: 0 }]);
    const { stdout } = await run('corpora');
    expect(stdout.split('\n')[1]).toMatch(new RegExp(`^сказки +2 +${read.length} +\\d+ +0 +\\S`, 'u'));
  });

  it('keep workspaces apart', async () => {
    expect(await json('corpora', '--workspace', 'другая')).toEqual([]);
  });
});

describe('delete', () => {
  const other = makeFolder();
  afterAll(() => removeFolder(other));
  const inOther = (...args: readonly string[]): Promise<CliResult> => runHere(args, { data: other });

  it('asks first, and where nobody is there to ask it deletes nothing', async () => {
    await inOther('read', STORIES.en, '--corpus', 'tales', '--quiet');
    const refused = await inOther('delete', 'tales');
    expect([refused.status, refused.stdout]).toEqual([2, '']);
    expect(refused.stderr).toContain('--yes');
  });

  it('deletes a document, then the corpus', async () => {
    const document = await inOther('delete', 'tales', '--document', languages[1].document, '--yes', '--json');
    expect(jsonLines(document.stdout)).toMatchObject([{ documents: 1 }]);
    expect((await inOther('delete', 'tales', '--yes')).status).toBe(0);
    expect((await inOther('delete', 'tales', '--yes')).stderr).toContain('CORPUS_NOT_FOUND');
  });
});
