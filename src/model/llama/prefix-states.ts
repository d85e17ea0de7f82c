import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { LlamaContextSequence, Token } from 'node-llama-cpp';

/** A prompt, and the workspace that it is of: nobody else's states are used for it. */
export interface OwnedPrompt {
  readonly workspace: string;
  readonly tokens: readonly Token[];
}

interface Kept extends OwnedPrompt {
  readonly file: string;
  readonly bytes: number;
  /** Sequences that are being set to it. */
  loading: number;
  /** It has made room for others: its file goes when nobody loads it. */
  isDropped: boolean;
}

/** Prompts whose beginnings are compared. */
export const RECENT_MAX = 32;
/** Below, reading it again costs less than it is worth: SmolLM2-135M reads 64 positions in 150 ms on two cores. */
export const PREFIX_MIN = 64;

/**
 * States of beginnings that several prompts share, in files, the least lately used of which go first. A beginning is kept as soon as a second
 * prompt has it.
 */
export class PrefixStates {
  readonly #folder: string;
  readonly #bytesMax: number;
  readonly #recent: OwnedPrompt[] = [];
  /** The least lately used first. */
  #kept: readonly Kept[] = [];
  #count = 0;

  constructor({ folder, bytesMax }: { readonly folder: string; readonly bytesMax: number }) {
    this.#folder = folder;
    this.#bytesMax = bytesMax;
  }

  get bytes(): number {
    return this.#kept.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Where the prompt is to be kept up to: what it shares with one before, if no state has nearly as much; 0 for nowhere. */
  worthKeeping(prompt: OwnedPrompt): number {
    if (this.#bytesMax === 0) return 0;
    const shared = this.#recent.reduce((most, other) => Math.max(most, sharedPositions(prompt, other)), 0);
    this.#recent.push(prompt);
    if (this.#recent.length > RECENT_MAX) this.#recent.shift();
    // The last token is always read, so that there is something to go on from.
    const length = Math.min(shared, prompt.tokens.length - 1);
    return length - this.#longest(prompt).length >= PREFIX_MIN ? length : 0;
  }

  /**
   * Sets the sequence, which holds nothing of others, to the longest kept beginning of the prompt, if that is longer than what it shares with it.
   * @throws whatever the library does where the file is damaged or gone, which is then forgotten; the sequence is of no use any more
   */
  async restore(sequence: LlamaContextSequence, prompt: OwnedPrompt): Promise<void> {
    const { kept, length } = this.#longest(prompt);
    if (kept === undefined || length < PREFIX_MIN) return;
    if (length <= sharedLength(prompt.tokens, sequence.contextTokens)) return;
    kept.loading += 1;
    try {
      await checkWhole(kept);
      await sequence.loadStateFromFile(kept.file, { acceptRisk: true });
      if (!kept.isDropped) this.#kept = [...this.#kept.filter((each) => each !== kept), kept];
    } catch (error) {
      this.#kept = this.#kept.filter((each) => each !== kept);
      kept.isDropped = true;
      throw error;
    } finally {
      kept.loading -= 1;
      await removeUnused(kept);
    }
  }

  async keep(sequence: LlamaContextSequence, workspace: string): Promise<void> {
    const file = join(this.#folder, `${this.#count++}.state`);
    const tokens = sequence.contextTokens;
    const { fileSize: bytes } = await sequence.saveStateToFile(file);
    this.#kept = [...this.#kept, { workspace, tokens, file, bytes, loading: 0, isDropped: false }];
    while (this.bytes > this.#bytesMax) {
      const [oldest, ...rest] = this.#kept;
      if (oldest === undefined) break;
      this.#kept = rest;
      oldest.isDropped = true;
      await removeUnused(oldest);
    }
  }

  #longest(prompt: OwnedPrompt): { readonly kept?: Kept; readonly length: number } {
    let best: { readonly kept?: Kept; readonly length: number } = { length: 0 };
    for (const kept of this.#kept) {
      const length = sharedPositions(prompt, kept);
      if (length > best.length) best = { kept, length };
    }
    return best;
  }
}

/** llama.cpp ends the process on a file that is cut off. */
const checkWhole = async ({ file, bytes }: Kept): Promise<void> => {
  const { size } = await stat(file);
  if (size !== bytes) throw new Error(`${file} has ${size} bytes in place of ${bytes}`);
};

const removeUnused = async ({ file, loading, isDropped }: Kept): Promise<void> => {
  if (isDropped && loading === 0) await rm(file, { force: true });
};

const sharedPositions = (a: OwnedPrompt, b: OwnedPrompt): number =>
  a.workspace === b.workspace ? sharedLength(a.tokens, b.tokens) : 0;

/** How many tokens two begin with alike. */
export const sharedLength = (a: readonly Token[], b: readonly Token[]): number => {
  const most = Math.min(a.length, b.length);
  let length = 0;
  while (length < most && a[length] === b[length]) length += 1;
  return length;
};
