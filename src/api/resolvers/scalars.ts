import { GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { HypersceneError } from '../../errors.ts';
import {
  type Code,
  code,
  formatCode,
  formatOccurrence,
  type OccurrenceRef,
  parseCode,
} from '../../scene/hypertoken.ts';
import type { Resolvers } from '../generated/resolver-types.ts';

/** @throws HypersceneError BAD_CODE */
const readCode = (value: unknown): Code => {
  if (typeof value === 'number') return code(value);
  const parsed = parseCode(String(value));
  if (parsed.ordinal !== null)
    throw new HypersceneError('BAD_CODE', 'bad code', {
      expected: 'Δ14',
      came: formatOccurrence({ ...parsed, ordinal: parsed.ordinal }),
    });
  return parsed.code;
};

/** @throws HypersceneError BAD_CODE */
const readOccurrence = (value: unknown): OccurrenceRef => {
  const { code: of, ordinal } = parseCode(String(value));
  if (ordinal === null)
    throw new HypersceneError('BAD_CODE', 'bad occurrence', { expected: 'Δ14:7', came: formatCode(of) });
  return { code: of, ordinal };
};

const literal = (node: ValueNode): unknown => {
  if (node.kind === Kind.STRING) return node.value;
  if (node.kind === Kind.INT) return Number(node.value);
  throw new HypersceneError('BAD_CODE', 'bad code', { expected: 'Δ14 or Δ14:7', came: node.kind });
};

/** Descriptions stand in `schema/`. */
export const scalarResolvers = {
  Code: new GraphQLScalarType<Code, string>({
    name: 'Code',
    serialize: (value) => formatCode(value as Code),
    parseValue: readCode,
    parseLiteral: (node) => readCode(literal(node)),
  }),
  OccurrenceRef: new GraphQLScalarType<OccurrenceRef, string>({
    name: 'OccurrenceRef',
    serialize: (value) => formatOccurrence(value as OccurrenceRef),
    parseValue: readOccurrence,
    parseLiteral: (node) => readOccurrence(literal(node)),
  }),
} satisfies Resolvers;
