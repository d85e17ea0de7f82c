import { createHash } from 'node:crypto';
import type { Brand } from './brand.ts';

/**
 * SHA-256 of the given parts, cut to 128 bits, as 32 lower-case hex digits. At 10¹⁰ digests the chance of any
 * collision is about 10⁻¹⁹; parts are length-prefixed, so ("ab", "c") and ("a", "bc") differ.
 */
export type Digest = Brand<string, 'Digest'>;

/** What {@link digestOf} gives: 32 lower-case hex digits. */
export const isDigest = (text: string): text is Digest => /^[0-9a-f]{32}$/u.test(text);

export const digestOf = (...parts: readonly string[]): Digest => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part);
  return hash.digest('hex').slice(0, 32) as Digest;
};
