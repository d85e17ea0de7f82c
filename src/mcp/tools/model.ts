import { z } from 'zod';
import { quoted } from '../quoted.ts';
import { defineTool, READ_ONLY } from '../tool.ts';
import { count } from '../whole.ts';

const model = {
  name: z.string(),
  sha256: z.string().nullable(),
  architecture: z.string().nullable(),
  parameters: z.number().nullable(),
  activeParameters: z.number().nullable().describe('Used for each token: fewer than all in a mixture of experts.'),
  weightBytes: z.number().nullable(),
  layers: count().nullable(),
  embeddingLength: count().nullable(),
  vocabulary: count().nullable().describe('Tokens that it knows, without those of packs.'),
  trainedContext: count().nullable(),
  context: count().describe('Positions of a prompt and what is written after it.'),
  slots: count().nullable().describe('How many it answers at once.'),
  gpu: z.string().nullable(),
  packs: z
    .array(
      z.object({
        name: z.string(),
        codeRows: count(),
        facetRows: count(),
        sceneRows: count(),
        predictedRows: count().describe('Hypertokens that it may write: `predict_next` needs them.'),
        loaded: z.boolean(),
        unusable: z.string().nullable().describe('Why this model cannot be used with it; null where it can.'),
      }),
    )
    .nullable()
    .describe('Hypertokens as tokens, trained for this model; named as `pack`.'),
  processes: z
    .array(
      z.object({
        pack: z.string().nullable(),
        state: z.enum(['STARTING', 'READY', 'STOPPING']),
        running: count(),
        residentBytes: z.number().nullable(),
      }),
    )
    .describe('What is loaded now.'),
  waiting: count().describe('How many wait for their turn.'),
} as const;

const quantization = z.object({ type: z.string(), bitsPerParameter: z.number() }).nullable();

export const modelTool = defineTool({
  name: 'model',
  title: 'Describe the model of the graph',
  description:
    'The language model that this installation itself has, which `complete`, `predict_next`, `score` and `model_budget` ask: its name, size, context, and the packs of hypertokens that it may be asked with. ' +
    'Call it before those; an installation without a model says MODEL_NOT_FOUND, and everything else works as ever. Loads nothing. It is not you.',
  input: z.strictObject({}),
  output: z.object({ ...model, quantization }),
  annotations: READ_ONLY,
  operation: `query McpModel {
  model {
    name sha256 architecture parameters activeParameters weightBytes layers embeddingLength vocabulary trainedContext
    context slots gpu waiting
    quantization { type bitsPerParameter }
    packs { name codeRows facetRows sceneRows predictedRows loaded unusable }
    processes { pack state running residentBytes }
  }
}`,
  variables: () => ({}),
  answer: z.object({ model: z.object({ ...model, quantization }) }).transform((told) => told.model),
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
