import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { LlamaContextSequence, Token } from 'node-llama-cpp';
import { PrefixStates, sharedLength } from '../../../src/model/llama/prefix-states.ts';

const tokens = (length: number, first = 0): readonly Token[] => Array.from({ length }, (_, i) => (first + i) as Token);

test('two share what both begin with, and no more', () => {
  const list = fc.array(fc.nat(2), { maxLength: 12 }) as fc.Arbitrary<Token[]>;
  fc.assert(
    fc.property(list, list, (a, b) => {
      const length = sharedLength(a, b);
      expect(a.slice(0, length)).toEqual(b.slice(0, length));
      expect(length === a.length || length === b.length || a[length] !== b[length]).toBe(true);
    }),
  );
});

const of = (some: readonly Token[], workspace = 'test') => ({ workspace, tokens: some });

describe('a beginning is worth keeping', () => {
  const open = (bytesMax = 2 ** 20) => new PrefixStates({ folder: '/nowhere', bytesMax });

  test('once a second prompt has it, up to where they part', () => {
    const states = open();
    expect(states.worthKeeping(of([...tokens(100), 7 as Token]))).toBe(0);
    expect(states.worthKeeping(of([...tokens(100), 9 as Token]))).toBe(100);
  });

  test('but its last token is always read', () => {
    const states = open();
    states.worthKeeping(of(tokens(100)));
    expect(states.worthKeeping(of(tokens(100)))).toBe(99);
  });

  test('not where it is short, nor where nothing may be kept', () => {
    const states = open();
    states.worthKeeping(of([...tokens(20), 7 as Token]));
    expect(states.worthKeeping(of([...tokens(20), 9 as Token]))).toBe(0);
    const none = open(0);
    none.worthKeeping(of(tokens(100)));
    expect(none.worthKeeping(of(tokens(100)))).toBe(0);
  });

  test('not of what another workspace reads', () => {
    const states = open();
    states.worthKeeping(of(tokens(100), 'one'));
    expect(states.worthKeeping(of(tokens(100), 'two'))).toBe(0);
    expect(states.worthKeeping(of(tokens(100), 'one'))).toBe(99);
  });
});

describe('kept states', () => {
  const BYTES = 1000;
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hyperscene-states-'));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** A sequence as the library has it, with files of a size, whose loading waits. */
  const sequenceOf = (contextTokens: readonly Token[], opened: Promise<void> = Promise.resolve()) => {
    const loaded: string[] = [];
    const sequence = {
      contextTokens,
      saveStateToFile: async (file: string) => {
        await writeFile(file, Buffer.alloc(BYTES));
        return { fileSize: BYTES };
      },
      loadStateFromFile: async (file: string) => {
        await opened;
        await readFile(file);
        loaded.push(file);
      },
    };
    return { sequence: sequence as unknown as LlamaContextSequence, loaded };
  };

  test('a little more than what is kept is not worth another', async () => {
    const states = new PrefixStates({ folder, bytesMax: 10 * BYTES });
    await states.keep(sequenceOf(tokens(100)).sequence, 'test');
    for (const [length, kept] of [
      [101, 0],
      [163, 0],
      [164, 164],
    ] as const) {
      states.worthKeeping(of([...tokens(length), 7000 as Token]));
      expect(states.worthKeeping(of([...tokens(length), 9000 as Token]))).toBe(kept);
    }
  });

  test('one that makes room while it is being loaded goes when it is loaded, and not before', async () => {
    const states = new PrefixStates({ folder, bytesMax: BYTES });
    await states.keep(sequenceOf(tokens(100)).sequence, 'test');
    const gate = Promise.withResolvers<void>();
    const { sequence, loaded } = sequenceOf([], gate.promise);
    const restored = states.restore(sequence, of(tokens(120)));
    await states.keep(sequenceOf(tokens(100, 500)).sequence, 'test');
    expect(states.bytes).toBe(BYTES);
    expect(await readdir(folder)).toHaveLength(2);
    gate.resolve();
    await restored;
    expect(loaded).toHaveLength(1);
    expect(await readdir(folder)).toEqual(['1.state']);
  });

  test('are of one workspace, and one that cannot be loaded is forgotten', async () => {
    const states = new PrefixStates({ folder, bytesMax: BYTES });
    await states.keep(sequenceOf(tokens(100)).sequence, 'one');
    const other = sequenceOf([]);
    await states.restore(other.sequence, of(tokens(120), 'two'));
    expect(other.loaded).toEqual([]);
    await rm(join(folder, '0.state'));
    await expect(states.restore(other.sequence, of(tokens(120), 'one'))).rejects.toThrow('ENOENT');
    expect(states.bytes).toBe(0);
    await states.restore(other.sequence, of(tokens(120), 'one'));
  });
});
