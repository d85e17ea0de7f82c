/**
 * A scene's rank is its place in its corpus, one integer to sort and page by: document · 2^30 + position. 2^23
 * documents of 2^30 scenes stay below 2^53.
 */
export const POSITIONS_MAX = 2 ** 30;
export const DOCUMENTS_MAX = 2 ** 23;

/** @param order which of the corpus's documents it is, in the order in which they came; never reused */
export const rankOf = (order: number, position: number): number => order * POSITIONS_MAX + position;

export const positionOf = (rank: number): number => rank % POSITIONS_MAX;
export const orderOf = (rank: number): number => Math.floor(rank / POSITIONS_MAX);

/** Above any rank of any corpus but the very last: as much as an integer holds. */
export const RANKS_END = Number.MAX_SAFE_INTEGER;
