import { readFile } from 'node:fs/promises';
import { generate } from '@graphql-codegen/cli';
import {
  buildASTSchema,
  type DocumentNode,
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isSpecifiedScalarType,
  parse,
} from 'graphql';
import { config } from '../../codegen.ts';
import { enumValues } from '../../src/api/enum-values.ts';
import { resolvers } from '../../src/api/resolvers.ts';
import { readSchema } from '../../src/api/schema.ts';

const GENERATED = ['src/api/generated/resolver-types.ts', 'src/client/generated/operations.ts'];

const schemaTypes = async (): Promise<readonly GraphQLNamedType[]> => {
  const definitions = (await readSchema()).flatMap((text) => parse(text).definitions);
  // `extend type` once in each file of a subject: the definitions merge by building and then extending.
  const base = definitions.filter(({ kind }) => !kind.endsWith('Extension'));
  const { extendSchema } = await import('graphql');
  const schema = extendSchema(buildASTSchema({ kind: 'Document', definitions: base } as DocumentNode), {
    kind: 'Document',
    definitions: definitions.filter(({ kind }) => kind.endsWith('Extension')),
  } as DocumentNode);
  return Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
};

test('the generated types are those of the schema and of the client’s operations', async () => {
  const files = (await generate({ ...config, silent: true }, false)) as readonly {
    filename: string;
    content: string;
  }[];
  expect(files.map(({ filename }) => filename)).toEqual(GENERATED);
  for (const { filename, content } of files) expect(content).toBe(await readFile(filename, 'utf8'));
});

test('every type, field, argument and value has a description', async () => {
  const bare: string[] = [];
  const check = (place: string, { description }: { readonly description?: string | null | undefined }): void => {
    if (!description) bare.push(place);
  };
  for (const type of (await schemaTypes()).filter((each) => !isSpecifiedScalarType(each))) {
    check(type.name, type);
    if (isEnumType(type)) for (const value of type.getValues()) check(`${type.name}.${value.name}`, value);
    if (isInputObjectType(type))
      for (const field of Object.values(type.getFields())) check(`${type.name}.${field.name}`, field);
    if (isObjectType(type) || isInterfaceType(type))
      for (const field of Object.values(type.getFields())) {
        check(`${type.name}.${field.name}`, field);
        for (const argument of field.args) check(`${type.name}.${field.name}(${argument.name})`, argument);
      }
  }
  expect(bare).toEqual([]);
});

test('a resolver stands for a field of the schema', async () => {
  const types = new Map((await schemaTypes()).map((type) => [type.name, type]));
  for (const part of resolvers)
    for (const [name, fields] of Object.entries(part)) {
      const type = types.get(name);
      expect([name, type !== undefined]).toEqual([name, true]);
      if (isObjectType(type))
        expect(Object.keys(type.getFields())).toEqual(expect.arrayContaining(Object.keys(fields)));
    }
});

test('every enum of the domain has each of its values', async () => {
  const enums = (await schemaTypes()).filter(isEnumType);
  for (const [name, values] of Object.entries(enumValues)) {
    const written = enums
      .find((type) => type.name === name)
      ?.getValues()
      .map((value) => value.name);
    expect(written?.toSorted()).toEqual(Object.keys(values).toSorted());
  }
});
