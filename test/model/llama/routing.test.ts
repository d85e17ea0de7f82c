import fc from 'fast-check';
import type { IdPrompt, IdSegment } from '../../../src/model/llama/messages.ts';
import { RECENT_MAX } from '../../../src/model/llama/prefix-states.ts';
import {
  chooseProcess,
  forget,
  NO_PREFIXES,
  type PrefixMemory,
  type RoutedPrompt,
  remember,
  SHARED_UNITS_MIN,
  sharedBeginning,
} from '../../../src/model/llama/routing.ts';

const text = (words: string): IdSegment => ({ kind: 'text', text: words });
const row = (id: number): IdSegment => ({ kind: 'id', id });
const promptOf = (...segments: readonly IdSegment[]): IdPrompt => ({ form: 'raw', segments });
const routed = (prompt: IdPrompt, adapter: string | null = null): RoutedPrompt => ({
  prompt,
  adapter,
  workspace: 'test',
  reuses: true,
});

const SLOTS = 2;
const options = { slots: SLOTS, keepsStates: true, busy: new Set<IdPrompt>() };
const memoryOf = (reads: readonly RoutedPrompt[], given = options): PrefixMemory =>
  reads.reduce((memory, read) => remember(memory, read, given), NO_PREFIXES);

const LONG = {
  ru: 'Он стоял у двери, не решаясь войти, и слушал, как в доме смеются и звенят посудой, а снег всё падал на его плечи.',
  en: 'He stood at the door, not daring to enter, and listened to the laughter in the house while the snow fell on his coat.',
} as const;
const [ru, en] = [LONG.ru, LONG.en].map((words) => (last: string) => routed(promptOf(text(words), text(last)))) as [
  (last: string) => RoutedPrompt,
  (last: string) => RoutedPrompt,
];

const words = fc.string({ unit: fc.constantFrom('а', 'б', 'a', '🌲'), maxLength: 6 });
const segments = fc.array(fc.oneof(words.map(text), fc.nat(2).map(row)), { maxLength: 6 });
const prompts = segments.map((all) => promptOf(...all));

describe('what two prompts begin with alike', () => {
  /** Units one by one, by a slower way of its own; a row counts for four. */
  const units = ({ segments: all }: IdPrompt): readonly string[] =>
    all.flatMap((one) =>
      one.kind === 'text'
        ? Array.from({ length: one.text.length }, (_, i) => one.text.charAt(i))
        : [0, 1, 2, 3].map((part) => `row ${one.id} ${part}`),
    );

  test('is counted however they are divided, and from both sides the same', () => {
    fc.assert(
      fc.property(prompts, prompts, (a, b) => {
        const [left, right] = [units(a), units(b)];
        const parts = left.findIndex((unit, i) => unit !== right[i]);
        const expected = parts < 0 ? left.length : parts;
        expect(sharedBeginning(a, b)).toBe(expected);
        expect(sharedBeginning(b, a)).toBe(expected);
        expect(sharedBeginning(a, a)).toBe(left.length);
      }),
    );
  });

  test('is found in long texts to the unit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), (length) => {
        const common = LONG.ru.repeat(200).slice(0, length);
        expect(sharedBeginning(promptOf(text(`${common}x`)), promptOf(text(`${common}y${common}`)))).toBe(length);
      }),
      { numRuns: 50 },
    );
  });

  test('is nothing between a bare text and a turn of a chat', () => {
    const bare = promptOf(text(LONG.en));
    expect(sharedBeginning(bare, { ...bare, form: 'chat' })).toBe(0);
  });
});

describe('the process that a request goes to', () => {
  const processOf = fc.record({
    reads: fc.array(fc.tuple(fc.constantFrom('ru', 'en', 'none'), fc.nat(3), fc.constantFrom(null, 'lora')), {
      maxLength: 6,
    }),
    running: fc.nat(3),
    lastUsed: fc.nat(9),
  });
  const read = (kind: string, last: number, adapter: string | null): RoutedPrompt => {
    if (kind === 'none') return routed(promptOf(text(`${last}`)), adapter);
    return routed((kind === 'ru' ? ru : en)(`${last}`).prompt, adapter);
  };
  const processes = fc
    .array(processOf, { minLength: 1, maxLength: 4 })
    .map((all) =>
      all.map(({ reads, ...rest }) => ({ ...rest, memory: memoryOf(reads.map((each) => read(...each))), reads })),
    );

  test('is one of those that can take it, and none where none can', () => {
    expect(chooseProcess([], ru('а'))).toBeUndefined();
    fc.assert(
      fc.property(processes, (all) => {
        expect(all).toContain(chooseProcess(all, ru('новое')));
        expect(all).toContain(chooseProcess(all, null));
      }),
    );
  });

  test('holds its beginning in one of its sequences, where any does', () => {
    const holds = ({ memory }: { readonly memory: PrefixMemory }): boolean =>
      memory.held.some(
        ({ prompt, adapter }) => adapter === null && sharedBeginning(prompt, ru('новое').prompt) >= SHARED_UNITS_MIN,
      );
    fc.assert(
      fc.property(processes, (all) => {
        const chosen = chooseProcess(all, ru('новое'));
        if (chosen !== undefined && all.some(holds)) expect(holds(chosen)).toBe(true);
      }),
    );
  });

  test('runs least where nobody holds it, and of those has had nothing to do for longest', () => {
    fc.assert(
      fc.property(processes, (all) => {
        for (const request of [null, routed(promptOf(text('иное'))), routed(ru('новое').prompt, 'another')]) {
          const chosen = chooseProcess(all, request);
          const least = Math.min(...all.map(({ running }) => running));
          expect(chosen?.running).toBe(least);
          const latest = all.filter(({ running }) => running === least).map(({ lastUsed }) => lastUsed);
          expect(chosen?.lastUsed).toBe(Math.min(...latest));
        }
      }),
    );
  });

  test('depends on no order in which processes are asked', () => {
    fc.assert(
      fc.property(processes, (all) => {
        const distinct = all.map((one, i) => ({ ...one, lastUsed: i }));
        expect(chooseProcess(distinct.toReversed(), ru('новое'))).toBe(chooseProcess(distinct, ru('новое')));
      }),
    );
  });

  test('is not told by what was read for another workspace', () => {
    const holder = { memory: memoryOf([{ ...en('one'), workspace: 'another' }]), running: 1, lastUsed: 1 };
    const other = { memory: NO_PREFIXES, running: 0, lastUsed: 2 };
    expect(chooseProcess([holder, other], en('two'))).toBe(other);
    expect(chooseProcess([holder, other], { ...en('two'), workspace: 'another' })).toBe(holder);
  });

  test('is not told by a word or two that all texts begin with', () => {
    const common = 'The old sailor '.slice(0, SHARED_UNITS_MIN - 1);
    const holder = { memory: memoryOf([routed(promptOf(text(`${common}A`)))]), running: 1, lastUsed: 1 };
    const other = { memory: NO_PREFIXES, running: 0, lastUsed: 2 };
    expect(chooseProcess([holder, other], routed(promptOf(text(`${common}B`))))).toBe(other);
  });

  test('is the busier one where that holds the beginning', () => {
    const holder = { memory: memoryOf([en('one')]), running: 1, lastUsed: 9 };
    const other = { memory: memoryOf([ru('раз')]), running: 0, lastUsed: 1 };
    expect(chooseProcess([other, holder], en('two'))).toBe(holder);
    expect(chooseProcess([other, holder], ru('два'))).toBe(other);
  });
});

describe('what a process is expected to hold', () => {
  test('is of each adapter no more than it has sequences, the last always', () => {
    const reads = fc.array(fc.tuple(prompts, fc.constantFrom(null, 'a', 'b')), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(reads, (all) => {
        const given = all.map(([prompt, adapter]) => routed(prompt, adapter));
        const { held, recent } = memoryOf(given);
        for (const adapter of [null, 'a', 'b'])
          expect(held.filter((each) => each.adapter === adapter).length).toBeLessThanOrEqual(SLOTS);
        expect(held).toContain(given.at(-1));
        expect(recent).toEqual(given.slice(-RECENT_MAX));
      }),
    );
  });

  test('stays where another text takes an empty sequence, and goes where that continues it', () => {
    const first = en('one');
    expect(memoryOf([first, ru('раз')]).held).toContain(first);
    expect(memoryOf([first, en('two')]).held).not.toContain(first);
  });

  test('stays while it runs, whatever else comes', () => {
    const first = en('one');
    const busy = new Set([first.prompt]);
    expect(memoryOf([first, en('two')], { ...options, busy }).held).toContain(first);
    expect(memoryOf([first, ru('раз'), routed(promptOf(text('x')))], { ...options, busy }).held).toContain(first);
  });

  test('is a beginning too that two prompts had, long after other texts have taken its place', () => {
    const others = Array.from({ length: 6 }, (_, i) => routed(promptOf(text(`${i} `.repeat(200)))));
    const long = (last: string): RoutedPrompt => routed(promptOf(text(LONG.ru.repeat(3)), text(last)));
    const kept = { memory: memoryOf([long('а'), long('б'), ...others]), running: 1, lastUsed: 2 };
    const once = { memory: memoryOf([long('а'), ...others]), running: 0, lastUsed: 1 };
    expect(chooseProcess([kept, once], long('в'))).toBe(kept);
    const without = { ...options, keepsStates: false };
    const forgotten = { ...kept, memory: memoryOf([long('а'), long('б'), ...others], without) };
    expect(chooseProcess([forgotten, once], long('в'))).toBe(once);
  });

  test('is what was scored too, though that was read from no cache and takes the sequence used least lately', () => {
    const scored = { ...en('two'), reuses: false };
    const memory = memoryOf([en('one'), ru('раз'), scored]);
    expect(memory).toEqual({ held: [ru('раз'), scored], recent: [en('one'), ru('раз')] });
    const holder = { memory, running: 1, lastUsed: 2 };
    const other = { memory: NO_PREFIXES, running: 0, lastUsed: 1 };
    expect(chooseProcess([holder, other], en('three'))).toBe(holder);
    expect(chooseProcess([holder, other], { ...en('three'), reuses: false })).toBe(other);
  });

  test('is not what was never read', () => {
    const [one, two] = [en('one'), ru('раз')];
    expect(forget(memoryOf([one, two]), one.prompt)).toEqual({ held: [two], recent: [two] });
  });
});
