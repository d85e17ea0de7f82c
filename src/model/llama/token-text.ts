import type { LlamaModel, Token } from 'node-llama-cpp';
import type { TaskPiece } from './messages.ts';

/** Tokens of one character at most: 4 bytes, each of them a token. */
const CHARACTER_TOKENS_MAX = 4;
/** Tokens before, by which a tokenizer decides on a leading space. */
const CONTEXT_TOKENS = 4;
const CUT_CHARACTER = /\uFFFD$/u;

/**
 * Text out of tokens as they come: bytes are kept back until they are whole characters, and text that may begin a stop text until it is
 * known whether it does.
 */
export class TokenText {
  readonly #model: LlamaModel;
  readonly #firstRow: number;
  readonly #stop: readonly string[];
  readonly #before: Token[] = [];
  #pending: Token[] = [];
  #held = '';
  #all = '';
  #stopped = false;

  /** @param firstRow id from which tokens are rows */
  constructor(model: LlamaModel, firstRow: number, stop: readonly string[]) {
    this.#model = model;
    this.#firstRow = firstRow;
    this.#stop = stop.filter((text) => text !== '');
  }

  /** A stop text came; nothing more is given. */
  get stopped(): boolean {
    return this.#stopped;
  }

  /** All text that came, given or kept back as it may be. */
  get all(): string {
    return this.#all;
  }

  add(token: Token): readonly TaskPiece[] {
    if (token >= this.#firstRow) {
      const pieces = [...this.#decode(true), { kind: 'id', id: token } as const];
      return this.#stopped ? pieces.slice(0, -1) : pieces;
    }
    this.#pending.push(token);
    return this.#decode(false);
  }

  end(): readonly TaskPiece[] {
    return this.#decode(true);
  }

  #decode(isLast: boolean): readonly TaskPiece[] {
    if (this.#stopped) return [];
    if (this.#pending.length > 0) {
      const text = this.#model.detokenize(this.#pending, false, this.#before);
      if (isLast || !CUT_CHARACTER.test(text) || this.#pending.length >= CHARACTER_TOKENS_MAX) {
        this.#held += text;
        this.#all += text;
        this.#before.push(...this.#pending);
        this.#before.splice(0, this.#before.length - CONTEXT_TOKENS);
        this.#pending = [];
      }
    }
    const given = this.#take(isLast);
    return given === '' ? [] : [{ kind: 'text', text: given }];
  }

  #take(isLast: boolean): string {
    const stops = this.#stop.map((text) => this.#held.indexOf(text)).filter((at) => at >= 0);
    if (stops.length > 0) {
      this.#stopped = true;
      return this.#held.slice(0, Math.min(...stops));
    }
    const kept = isLast ? 0 : heldBack(this.#held, this.#stop);
    const given = this.#held.slice(0, this.#held.length - kept);
    this.#held = this.#held.slice(given.length);
    return given;
  }
}

/** UTF-16 units at the end of a text that begin one of the others. */
export const heldBack = (text: string, stop: readonly string[]): number => {
  let most = 0;
  for (const each of stop)
    for (let length = Math.min(each.length - 1, text.length); length > most; length -= 1)
      if (text.endsWith(each.slice(0, length))) {
        most = length;
        break;
      }
  return most;
};
