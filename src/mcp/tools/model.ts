import { z } from 'zod';
import { quoted } from '../quoted.ts';
import { defineTool, READ_ONLY } from '../tool.ts';
import { count } from '../whole.ts';

/** Loose, as the text needs few of the fields; what the operation asks for is given. */
const modelOutput = z.looseObject({
  name: z.string(),
  parameters: z.number().nullable(),
  quantization: z.looseObject({ type: z.string() }).nullable(),
  context: count().describe('Positions of a prompt and what is written after it.'),
  slots: count().nullable().describe('How many it answers at once.'),
  packs: z
    .array(
      z.looseObject({
        name: z.string(),
        codeRows: count(),
        facetRows: count(),
        sceneRows: count(),
        predictedRows: count().describe('Hypertokens that it may write: `predict_next` needs them.'),
        unusable: z.string().nullable().describe('Why this model cannot be used with it; null where it can.'),
      }),
    )
    .nullable()
    .describe('Hypertokens as tokens, trained for this model; named as `pack`.'),
  processes: z.array(z.looseObject({ state: z.string() })).describe('What is loaded now.'),
  waiting: count().describe('How many wait for their turn.'),
});

export const modelTool = defineTool({
  name: 'model',
  title: 'Describe the model of the graph',
  description:
    'The language model that this installation itself has, which `complete`, `predict_next`, `score` and `model_budget` ask: its name, size, context, and the packs of hypertokens that it may be asked with. ' +
    'Call it before those; an installation without a model says MODEL_NOT_FOUND, and everything else works as ever. Loads nothing. It is not you.',
  input: z.strictObject({}),
  output: modelOutput,
  annotations: READ_ONLY,
  operation: `query McpModel {
  model {
    name sha256 architecture parameters activeParameters weightBytes vocabulary trainedContext
    context slots gpu waiting
    quantization { type bitsPerParameter }
    packs { name codeRows facetRows sceneRows predictedRows loaded unusable }
    processes { pack state running residentBytes }
  }
}`,
  variables: () => ({}),
  answer: z.object({ model: modelOutput }).transform(({ model }) => model),
  text: ({ name, parameters, quantization: stored, context, slots, packs, processes, waiting }) =>
    [
      [
        quoted(name),
        ...(parameters === null ? [] : [`${parameters} parameters`]),
        ...(stored === null ? [] : [stored.type]),
        `context of ${context} positions`,
        ...(slots === null ? [] : [`${slots} at once`]),
        `${processes.length === 0 ? 'not loaded' : 'loaded'}, ${waiting} waiting.`,
      ].join(', '),
      ...(packs === null || packs.length === 0 ? ['No packs: `predict_next` has nothing to predict by.'] : []),
      ...(packs ?? []).map(
        (pack) =>
          `  pack ${quoted(pack.name)}: ${pack.codeRows} codes, ${pack.facetRows} facets, ${pack.sceneRows} scenes, ${pack.predictedRows} may be predicted${pack.unusable === null ? '' : `; unusable: ${quoted(pack.unusable)}`}`,
      ),
    ].join('\n'),
});
