import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BEGIN, END, markedPart, withMarkedPart } from '../../../bench/scale/marked.ts';
import { simulateScale } from '../../../bench/scale/simulate.ts';
import { describeScale } from '../../../bench/scale/summary.ts';
import type { StepsResult } from '../../../bench/steps/summary.ts';

const ROOT = join(import.meta.dirname, '../../..');
const text = (name: string): Promise<string> => readFile(join(ROOT, name), 'utf8');

it('writes the numbers that stand in docs/scale.md, from what was recorded', async () => {
  const steps = JSON.parse(await text('bench/results/steps.json')) as StepsResult;
  const described = describeScale(simulateScale(steps)).trim();
  expect(markedPart(await text('docs/scale.md'))).toBe(described);
  expect(await text('bench/results/scale.md')).toContain(described);
});

it('puts its tables between the marks, and says so where there are none', () => {
  const document = `before\n${BEGIN}\nold\n${END}\nafter`;
  const written = withMarkedPart(document, 'new');
  expect(markedPart(written)).toBe('new');
  expect(written.startsWith('before\n')).toBe(true);
  expect(written.endsWith('\nafter')).toBe(true);
  expect(withMarkedPart(written, 'new')).toBe(written);
  expect(() => withMarkedPart('without', 'new')).toThrow('bench:scale begins');
});
