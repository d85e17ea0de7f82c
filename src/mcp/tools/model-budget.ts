import { z } from 'zod';
import {
  choiceVariable,
  contextLines,
  partVariable,
  promptInputs,
  SUBSTITUTIONS,
  substitutionLines,
  substitutionsOutput,
  WRITTEN,
  writtenOutput,
} from '../prompt.ts';
import { defineTool, READ_ONLY } from '../tool.ts';
import { count } from '../whole.ts';

const onRungs = z.array(z.object({ rung: z.string(), positions: count().nullable() }));

const budget = {
  positions: count().describe('Of the whole prompt, as it is written.'),
  rungs: z
    .array(z.object({ rung: z.string(), itemCount: count(), positions: count() }))
    .describe('As written, by rung; given texts are in none.'),
  memory: z
    .looseObject({ bytesPerPosition: z.number(), kvBytes: z.number() })
    .nullable()
    .describe('Bytes: of a position, of this prompt; beside these of the whole context and of the weights.'),
  written: writtenOutput,
  substitutions: substitutionsOutput,
} as const;

export const modelBudgetTool = defineTool({
  name: 'model_budget',
  title: 'Count what parts take in the model',
  description:
    "Positions that parts take in the context of the installation's language model, counted in its own vocabulary, and what each would take on every rung: as text, as hyperlexeme, as hypertokens. " +
    'Call it before `complete` or `score` with long parts, which are refused where the context is full, and to see what folding saves. Nothing is written or scored.',
  input: z.strictObject(promptInputs),
  output: z.object({
    context: count().nullable().describe('Positions that there are, for the prompt and what is written after it.'),
    parts: z
      .array(
        z.object({
          positions: count(),
          onRungs: onRungs.describe('Whether the pack has them or not; null where a part has no such rung.'),
        }),
      )
      .describe('One for each part, in their order.'),
    ...budget,
  }),
  annotations: READ_ONLY,
  operation: `query McpModelBudget($parts: [PromptPart!]!, $choice: ModelChoice!, $labels: Language!, $form: PromptForm!) {
  modelBudget(parts: $parts, choice: $choice, labels: $labels, form: $form) {
    positions
    parts { positions rungs { rung positions } }
    rungs { rung itemCount positions }
    memory { bytesPerPosition kvBytes contextKvBytes weightBytes }
    ${WRITTEN}
    ${SUBSTITUTIONS}
    model { context }
  }
}`,
  variables: ({ parts, pack, ...given }) => ({
    ...given,
    parts: parts.map(partVariable),
    choice: choiceVariable({ pack }),
  }),
  answer: z
    .object({
      modelBudget: z.object({
        ...budget,
        parts: z
          .array(z.object({ positions: count(), rungs: onRungs }))
          .transform((parts) => parts.map(({ positions, rungs }) => ({ positions, onRungs: rungs }))),
        model: z.object({ context: count() }).nullable(),
      }),
    })
    .transform(({ modelBudget: { model, ...told } }) => ({ ...told, context: model?.context ?? null })),
  text: ({ positions, context, parts, memory, written, substitutions }) =>
    [
      `${positions} positions${context === null ? '' : ` of ${context}`}${memory === null ? '' : `, ${memory.kvBytes} bytes of keys and values`}.`,
      ...parts.map((part, i) => `  part ${i}: ${part.positions}${rungsText(part.onRungs)}`),
      ...contextLines(written),
      ...substitutionLines(substitutions),
    ].join('\n'),
});

const rungsText = (rungs: z.output<typeof onRungs>): string => {
  const told = rungs.flatMap(({ rung, positions }) => (positions === null ? [] : [`${rung} ${positions}`]));
  return told.length === 0 ? '' : ` (${told.join(', ')})`;
};
