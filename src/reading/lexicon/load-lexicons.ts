import { readFile } from 'node:fs/promises';
import { HypersceneError } from '../../errors.ts';
import {
  ARCHETYPES,
  type ArchetypeKey,
  ATMOSPHERES,
  type AtmosphereKey,
  TENSIONS,
  type TensionKey,
} from '../../scene/inventory.ts';
import { type Lexicons, parseLexicons } from './lexicon.ts';

/**
 * Classes of words that rules ask for.
 *
 * - `posture`: staying in a place or position, or gazing (Levin 1993, classes 30.3, 47.6, 50, 53.1)
 * - `speech`, `noise`: what ends a silence
 * - `motion`: a change of place that the agent makes
 * - `idiom`: phrases that are not what their first word is (look for)
 * - `withhold`: words whose complement does not come about (afraid to, refuse to)
 * - `time`: nouns that say when
 * - `part`: nouns that name a part of a place (edge, край), so that the place is the noun after them
 * - `vague`: nouns that are no context by themselves
 * - `person`: living beings; `male`, `female`: those that `he`, `she` take up in English (Russian nouns tell it)
 * - `body`: parts of a person, which act for no one else
 * - `passage`: what leads somewhere, so that the place it leads to is not the place of the scene
 */
export const WORD_CLASSES = [
  'posture',
  'speech',
  'noise',
  'motion',
  'idiom',
  'withhold',
  'time',
  'part',
  'vague',
  'person',
  'male',
  'female',
  'body',
  'passage',
] as const;
export type WordClass = (typeof WORD_CLASSES)[number];

export interface ReadingLexicons {
  readonly tension: Lexicons<TensionKey>;
  readonly archetype: Lexicons<ArchetypeKey>;
  readonly atmosphere: Lexicons<AtmosphereKey>;
  readonly classes: Lexicons<WordClass>;
}

const keysOf = <Key extends string>(inventory: Readonly<Record<Key, unknown>>): ReadonlySet<Key> =>
  new Set(Object.keys(inventory) as Key[]);

const read = async (name: string): Promise<{ readonly name: string; readonly text: string }> => {
  try {
    return { name, text: await readFile(new URL(name, import.meta.url), 'utf8') };
  } catch (cause) {
    throw new HypersceneError('MISSING_ASSET', 'a lexicon cannot be read', {
      expected: `${name} beside the reader, as it was shipped`,
      came: cause instanceof Error ? cause.message : String(cause),
      cause,
    });
  }
};

/** @throws HypersceneError MISSING_ASSET, or INTERNAL for a file that is not of the form {@link parseLexicons} reads */
export const loadLexicons = async (): Promise<ReadingLexicons> => {
  const [tension, gesture, archetype, atmosphere, classes] = await Promise.all([
    read('tension.txt'),
    read('gesture.txt'),
    read('archetype.txt'),
    read('atmosphere.txt'),
    read('word-classes.txt'),
  ]);
  return {
    tension: parseLexicons([tension, gesture], keysOf<TensionKey>(TENSIONS)),
    archetype: parseLexicons([archetype], keysOf<ArchetypeKey>(ARCHETYPES)),
    atmosphere: parseLexicons([atmosphere], keysOf<AtmosphereKey>(ATMOSPHERES)),
    classes: parseLexicons([classes], new Set(WORD_CLASSES)),
  };
};
