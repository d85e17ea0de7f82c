import type { ToolAnnotations } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import { HypersceneError } from '../errors.ts';
import type { AnswerError, Ask, AskOptions } from './ask.ts';

/** One tool: an operation of the API with what a model has to know to use it. */
interface ToolSpec<Input extends z.ZodObject, Output extends z.ZodObject> {
  readonly name: string;
  readonly title: string;
  /** For a model that has never heard of the project. */
  readonly description: string;
  readonly input: Input;
  readonly output: Output;
  readonly annotations: ToolAnnotations;
  /** GraphQL. */
  readonly operation: string;
  readonly variables: (given: z.output<Input>) => Readonly<Record<string, unknown>>;
  /** Brings the answer's data into the form of `output`; what that does not name is left out. */
  readonly answer: z.ZodType<z.output<Output>>;
  /** The same in few tokens; whatever comes from documents in quotes. */
  readonly text: (output: z.output<Output>, given: z.output<Input>) => string;
}

export interface Tool extends Omit<ToolSpec<z.ZodObject, z.ZodObject>, 'variables' | 'answer' | 'text'> {
  /** @param given as `input` gives it. Throws {@link RefusedError}, and what `ask` throws */
  readonly run: (given: unknown, ask: Ask, options: AskOptions) => Promise<ToolResult>;
}

export interface ToolResult {
  readonly output: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** The API answered with errors. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly errors: readonly AnswerError[];

  constructor(errors: readonly AnswerError[]) {
    super(errors.map(({ message }) => message).join('; '));
    this.errors = errors;
  }
}

export const defineTool = <Input extends z.ZodObject, Output extends z.ZodObject>({
  variables,
  answer,
  text,
  ...described
}: ToolSpec<Input, Output>): Tool => ({
  ...described,
  run: async (given, ask, options) => {
    const args = described.input.parse(given);
    const data = await dataOf(ask(described.operation, withoutUndefined(variables(args)), options));
    const output = parseAnswer(answer, data);
    return { output, text: text(output, args) };
  },
});

const dataOf = async (answer: ReturnType<Ask>): Promise<unknown> => {
  const { data, errors } = await answer;
  if (errors.length > 0) throw new RefusedError(errors);
  return data;
};

/** @throws HypersceneError INTERNAL for a server of another version */
const parseAnswer = <T>(answer: z.ZodType<T>, data: unknown): T => {
  const parsed = answer.safeParse(data);
  if (parsed.success) return parsed.data;
  throw new HypersceneError('INTERNAL', 'the server answers in another form', {
    expected: 'a server of the same version',
    came: z.prettifyError(parsed.error).slice(0, 500),
  });
};

/** So that the API's own defaults hold. */
const withoutUndefined = (variables: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined));

/** Changes nothing, and nothing outside the graph is asked. */
export const READ_ONLY: ToolAnnotations = { readOnlyHint: true, openWorldHint: false };
