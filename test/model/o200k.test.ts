import { createHash } from 'node:crypto';
import fc from 'fast-check';
import ranks from 'gpt-tokenizer/bpeRanks/o200k_base';
import { openO200k } from '../../src/model/o200k/open-o200k.ts';
import { O200K_SHA256, openO200kCounter } from '../../src/model/o200k/open-o200k-counter.ts';
import { ENGLISH, RUSSIAN } from '../conformance/prose.ts';

test('counts are those of o200k_base', async () => {
  const { name, count } = await openO200k();
  expect(name).toBe('o200k_base');
  // Fixed by the published vocabulary: another number here means another encoding.
  expect(count('')).toBe(0);
  expect(count('hello world')).toBe(2);
  expect(count('он стоял у двери, не решаясь войти')).toBe(11);
  expect(count('he stood at the door, not daring to go in')).toBe(11);
});

test('marks in a text are plain text', async () => {
  const { count } = await openO200k();
  expect(count('<|endoftext|>')).toBeGreaterThan(1);
  expect(count('Δ14:7')).toBeGreaterThan(1);
});

test('any text has a count of at most one position a byte', async () => {
  const { count } = await openO200k();
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(count(text)).toBeGreaterThanOrEqual(text.length === 0 ? 0 : 1);
      expect(count(text)).toBeLessThanOrEqual(Buffer.byteLength(text));
    }),
  );
});

test('the ranks are those of the file that is named by its hash', () => {
  const hash = createHash('sha256');
  for (const [rank, token] of ranks.entries())
    if (token !== undefined) hash.update(`${Buffer.from(token as string).toString('base64')} ${rank}\n`);
  expect(hash.digest('hex')).toBe(O200K_SHA256);
});

test('on a thread they are the same, in Russian and in English', async () => {
  const counter = openO200kCounter();
  const { count } = await openO200k();
  const texts = [...RUSSIAN, ...ENGLISH, '', '<|endoftext|>'];
  expect(Array.from(await counter.count(texts))).toEqual(texts.map(count));
  await counter.close();
});

test('what is cancelled ends with its thread, and the next is counted by another', async () => {
  const counter = openO200kCounter();
  // Letters without a space: seconds of work.
  const texts = ['щ', 'q'].map((letter) => letter.repeat(30_000));
  const stop = new AbortController();
  const counting = counter.count(texts, stop.signal);
  stop.abort();
  await expect(counting).rejects.toMatchObject({ code: 'CANCELLED' });
  await expect(counter.count(texts, stop.signal)).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(Array.from(await counter.count(['hello world']))).toEqual([2]);
  await counter.close();
});
