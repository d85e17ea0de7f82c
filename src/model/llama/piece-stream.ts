/**
 * What is pushed, taken one by one. It does not hold the pusher back: who pushes has a bound of his own, here the tokens that are asked
 * for, of which a context holds some thousands.
 */
export class PieceStream<Piece> {
  readonly #pieces: Piece[] = [];
  #wake: (() => void) | undefined;
  #end: { readonly error?: unknown } | undefined;

  push(piece: Piece): void {
    this.#pieces.push(piece);
    this.#wake?.();
  }

  end(): void {
    this.#end ??= {};
    this.#wake?.();
  }

  fail(error: unknown): void {
    this.#end ??= { error };
    this.#wake?.();
  }

  /** May be called once. Pieces that were pushed before a failure are given first. */
  async *taken(): AsyncGenerator<Piece, void, void> {
    for (;;) {
      const piece = this.#pieces.shift();
      if (piece !== undefined) yield piece;
      else if (this.#end !== undefined) {
        if ('error' in this.#end) throw this.#end.error;
        return;
      } else {
        const { promise, resolve } = Promise.withResolvers<void>();
        this.#wake = resolve;
        await promise;
      }
    }
  }
}
