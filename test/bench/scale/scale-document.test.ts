import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { BEGIN, END, markedPart, withMarkedPart } from '../../../bench/scale/marked.ts';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../../..');
const text = (name: string): Promise<string> => readFile(join(ROOT, name), 'utf8');

it('writes the numbers that stand in docs/scale.md, from what was recorded', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hyperscene-bench-test-'));
  try {
    const [out, document] = [join(folder, 'scale.json'), join(folder, 'scale-document.md')];
    await copyFile(join(ROOT, 'docs/scale.md'), document);
    const options = [join(ROOT, 'bench/scale.ts'), '--out', out, '--write', document];
    // In a process of its own: within the tests' own realm every Math and Number is looked up ten times as slowly.
    await run(process.execPath, ['--disable-warning=ExperimentalWarning', ...options]);
    const stands = await text('docs/scale.md');
    expect(await readFile(document, 'utf8')).toBe(stands);
    expect(markedPart(stands)).toContain('| 10¹⁰ | embedded |');
    expect(await readFile(out.replace('.json', '.md'), 'utf8')).toBe(await text('bench/results/scale.md'));
    expect(JSON.parse(await readFile(out, 'utf8'))).toEqual(JSON.parse(await text('bench/results/scale.json')));
  } finally {
    await rm(folder, { recursive: true });
  }
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
