import { buildSchema, getIntrospectionQuery, graphqlSync, type IntrospectionQuery } from 'graphql';
import { introspectionSizes } from '../../src/api/introspection-sizes.ts';
import { readSchema } from '../../src/api/schema.ts';

test('sizes are what introspection of the schema gives on average of all types', async () => {
  const schema = buildSchema((await readSchema()).join('\n'));
  const { data } = graphqlSync({ schema, source: getIntrospectionQuery() });
  const { types, directives } = (data as unknown as IntrospectionQuery).__schema;
  const fields = types.flatMap((type) => ('fields' in type ? (type.fields ?? []) : []));
  const sizes = introspectionSizes(schema);
  expect(sizes.get('__Schema.types')).toBe(types.length);
  expect(sizes.get('__Schema.directives')).toBe(directives.length);
  expect(sizes.get('__Type.fields')).toBeCloseTo(fields.length / types.length, 10);
  expect(fields.length).toBeGreaterThan(types.length);
});

test('a list counts as one at least, so that what stands below it is counted', () => {
  const sizes = introspectionSizes(buildSchema('type Query { a: Int }'));
  for (const field of ['__Type.fields', '__Field.args', '__Type.inputFields', '__Type.enumValues'])
    expect(sizes.get(field)).toBeGreaterThanOrEqual(1);
});
