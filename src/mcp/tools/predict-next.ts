import { z } from 'zod';
import { CODE_ROW, codeRowShape, codeRowText } from '../code-row.ts';
import {
  callInputs,
  choiceVariable,
  ORIGIN,
  originLine,
  originOutput,
  packInputs,
  SUBSTITUTIONS,
  substitutionLines,
  substitutionsOutput,
} from '../prompt.ts';
import { defineTool, READ_ONLY } from '../tool.ts';
import { whole } from '../whole.ts';

const prediction = {
  mass: z
    .number()
    .describe('That any code of the pack comes next, 0 to 1: where it is small, the order below says little.'),
  substitutions: substitutionsOutput,
  ...originOutput,
} as const;

const share = z.number().describe("Among the model's whole vocabulary, 0 to 1.");

const predicted = z.object({
  code: z.string().nullable().describe('Δ14; null for one that this graph has never seen.'),
  hyperlexeme: z.string().nullable(),
  facets: z.array(z.string()).describe('Archetype, atmosphere and tension of its scenes: threshold.silence.restraint.'),
  probability: share,
});

export const predictNextTool = defineTool({
  name: 'predict_next',
  title: 'Predict the next hypertokens',
  description:
    'The likeliest hypertokens to follow a sequence of codes, with archetype, atmosphere and tension of each: what kind of scene tends to come next. By a pack that was trained to predict codes, which `model` lists with `predictedRows` above 0; without one there is no prediction. ' +
    'It is what a model expects, not what a corpus holds: where a code does stand, `occurrences` tells. For text that goes on call `complete`.',
  input: z.strictObject({
    codes: z.array(z.string()).min(1).describe('The sequence in its order: ["Δ14", "Δ3"].'),
    k: whole()
      .min(1)
      .default(5)
      .describe('How many: 1 to the page limit of the installation, which is 200 unless set otherwise.'),
    ...packInputs,
    ...callInputs,
    pack: z.string().describe('Name of the pack, as `model` lists it.'),
  }),
  output: z.object({
    codes: z.array(predicted).describe('By falling probability.'),
    ...prediction,
  }),
  annotations: READ_ONLY,
  operation: `query McpPredictNext($codes: [Code!]!, $k: Int!, $choice: ModelChoice!, $labels: Language!) {
  predictNext(codes: $codes, k: $k, choice: $choice, labels: $labels) {
    codes { probability code { ${CODE_ROW} } }
    mass
    ${SUBSTITUTIONS}
    ${ORIGIN}
  }
}`,
  variables: ({ pack, adapter, reproducible, ...given }) => ({
    ...given,
    choice: choiceVariable({ pack, adapter, reproducible }),
  }),
  answer: z
    .object({
      predictNext: z.object({
        ...prediction,
        codes: z
          .array(z.object({ probability: share, code: z.object(codeRowShape) }))
          .transform((codes) =>
            codes.map(({ code: { figures, ...code }, probability }) => ({ ...code, facets: figures, probability })),
          ),
      }),
    })
    .transform(({ predictNext }) => predictNext),
  text: ({ codes, mass, substitutions, ...origin }) =>
    [
      `A code comes next with ${mass.toFixed(4)}:`,
      ...codes.map((code) => `  ${code.probability.toFixed(4)} ${codeRowText(code)}`),
      ...substitutionLines(substitutions),
      originLine(origin),
    ].join('\n'),
});
