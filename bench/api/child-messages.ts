/** What a measured server's process tells of itself. */
export interface Figures {
  /** Statements sent to the store since it was opened; none of the bare server. */
  readonly storeReads: number;
  readonly storeWrites: number;
  /** CPU time of the thread that answers, ms. */
  readonly threadMs: number;
  /** CPU time of the whole process, ms. */
  readonly processMs: number;
  /** The longest that the event loop was held since it was last asked, ms. */
  readonly heldMs: number;
  readonly rssMb: number;
  readonly heapMb: number;
  /** Memory of the heap's objects outside of it: buffers above all. */
  readonly externalMb: number;
}

/** `forget`: whatever look-ups are kept is dropped, as by a write. */
export type Command = 'figures' | 'collect' | 'forget' | 'stop';

export interface Request {
  readonly id: number;
  readonly command: Command;
}

export type Message =
  | { readonly type: 'listens'; readonly url: string }
  | { readonly type: 'figures'; readonly id: number; readonly figures: Figures };
