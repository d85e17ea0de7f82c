import { HypersceneError } from '../errors.ts';

/**
 * Longest key in UTF-16 code units that nodes are looked up by. Neo4j indexes 8 kB of a property: with workspace and
 * corpus before it, each up to 255 units of 3 bytes, a key of 1,000 units of 3 bytes takes 4.6. The embedded engine takes any.
 */
export const KEY_LENGTH_MAX = 1000;

/** @throws HypersceneError BAD_ARGUMENT */
export const checkKey = (what: string, key: string): void => {
  const refuse = (came: string): never => {
    throw new HypersceneError('BAD_ARGUMENT', `bad ${what}`, {
      expected: `1 to ${KEY_LENGTH_MAX} characters of well-formed Unicode`,
      came,
    });
  };
  if (key.length === 0 || key.length > KEY_LENGTH_MAX) refuse(`${key.length} characters`);
  if (!key.isWellFormed()) refuse('a lone surrogate');
};

/** What is looked up as it comes: no engine takes half a surrogate pair. @throws HypersceneError BAD_ARGUMENT */
export const checkWellFormed = (what: string, texts: readonly string[]): void => {
  if (texts.every((text) => text.isWellFormed())) return;
  throw new HypersceneError('BAD_ARGUMENT', `bad ${what}`, {
    expected: 'well-formed Unicode',
    came: 'a lone surrogate',
  });
};
