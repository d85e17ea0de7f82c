/** `ENOENT` and the like; null for an error without. Not by `instanceof`: errors of Node may be of another realm. */
export const systemCode = (error: unknown): string | null =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : null;
