import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { chmod, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { CorpusStatistics } from '../../src/export/corpus-statistics.ts';
import type { Manifest } from '../../src/export/manifest.ts';
import { type CliResult, jsonLines, makeFolder, removeFolder, runCli, STORIES, startCli } from './run-cli.ts';
import { runHere } from './run-here.ts';

const folder = makeFolder();
const data = join(folder, 'data');
afterAll(() => removeFolder(folder));

beforeAll(async () => {
  const files: string[] = [];
  for (const [lang, path] of Object.entries(STORIES)) {
    const text = await readFile(path, 'utf8');
    for (let i = 0; i < 3; i++) {
      const file = join(folder, `${lang} ${i}.txt`);
      await writeFile(file, text.slice(i * 100));
      files.push(file);
    }
  }
  const { status, stderr } = await runCli(['read', ...files, '--corpus', 'сказки'], { data });
  expect([status, stderr.includes('error')]).toEqual([0, false]);
});

const exportTo = (out: string, ...more: readonly string[]) => [
  'export',
  '--corpus',
  'сказки',
  '--format',
  'jsonl',
  '--shares',
  '0.5,0.25,0.25',
  '--out',
  join(folder, out),
  ...more,
];

let exported: Promise<CliResult> | null = null;
/** Into the folder `whole`, once for all that is compared with it. */
const undisturbed = (): Promise<CliResult> => {
  exported ??= runHere(exportTo('whole'), { data });
  return exported;
};

const contents = async (out: string) => {
  const path = join(folder, out);
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  return Object.fromEntries(
    await Promise.all(
      files.sort().map(async (file) => [file.slice(path.length), await readFile(file, 'utf8')] as const),
    ),
  );
};

test('is told to people and to programs, verified, and refused where one is', async () => {
  const { status, stdout, stderr } = await undisturbed();
  expect([status, stdout]).toEqual([
    0,
    expect.stringMatching(/^.*whole: [\d,]+ scenes at revision \d+ in 9 files, [\d,]+ bytes\n$/u),
  ]);
  expect(stderr).toMatch(/exporting сказки: 100 % of [\d,]+ scenes/u);
  const [manifest] = jsonLines<Manifest>((await runHere(exportTo('again', '--json', '-q'), { data })).stdout);
  expect(manifest).toMatchObject({ corpus: 'сказки', exported: 'jsonl', documents: 6 });
  expect(await contents('again')).toEqual(await contents('whole'));
  const verified = await runCli(['verify', join(folder, 'whole')], { data });
  expect([verified.status, verified.stdout]).toEqual([0, expect.stringContaining('whole, 9 files of сказки')]);
  await writeFile(join(folder, 'again', 'codes.jsonl'), '');
  const damaged = await runHere(['verify', join(folder, 'again')], { data });
  expect([damaged.status, damaged.stderr]).toEqual([65, expect.stringContaining('EXPORT_DAMAGED')]);
  const refused = await runHere(exportTo('whole'), { data });
  expect([refused.status, refused.stderr]).toEqual([73, expect.stringContaining('EXPORT_EXISTS')]);
  const bad = await runHere([...exportTo('bad'), '--shares', '0.5,0.2,0.2'], { data });
  expect([bad.status, bad.stderr]).toEqual([2, expect.stringContaining('make 1')]);
});

test.each([0, 30, 120])('killed %i ms after its first file, it is resumed to the same bytes', async (ms) => {
  const out = `killed ${ms}`;
  const { child, done } = startCli(exportTo(out), { data });
  const begun = (): boolean => {
    try {
      return readdirSync(join(folder, out)).some((name) => name.endsWith('.part'));
    } catch {
      return false;
    }
  };
  while (!begun() && child.exitCode === null) await setTimeout(1);
  await setTimeout(ms);
  child.kill('SIGKILL');
  await done;
  if (!readdirSync(join(folder, out)).includes('manifest.json')) {
    const { status, stderr } = await runCli(exportTo(out, '--resume'), { data });
    expect([status, stderr.includes('error')]).toEqual([0, false]);
  }
  await undisturbed();
  expect(await contents(out)).toEqual(await contents('whole'));
});

test('a graph whose import is killed is no corpus until it is imported again, and then the same to the byte', async () => {
  const [out, elsewhere] = [join(folder, 'graph'), join(folder, 'elsewhere')];
  const to = (path: string, at: string) =>
    runHere(['export', '--corpus', 'сказки', '--format', 'graph', '--out', path], { data: at });
  expect((await to(out, data)).status).toBe(0);
  const { child, done } = startCli(['import', out], { data: elsewhere });
  const begun = new Promise<void>((resolve) =>
    child.stderr?.on('data', (text) => /importing/u.test(String(text)) && resolve()),
  );
  await Promise.race([begun, done]);
  child.kill('SIGKILL');
  await done;
  const listed = await runHere(['corpora'], { data: elsewhere });
  // It may have been quicker than the signal.
  const isHalf = listed.stdout === '';
  if (isHalf) expect(listed.stderr).toContain('an import of сказки is under way or was interrupted');
  const again = await runCli(['import', out, '--json', '-q'], { data: elsewhere });
  if (isHalf) expect(jsonLines(again.stdout)).toMatchObject([{ corpus: 'сказки', documents: 6, resumed: true }]);
  else expect([again.status, again.stderr]).toEqual([73, expect.stringContaining('CORPUS_EXISTS')]);
  expect((await to(`${out} again`, elsewhere)).status).toBe(0);
  expect(await contents('graph again')).toEqual(await contents('graph'));
});

/** Kibibytes that a file may have: no file of scenes fits. */
const LIMIT_KB = 60;

/** A limit of the system in place of a disk that is full: what cannot be written is refused alike, in the middle of a file. */
const limitedNode = async (): Promise<string> => {
  const path = join(folder, 'limited-node');
  await writeFile(path, `#!/bin/bash\nulimit -f ${LIMIT_KB}\nexec '${process.execPath}' "$@"\n`);
  await chmod(path, 0o755);
  return path;
};

test.each(['jsonl', 'parquet', 'csv'])(
  'where no space is left for %s it says so, leaves nothing that looks whole, and goes on later',
  async (format) => {
    const name = `full ${format}`;
    const args = exportTo(name, '--format', format);
    const full = await runCli(args, { data, node: await limitedNode() });
    expect([full.status, full.stderr]).toEqual([73, expect.stringContaining('DISK_FULL')]);
    const left = await readdir(join(folder, name), { recursive: true });
    expect(left.filter((file) => /\.(?:jsonl|parquet|csv|json|md)$/u.test(file) && !file.startsWith('.'))).toEqual([]);
    const verified = await runHere(['verify', join(folder, name)], { data });
    expect([verified.status, verified.stderr]).toEqual([66, expect.stringContaining('no whole export')]);
    const { status } = await runHere([...args, '--resume'], { data });
    expect(status).toBe(0);
    if (format === 'jsonl') await undisturbed();
    else await runHere(exportTo(`${name} undisturbed`, '--format', format), { data });
    expect(await contents(name)).toEqual(await contents(format === 'jsonl' ? 'whole' : `${name} undisturbed`));
  },
);

test('where nothing may be written it says so', async () => {
  // Not even root may write there.
  const refused = await runCli([...exportTo('x'), '--out', '/sys/hyperscene'], { data });
  expect([refused.status, refused.stderr]).toEqual([73, expect.stringContaining('UNWRITABLE_FILE')]);
});

test('tokens are written by a tokenizer that is there, for the formats that take one', async () => {
  const base = join(folder, 'base.json');
  const model = { type: 'WordLevel', unk_token: 'а', vocab: { а: 0, б: 1 } };
  const rest = { normalizer: null, pre_tokenizer: null, post_processor: null, decoder: null, added_tokens: [] };
  await writeFile(base, JSON.stringify({ ...rest, model }));
  const to = (out: string, format: string, ...more: readonly string[]) =>
    runHere(['export', '--corpus', 'сказки', '--format', format, '--out', join(folder, out), ...more], { data });
  expect((await to('ids', 'bin', '--tokenizer', base, '--rung', 'hyperlexeme')).status).toBe(0);
  const verified = await runHere(['verify', join(folder, 'ids'), '--json'], { data });
  expect(verified.stdout).toContain('"vocabulary":2');
  expect((await to('more', 'tokenizer', '--tokenizer', base)).status).toBe(0);
  const statistics = JSON.parse(await readFile(join(folder, 'more', 'statistics.json'), 'utf8')) as CorpusStatistics;
  expect(statistics.tokenizer?.sha256).toBe(
    createHash('sha256')
      .update(await readFile(base))
      .digest('hex'),
  );
  expect((await to('less', 'csv', '--statistics', 'none')).status).toBe(0);
  expect(await readdir(join(folder, 'less'))).toEqual(['codes.csv', 'couplings.csv', 'manifest.json', 'scenes.csv']);
  for (const [status, code, format, ...more] of [
    [2, 'USAGE', 'tokenizer'],
    [2, 'USAGE', 'csv', '--tokenizer', base, '--statistics', 'codes'],
    [2, 'USAGE', 'csv', '--rung', 'text'],
    [66, 'UNKNOWN_TOKENIZER', 'bin', '--tokenizer', join(folder, 'none')],
    [65, 'BAD_TOKENIZER', 'bin', '--tokenizer', Object.values(STORIES)[0] ?? ''],
  ] as const) {
    const refused = await to('refused', format, ...more);
    expect([refused.status, refused.stderr]).toEqual([status, expect.stringContaining(`error ${code}`)]);
  }
});
