import { SHARED_MIN } from './limits.ts';
import type { IdPrompt, IdSegment } from './messages.ts';
import { PREFIX_MIN, RECENT_MAX } from './prefix-states.ts';

/** A prompt as a cache knows it: a cache belongs to a context, and a context to an adapter. */
export interface RoutedPrompt {
  readonly prompt: IdPrompt;
  /** Path of its LoRA; null for none. */
  readonly adapter: string | null;
  /** Nothing is used again of what was read for another one. */
  readonly workspace: string;
  /** Whether it is read from a cache, too, or only left in one: of positions that are not read again there are no scores. */
  readonly reuses: boolean;
}

/** What a process can be expected to have kept of the prompts that it was given. */
export interface PrefixMemory {
  /** What its sequences hold, of each adapter as many as it has sequences; the least lately used first. */
  readonly held: readonly RoutedPrompt[];
  /** The last that it was given, the latest last: what two of them begin with alike it keeps in a file. */
  readonly recent: readonly RoutedPrompt[];
}

export const NO_PREFIXES: PrefixMemory = Object.freeze({ held: [], recent: [] });

export interface Routable {
  readonly memory: PrefixMemory;
  /** Requests that it runs. */
  readonly running: number;
  /** When it was given one last, in any unit that grows. */
  readonly lastUsed: number;
}

/** What a row counts for among UTF-16 units: a position is some four letters of English. */
const ROW_UNITS = 4;
/**
 * Units below which a beginning decides nothing: some {@link SHARED_MIN} positions, a quarter of what SmolLM2-135M reads in 150 ms on two
 * cores; and every other text begins with `The`.
 */
export const SHARED_UNITS_MIN = SHARED_MIN * ROW_UNITS;
/** What is kept in files is longer. */
const KEPT_UNITS_MIN = PREFIX_MIN * ROW_UNITS;

/**
 * Of processes that can take a request now: the one that holds most of the beginning of its prompt, if that is worth anything; among equals
 * the one that runs least, and then the one that has had nothing to do for longest, so that what others hold stays. Nobody waits for
 * a process that holds its beginning while another is free: reading again costs less than a turn.
 * @param request null where nothing is to be had of a cache
 */
export const chooseProcess = <Process extends Routable>(
  able: readonly Process[],
  request: RoutedPrompt | null,
): Process | undefined => {
  let best: { readonly process: Process; readonly shared: number } | undefined;
  for (const process of able) {
    const shared = request === null || !request.reuses ? 0 : sharedUnits(process.memory, request);
    if (best === undefined || isBetter({ process, shared }, best)) best = { process, shared };
  }
  return best?.process;
};

interface Ranked {
  readonly process: Routable;
  readonly shared: number;
}

const isBetter = (a: Ranked, b: Ranked): boolean => {
  if (a.shared !== b.shared) return a.shared > b.shared;
  if (a.process.running !== b.process.running) return a.process.running < b.process.running;
  return a.process.lastUsed < b.process.lastUsed;
};

/** Units of the beginning that a process need not read again; 0 below {@link SHARED_UNITS_MIN}. */
const sharedUnits = ({ held, recent }: PrefixMemory, request: RoutedPrompt): number => {
  const most = Math.max(0, ...sharedWith(held, request));
  const [, second = 0] = sharedWith(recent, request).toSorted((a, b) => b - a);
  const units = Math.max(most, second >= KEPT_UNITS_MIN ? second : 0);
  return units >= SHARED_UNITS_MIN ? units : 0;
};

const sharedWith = (
  prompts: readonly RoutedPrompt[],
  { prompt, adapter, workspace }: RoutedPrompt,
): readonly number[] =>
  prompts
    .filter((each) => each.adapter === adapter && each.workspace === workspace)
    .map((each) => sharedBeginning(each.prompt, prompt));

export interface RememberOptions {
  /** Sequences of a context. */
  readonly slots: number;
  /** Whether states of beginnings are kept in files. */
  readonly keepsStates: boolean;
  /** Prompts that still run, whose sequences nobody else gets. */
  readonly busy: ReadonlySet<IdPrompt>;
}

/** What it is expected to hold once it has read another: as its sequences are taken, see {@link ./sequences.ts}. */
export const remember = (
  { held, recent }: PrefixMemory,
  read: RoutedPrompt,
  { slots, keepsStates, busy }: RememberOptions,
): PrefixMemory => ({
  held: [...without(held, replaced(held, read, { slots, busy })), read],
  recent: keepsStates && read.reuses ? [...recent, read].slice(-RECENT_MAX) : recent,
});

const replaced = (
  held: readonly RoutedPrompt[],
  read: RoutedPrompt,
  { slots, busy }: Pick<RememberOptions, 'slots' | 'busy'>,
): RoutedPrompt | undefined => {
  const same = held.filter(({ adapter }) => adapter === read.adapter);
  const free = same.filter(({ prompt }) => !busy.has(prompt));
  let best: { readonly one: RoutedPrompt; readonly shared: number } | undefined;
  for (const one of read.reuses ? free : []) {
    if (one.workspace !== read.workspace) continue;
    const shared = sharedBeginning(one.prompt, read.prompt);
    if (shared >= SHARED_UNITS_MIN && shared > (best?.shared ?? 0)) best = { one, shared };
  }
  if (best !== undefined) return best.one;
  return same.length < slots ? undefined : free[0];
};

/** What is known of a prompt that was never read. */
export const forget = ({ held, recent }: PrefixMemory, prompt: IdPrompt): PrefixMemory => ({
  held: held.filter((each) => each.prompt !== prompt),
  recent: recent.filter((each) => each.prompt !== prompt),
});

const without = <Item>(items: readonly Item[], item: Item | undefined): readonly Item[] =>
  items.filter((each) => each !== item);

/** UTF-16 units that two prompts begin with alike, however they are divided; a row counts for {@link ROW_UNITS}. */
export const sharedBeginning = (a: IdPrompt, b: IdPrompt): number => {
  if (a.form !== b.form) return 0;
  const [left, right] = [
    { segment: 0, unit: 0 },
    { segment: 0, unit: 0 },
  ];
  const [those, others] = [a.segments.filter(holdsAny), b.segments.filter(holdsAny)];
  let shared = 0;
  while (true) {
    const one = those[left.segment];
    const other = others[right.segment];
    if (one === undefined || other === undefined) return shared;
    if (one.kind === 'text' && other.kind === 'text') {
      const alike = sharedText(one.text.slice(left.unit), other.text.slice(right.unit));
      shared += alike;
      const isOver = [advance(left, alike, one.text), advance(right, alike, other.text)];
      if (!isOver.includes(true)) return shared;
      continue;
    }
    if (one.kind !== 'id' || other.kind !== 'id' || one.id !== other.id) return shared;
    shared += ROW_UNITS;
    left.segment += 1;
    right.segment += 1;
  }
};

const holdsAny = (segment: IdSegment): boolean => segment.kind === 'id' || segment.text !== '';

/** @returns whether the text is over, and the next segment's turn */
const advance = (at: { segment: number; unit: number }, units: number, text: string): boolean => {
  at.unit += units;
  if (at.unit < text.length) return false;
  at.segment += 1;
  at.unit = 0;
  return true;
};

/** Units that are compared at once, at the speed of memory: prompts may have a million. */
const STRETCH = 4096;

const sharedText = (a: string, b: string): number => {
  const most = Math.min(a.length, b.length);
  let alike = 0;
  while (alike + STRETCH <= most && a.slice(alike, alike + STRETCH) === b.slice(alike, alike + STRETCH))
    alike += STRETCH;
  while (alike < most && a.charCodeAt(alike) === b.charCodeAt(alike)) alike += 1;
  return alike;
};
