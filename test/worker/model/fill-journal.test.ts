import { appendFile, mkdtemp, readdir, rename, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { FillJournals } from '../../../src/worker/model/fill-journal.ts';

const KEY = ['клиент', 'document'];
const DAY = 24 * 3_600_000;

let folder: string;

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'hyperscene-journal-')), 'fillings');
});

afterEach(() => rm(join(folder, '..'), { recursive: true }));

const standing = async (journals: FillJournals, key: readonly string[] = KEY): Promise<readonly unknown[]> => {
  const journal = await journals.open(key);
  try {
    return await Array.fromAsync(journal.lines());
  } finally {
    await journal.close();
  }
};

/** As a process that is gone left it: there is none of this number. */
const leftBehind = async (line: unknown): Promise<string> => {
  const journal = await new FillJournals(folder).open(KEY);
  await journal.take(() => null);
  await journal.add(line);
  await journal.close();
  const [name = ''] = await readdir(folder);
  const left = name.replace(`.${process.pid}.`, '.4194305.');
  await rename(join(folder, name), join(folder, left));
  return join(folder, left);
};

test('whatever is written, and wherever it was cut off: what was whole is taken again, in order, and the rest written anew', async () => {
  const property = fc.asyncProperty(
    fc.array(fc.record({ text: fc.string({ unit: 'grapheme' }) }), { minLength: 1, maxLength: 12 }),
    fc.nat(11),
    fc.string(),
    async (lines, at, torn) => {
      const journals = new FillJournals(folder);
      const first = await journals.open(KEY);
      await first.take(() => null);
      const kept = lines.slice(0, at);
      for (const line of kept) await first.add(line);
      await first.close();
      const [name = ''] = await readdir(folder);
      await appendFile(join(folder, name), torn.replaceAll('\n', ''));
      const second = await journals.open(KEY);
      let taken = 0;
      for (const line of lines) {
        const found = await second.take((each) => (JSON.stringify(each) === JSON.stringify(line) ? true : null));
        if (found === null) await second.add(line);
        else taken += 1;
      }
      expect(taken).toBe(Math.min(kept.length, lines.length));
      expect(await Array.fromAsync(second.lines())).toEqual(lines);
      await second.remove();
      expect(await readdir(folder)).toEqual([]);
    },
  );
  await fc.assert(property, { numRuns: 40 });
});

test('two that fill the same at once have a file each; the one that is left is taken over once', async () => {
  const journals = new FillJournals(folder);
  const [one, other] = [await journals.open(KEY), await journals.open(KEY)];
  for (const [journal, line] of [
    [one, 1],
    [other, 2],
  ] as const) {
    await journal.take(() => null);
    await journal.add(line);
  }
  expect(await readdir(folder)).toHaveLength(2);
  expect(await Array.fromAsync(one.lines())).toEqual([1]);
  await one.close();
  await other.remove();
  expect(await standing(journals, ['another'])).toEqual([]);
  expect(await standing(journals)).toEqual([1]);
});

test('what a process that is gone left is gone on with, and cleared when nobody did for a week', async () => {
  const left = await leftBehind({ text: 'half' });
  const old = new Date(Date.now() - 8 * DAY);
  await utimes(left, old, old);
  expect(await standing(new FillJournals(folder), ['another'])).toEqual([]);
  expect(await readdir(folder)).toHaveLength(1);
  await rm(folder, { recursive: true });
  await leftBehind({ text: 'half' });
  expect(await standing(new FillJournals(folder))).toEqual([{ text: 'half' }]);
});
