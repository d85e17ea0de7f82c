import { z } from 'zod';
import { whole } from './whole.ts';

/** Arguments that several tools take. */
export const corpusInput = z.string().describe('Name of the corpus, as `corpora` lists it.');

export const labelsInput = z
  .enum(['RU', 'EN'])
  .default('RU')
  .describe('Language of hyperlexemes and labels, whatever language the text is in.');

export const firstInput = (fallback: number, what: string) =>
  whole()
    .min(1)
    .default(fallback)
    .describe(`How many ${what} at once: 1 to the page limit of the installation, which is 200 unless set otherwise.`);

export const afterInput = z
  .string()
  .optional()
  .describe('To go on: `next` of the page before, as it came, with all other arguments as they were.');

export const refInput = z.string().describe('An occurrence, code and ordinal: Δ14:7. D14:7 is read as well.');

export const sourceInputs = {
  query: z
    .string()
    .optional()
    .describe(
      'A text of at most 1000 characters: a question, a scene, a mood. Read as scenes are. E.g. "he waits at the door, afraid" or "тихая тоска перед дождём".',
    ),
  code: z.string().optional().describe('A code, Δ14: all places in the corpus where it stands.'),
  occurrence: z.string().optional().describe('An occurrence, Δ14:7: its scenes.'),
  scene: z.string().optional().describe('One scene: its `key`, 32 hex digits.'),
  corpus: z
    .string()
    .optional()
    .describe('Name of the corpus. Needed with `query` and `code`; an occurrence and a scene have theirs.'),
  limit: whole()
    .min(1)
    .describe('How many activated scenes: 1 to the page limit of the installation, which is 200 unless set otherwise.'),
  budget: whole()
    .optional()
    .describe(
      'Scenes whose couplings may be read: 1 to 2000, 400 unless given. Higher reaches further and takes longer.',
    ),
} as const;

interface GivenSource {
  readonly query?: string | undefined;
  readonly code?: string | undefined;
  readonly occurrence?: string | undefined;
  readonly scene?: string | undefined;
}

/** Whether exactly one is given is the API's to say. */
export const sourceVariable = ({ query, code, occurrence, scene }: GivenSource): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries({ query, code, occurrence, scene }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
