/** Nearly no part holds either, and a key is made some ten times for each scene. */
const escapePart = (part: string): string =>
  part.includes('%') || part.includes('/') ? part.replaceAll('%', '%25').replaceAll('/', '%2F') : part;

/** A key of parts, joined by `/`; one within a part is escaped, lest the corpus `b/c` of `a` be the corpus `c` of `a/b`. */
export const joinKey = (...parts: readonly (string | number)[]): string =>
  parts.map((part) => escapePart(String(part))).join('/');

/** The parts that a key was joined of: `/` and `%` never stand within one as they are. */
export const keyParts = (key: string): readonly string[] =>
  key.split('/').map((part) => part.replaceAll('%2F', '/').replaceAll('%25', '%'));
