import { buildSchema, parse, validate } from 'graphql';
import { z } from 'zod';
import { readSchema } from '../../src/api/schema.ts';
import { TOOLS } from '../../src/mcp/tools.ts';

const READING = [
  'activate',
  'assemble',
  'bundle',
  'complete',
  'corpora',
  'expand',
  'model',
  'model_budget',
  'occurrences',
  'predict_next',
  'read_scenes',
  'score',
  'search',
];
const CHANGING = ['collapse', 'read'];

test('every tool asks for what the schema has', async () => {
  const schema = buildSchema((await readSchema()).join('\n'));
  for (const { name, operation } of TOOLS)
    expect([name, validate(schema, parse(operation)).map(({ message }) => message)]).toEqual([name, []]);
});

test('tools that change something say so, and only they', () => {
  const reading = TOOLS.filter(({ annotations }) => annotations.readOnlyHint === true).map(({ name }) => name);
  const changing = TOOLS.filter(({ annotations }) => annotations.readOnlyHint === false);
  expect(reading.sort()).toEqual(READING);
  expect(changing.map(({ name }) => name).sort()).toEqual(CHANGING);
  for (const { annotations } of changing)
    expect(annotations).toMatchObject({ destructiveHint: true, idempotentHint: true });
  // A completion is a mutation to GraphQL, though it changes nothing of the graph.
  const mutations = [...CHANGING, 'complete'];
  for (const { name, operation } of TOOLS) expect(operation.startsWith('mutation')).toBe(mutations.includes(name));
});

test('every argument is described', () => {
  for (const { name, input } of TOOLS)
    for (const [argument, { description = '' }] of Object.entries(propertiesOf(input)))
      expect(`${name}.${argument}: ${description.length > 8}`).toBe(`${name}.${argument}: true`);
});

const propertiesOf = (input: z.ZodObject): Readonly<Record<string, { readonly description?: string }>> =>
  z.toJSONSchema(input, { io: 'input' }).properties as Record<string, { readonly description?: string }>;
