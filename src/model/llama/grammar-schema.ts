import { z } from 'zod';
import { HypersceneError } from '../../errors.ts';
import type { JsonSchema } from '../language-model.ts';

/** Steps into one another: a grammar of more would be too large to be of use. */
const DEPTH_MAX = 16;
/** Entries of an enumeration, properties, alternatives. */
const ENTRIES_MAX = 1000;
const TEXT_MAX = 10_000;

const scalar = z.union([z.string().max(TEXT_MAX), z.number(), z.boolean(), z.null()]);
const about = { description: z.string().optional(), title: z.string().optional() };
const atMost = z.int().min(0).max(TEXT_MAX).optional();
const immutable = z.enum(['string', 'number', 'integer', 'boolean', 'null']);

const schemas: readonly z.ZodType[] = [
  z.strictObject({ const: scalar, ...about }),
  z.strictObject({ enum: z.array(scalar).min(1).max(ENTRIES_MAX), type: immutable.optional(), ...about }),
  z.strictObject({
    oneOf: z
      .array(z.lazy(() => schema))
      .min(1)
      .max(ENTRIES_MAX),
    ...about,
  }),
  z.strictObject({ type: z.literal('string'), minLength: atMost, maxLength: atMost, ...about }),
  z.strictObject({ type: z.literal('string'), format: z.enum(['date-time', 'time', 'date']), ...about }),
  z.strictObject({ type: z.union([immutable, z.array(immutable).min(1).max(5)]), ...about }),
  z.strictObject({
    type: z.literal('object'),
    properties: z
      .record(
        z.string().max(TEXT_MAX),
        z.lazy(() => schema),
      )
      .optional(),
    required: z.array(z.string()).max(ENTRIES_MAX).optional(),
    additionalProperties: z.union([z.boolean(), z.lazy(() => schema)]).optional(),
    minProperties: atMost,
    maxProperties: atMost,
    ...about,
  }),
  z.strictObject({
    type: z.literal('array'),
    items: z.lazy(() => schema).optional(),
    prefixItems: z
      .array(z.lazy(() => schema))
      .max(ENTRIES_MAX)
      .optional(),
    minItems: atMost,
    maxItems: atMost,
    ...about,
  }),
];
const schema: z.ZodType = z.lazy(() => z.union(schemas as [z.ZodType, z.ZodType, ...z.ZodType[]]));

const EXPECTED =
  'a JSON schema of type, properties, required, additionalProperties, items, prefixItems, enum, const, oneOf, format and least and most lengths';

/**
 * What a grammar can be made of: all that is asked for is obeyed, since what the library does not know it would pass over in silence.
 * @throws HypersceneError BAD_ARGUMENT
 */
export const checkGrammarSchema = (given: JsonSchema): void => {
  if (depthOf(given) > 2 * DEPTH_MAX)
    throw new HypersceneError('BAD_ARGUMENT', 'bad schema', {
      expected: `at most ${DEPTH_MAX} steps into one another`,
    });
  const { $schema: _, ...bare } = given;
  if (schema.safeParse(bare).success) return;
  throw new HypersceneError('BAD_ARGUMENT', 'bad schema', {
    expected: EXPECTED,
    came: JSON.stringify(given).slice(0, 200),
  });
};

const depthOf = (value: unknown): number => {
  let level: readonly unknown[] = [value];
  let depth = 0;
  while (level.length > 0 && depth <= 2 * DEPTH_MAX) {
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []));
    depth += 1;
  }
  return depth;
};
