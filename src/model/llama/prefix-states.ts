import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { LlamaContextSequence, Token } from 'node-llama-cpp';

interface Kept {
  readonly tokens: readonly Token[];
  readonly file: string;
  readonly bytes: number;
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
  readonly #recent: (readonly Token[])[] = [];
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

  /** Where the prompt is to be kept up to: what it shares with one before, and no state has yet; 0 for nowhere. */
  worthKeeping(tokens: readonly Token[]): number {
    if (this.#bytesMax === 0) return 0;
    const shared = this.#recent.reduce((most, other) => Math.max(most, sharedLength(tokens, other)), 0);
    this.#recent.push(tokens);
    if (this.#recent.length > RECENT_MAX) this.#recent.shift();
    // The last token is always read, so that there is something to go on from.
    const length = Math.min(shared, tokens.length - 1);
    return length >= PREFIX_MIN && this.#longest(tokens).length < length ? length : 0;
  }

  /** Sets the sequence to the longest kept beginning of the prompt, if that is longer than what the sequence shares with it. */
  async restore(sequence: LlamaContextSequence, tokens: readonly Token[]): Promise<void> {
    const { kept, length } = this.#longest(tokens);
    if (kept === undefined || length < PREFIX_MIN) return;
    if (length <= sharedLength(tokens, sequence.contextTokens)) return;
    await sequence.loadStateFromFile(kept.file, { acceptRisk: true });
    this.#kept = [...this.#kept.filter((each) => each !== kept), kept];
  }

  async keep(sequence: LlamaContextSequence): Promise<void> {
    const file = join(this.#folder, `${this.#count++}.state`);
    const tokens = sequence.contextTokens;
    const { fileSize: bytes } = await sequence.saveStateToFile(file);
    this.#kept = [...this.#kept, { tokens, file, bytes }];
    while (this.bytes > this.#bytesMax) {
      const [oldest, ...rest] = this.#kept;
      if (oldest === undefined) break;
      this.#kept = rest;
      await rm(oldest.file, { force: true });
    }
  }

  #longest(tokens: readonly Token[]): { readonly kept?: Kept; readonly length: number } {
    let best: { readonly kept?: Kept; readonly length: number } = { length: 0 };
    for (const kept of this.#kept) {
      const length = sharedLength(tokens, kept.tokens);
      if (length > best.length) best = { kept, length };
    }
    return best;
  }
}

/** How many tokens two begin with alike. */
export const sharedLength = (a: readonly Token[], b: readonly Token[]): number => {
  const most = Math.min(a.length, b.length);
  let length = 0;
  while (length < most && a[length] === b[length]) length += 1;
  return length;
};
