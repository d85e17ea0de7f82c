import fc from 'fast-check';
import type { Token } from 'node-llama-cpp';
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

describe('a beginning is worth keeping', () => {
  const open = (bytesMax = 2 ** 20) => new PrefixStates({ folder: '/nowhere', bytesMax });

  test('once a second prompt has it, up to where they part', () => {
    const states = open();
    expect(states.worthKeeping([...tokens(100), 7 as Token])).toBe(0);
    expect(states.worthKeeping([...tokens(100), 9 as Token])).toBe(100);
  });

  test('but its last token is always read', () => {
    const states = open();
    states.worthKeeping(tokens(100));
    expect(states.worthKeeping(tokens(100))).toBe(99);
  });

  test('not where it is short, nor where nothing may be kept', () => {
    const states = open();
    states.worthKeeping([...tokens(20), 7 as Token]);
    expect(states.worthKeeping([...tokens(20), 9 as Token])).toBe(0);
    const none = open(0);
    none.worthKeeping(tokens(100));
    expect(none.worthKeeping(tokens(100))).toBe(0);
  });
});
