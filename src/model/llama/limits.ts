/** Contexts of several sequences that a process has at once: that of one adapter while another's is being used. */
export const SHARED_CONTEXTS_MAX = 2;
/** Positions of a beginning below which a cache is not worth looking for: the next text begins with the same mark and the same `The`. */
export const SHARED_MIN = 16;
