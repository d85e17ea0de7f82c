import type { GraphQLField } from 'graphql';

/**
 * What asking the model counts for beside its answer, of the 50,000 that an operation may have: it holds a core or a GPU for seconds,
 * and others wait. So an operation asks nine times at most.
 */
const ASKED_VALUES = 5000;
/** A part that is budgeted, with its rungs, how it is written and a substitution: fewer where less is selected. */
const PART_VALUES = 30;
/** A row that comes, with a figure: fewer where less is selected. */
const PIECE_VALUES = 10;
/** Numbers of a vector of larger models. */
export const VECTOR_VALUES = 4096;
/** Items of a list that has an argument `most`. */
export const MOST_MAX = 10_000;

/** Those that ask the model are those that choose how. */
export const isModelField = ({ args }: GraphQLField<unknown, unknown>): boolean =>
  args.some(({ name }) => name === 'choice');

interface ModelArguments {
  readonly parts?: readonly unknown[];
  readonly codes?: readonly unknown[];
  readonly lists?: readonly (readonly unknown[])[];
  readonly k?: number;
  readonly tokensMax?: number;
  readonly scenes?: readonly unknown[] | null;
  readonly first?: number;
}

/** Values that a field which asks the model may give at most, and its cost. */
export const modelValues = (args: ModelArguments, childComplexity: number, pageMax: number): number => {
  const { parts = [], codes = [], lists = [], k = 1, tokensMax = 0, scenes, first = 1 } = args;
  const partCount = parts.length + codes.length + lists.reduce((all, { length }) => all + length, 0);
  const items = Math.min(Math.max(lists.length, k, scenes?.length ?? first, 1), pageMax);
  return (
    ASKED_VALUES +
    childComplexity * items +
    partCount * Math.min(childComplexity, PART_VALUES) +
    Math.max(tokensMax, 0) * Math.min(childComplexity, PIECE_VALUES)
  );
};
