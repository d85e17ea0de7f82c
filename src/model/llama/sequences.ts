import type { LlamaContext, LlamaContextSequence, Token } from 'node-llama-cpp';
import { checkCancelled } from '../../errors.ts';
import { SHARED_MIN } from './limits.ts';
import { type OwnedPrompt, PrefixStates, sharedLength } from './prefix-states.ts';
import type { SpentSamplers } from './spent-samplers.ts';

/** Positions that are read at once: what a cancel waits for at most, some 0.6 s with SmolLM2-135M on two cores. */
export const CHUNK = 256;

interface Slot {
  sequence: LlamaContextSequence;
  /** Of which it holds something. */
  workspace: string | null;
  isTaken: boolean;
  lastUsed: number;
}

/** A prompt that has been read up to its last token, and where. */
export interface ReadPrompt {
  readonly sequence: LlamaContextSequence;
  /** What is left to evaluate: the last token. */
  readonly last: Token;
  /** Positions that stood in a cache. */
  readonly cached: number;
}

/**
 * A context and its sequences. Each request takes that one of the free which holds most of the beginning of its prompt, or where that is
 * little the one that was used least lately: a prompt that begins with the same word as another is no reason to forget that one.
 */
export class Sequences {
  readonly context: LlamaContext;
  readonly #slots: readonly Slot[];
  readonly #states: PrefixStates;
  readonly #spent: SpentSamplers;
  #uses = 0;

  constructor(
    context: LlamaContext,
    prefixes: { readonly folder: string; readonly bytesMax: number },
    spent: SpentSamplers,
  ) {
    this.context = context;
    this.#spent = spent;
    this.#slots = Array.from({ length: context.totalSequences }, () => ({
      sequence: context.getSequence(),
      workspace: null,
      isTaken: false,
      lastUsed: 0,
    }));
    this.#states = new PrefixStates(prefixes);
  }

  get running(): number {
    return this.#slots.filter(({ isTaken }) => isTaken).length;
  }

  /**
   * Reads all but the prompt's last token and hands the sequence to `use`; it is given back whatever comes.
   * @param fromEmpty what the sequence holds is forgotten first, and nothing of this one is kept
   * @throws HypersceneError CANCELLED between two chunks
   */
  async read<Result>(
    prompt: OwnedPrompt,
    { signal, fromEmpty }: { readonly signal: AbortSignal; readonly fromEmpty: boolean },
    use: (prompt: ReadPrompt) => Promise<Result>,
  ): Promise<Result> {
    const slot = this.#take(prompt);
    const { tokens, workspace } = prompt;
    try {
      if (fromEmpty || slot.workspace !== workspace) await slot.sequence.clearHistory();
      slot.workspace = workspace;
      if (!fromEmpty) await this.#restore(slot, prompt);
      const { sequence } = slot;
      await sequence.adaptStateToTokens(tokens.slice(0, -1), false);
      const cached = sequence.nextTokenIndex;
      const kept = fromEmpty ? 0 : this.#states.worthKeeping(prompt);
      if (kept > 0) {
        await this.#readChunks(sequence, tokens.slice(cached, kept), signal);
        // It holds all of it, or as much as the prompt shares with what it held before.
        await this.#states.keep(sequence, workspace).catch(tellOfState);
      }
      await this.#readChunks(sequence, tokens.slice(Math.max(cached, kept), -1), signal);
      return await use({ sequence, last: tokens[tokens.length - 1] as Token, cached });
    } finally {
      slot.isTaken = false;
      slot.lastUsed = ++this.#uses;
    }
  }

  /** What a state would save is read anew where it cannot be loaded. */
  async #restore(slot: Slot, prompt: OwnedPrompt): Promise<void> {
    try {
      await this.#states.restore(slot.sequence, prompt);
    } catch (error) {
      tellOfState(error);
      // What the library holds of it and what llama.cpp does may be two things now.
      await slot.sequence.dispose();
      slot.sequence = this.context.getSequence();
    }
  }

  #take({ tokens, workspace }: OwnedPrompt): Slot {
    const free = this.#slots.filter(({ isTaken }) => !isTaken);
    let best: { readonly slot: Slot; readonly shared: number } | undefined;
    for (const slot of free) {
      const length = slot.workspace === workspace ? sharedLength(tokens, slot.sequence.contextTokens) : 0;
      const shared = length < SHARED_MIN ? 0 : length;
      const isBetter =
        best === undefined || shared > best.shared || (shared === best.shared && slot.lastUsed < best.slot.lastUsed);
      if (isBetter) best = { slot, shared };
    }
    if (best === undefined) throw new Error('more was asked for than there are sequences');
    best.slot.isTaken = true;
    return best.slot;
  }

  async #readChunks(sequence: LlamaContextSequence, tokens: readonly Token[], signal: AbortSignal): Promise<void> {
    for (let at = 0; at < tokens.length; at += CHUNK) {
      checkCancelled({ signal });
      this.#spent.add();
      await sequence.evaluateWithoutGeneratingNewTokens(tokens.slice(at, at + CHUNK));
    }
    checkCancelled({ signal });
  }
}

/** Told where the process prints: nobody's answer depends on it. */
const tellOfState = (error: unknown): void => {
  process.stderr.write(`a kept beginning was of no use: ${error instanceof Error ? error.message : String(error)}\n`);
};
