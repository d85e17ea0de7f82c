import { z } from 'zod';
import {
  callInputs,
  choiceVariable,
  ORIGIN,
  originLine,
  originOutput,
  partVariable,
  promptInputs,
  SUBSTITUTIONS,
  substitutionLines,
  substitutionsOutput,
} from '../prompt.ts';
import { quoted } from '../quoted.ts';
import { defineTool, READ_ONLY } from '../tool.ts';
import { count, whole } from '../whole.ts';

const sum = z.number().describe('Natural logarithm of the probability of them all.');

const tokens = z.array(z.object({ part: count().nullable(), text: z.string(), logProbability: z.number().nullable() }));

const score = {
  sum,
  tokenCount: count(),
  substitutions: substitutionsOutput,
  ...originOutput,
} as const;

/** Of parts of different lengths, which sums are no measure of. */
const meanOf = ({ tokenCount, sum: all }: { readonly tokenCount: number; readonly sum: number }): number | null =>
  tokenCount === 0 ? null : all / tokenCount;

export const scoreTool = defineTool({
  name: 'score',
  title: 'Score how likely parts are',
  description:
    "How likely the installation's language model finds each part after those before it, in natural logarithms: which of several endings fits, whether a context helps a text, where a text surprises. " +
    'To compare, call it once for each alternative with the same parts before it, and compare `mean` where lengths differ. The number is of this model alone, with this pack; it says nothing of truth. Writes nothing.',
  input: z.strictObject({
    ...promptInputs,
    ...callInputs,
    tokens: whole()
      .min(0)
      .default(0)
      .describe('How many tokens to tell one by one, from the first: up to 10000; 0 tells parts alone.'),
  }),
  output: z.object({
    parts: z
      .array(
        z.object({
          tokenCount: count().describe('Tokens that have a probability: all but the very first.'),
          sum,
          mean: z.number().nullable().describe('For each token: the nearer to 0, the likelier. Null without tokens.'),
        }),
      )
      .describe('One for each part, in their order.'),
    tokens: tokens.describe(
      'As spelled; `logProbability` is null for the very first, `part` for what parts two of them.',
    ),
    ...score,
  }),
  annotations: READ_ONLY,
  operation: `query McpScore(
  $parts: [PromptPart!]!, $choice: ModelChoice!, $labels: Language!, $form: PromptForm!, $tokens: Int!, $tell: Boolean!
) {
  scoreParts(parts: $parts, choice: $choice, labels: $labels, form: $form) {
    parts { tokenCount sum }
    tokens(most: $tokens) @include(if: $tell) { part text logProbability }
    tokenCount sum
    ${SUBSTITUTIONS}
    ${ORIGIN}
  }
}`,
  variables: ({ parts, pack, adapter, reproducible, tokens: most, ...given }) => ({
    ...given,
    parts: parts.map(partVariable),
    choice: choiceVariable({ pack, adapter, reproducible }),
    tokens: Math.max(1, most),
    tell: most > 0,
  }),
  answer: z
    .object({
      scoreParts: z.object({
        ...score,
        parts: z
          .array(z.object({ tokenCount: count(), sum }))
          .transform((parts) => parts.map((part) => ({ ...part, mean: meanOf(part) }))),
        tokens: tokens.default([]),
      }),
    })
    .transform(({ scoreParts }) => scoreParts),
  text: ({ parts, tokens: told, sum: all, tokenCount, substitutions, ...origin }) =>
    [
      `${all.toFixed(3)} for ${tokenCount} tokens.`,
      ...parts.map(
        (part, i) =>
          `  part ${i}: ${part.sum.toFixed(3)}${part.mean === null ? '' : `, ${part.mean.toFixed(3)} each`} (${part.tokenCount} tokens)`,
      ),
      ...(told.length === 0 ? [] : ['Token by token:']),
      ...told.map(({ text, logProbability }) => `  ${quoted(text)} ${logProbability?.toFixed(3) ?? '—'}`),
      ...substitutionLines(substitutions),
      originLine(origin),
    ].join('\n'),
});
