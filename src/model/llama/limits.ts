/** Contexts of several sequences that a process has at once: that of one adapter while another's is being used. */
export const SHARED_CONTEXTS_MAX = 2;
