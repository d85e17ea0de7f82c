import { z } from 'zod';
import { labelsInput } from '../inputs.ts';
import { quoted } from '../quoted.ts';
import { defineTool, READ_ONLY } from '../tool.ts';
import { whole } from '../whole.ts';

const proposed = z.array(
  z.object({
    kind: z.string(),
    key: z.string(),
    label: z.string(),
    confidence: z.number().describe('How often such answers were right where that was measured.'),
  }),
);
const dropped = z.array(z.object({ kind: z.string(), why: z.string() }));

const scene = z.object({
  key: z.string(),
  text: z.string(),
  asked: z.array(z.string()).describe('Facets that were missing or unsure.'),
  proposed,
  none: z.array(z.string()).describe('For these nothing fits, says the model.'),
  dropped: dropped.describe('What it said that does not hold.'),
});

const headLine = (model: string | null, scenes: readonly z.output<typeof scene>[]): string => {
  if (model !== null) return `Proposed by ${quoted(model)}, written nowhere:`;
  return scenes.some(({ asked }) => asked.length > 0)
    ? 'No question fits the context of the model:'
    : 'Nothing is weak: the model was not asked.';
};

export const readScenesTool = defineTool({
  name: 'read_scenes',
  title: 'Let the model of the graph propose facets',
  description:
    "What the installation's own language model proposes for facets of scenes (agent, tension, context, atmosphere, archetype) that the deterministic reader is unsure of or does not have. Exactly one of `scenes` and `text`. " +
    'Nothing is written; `read` with `modelFacets` writes. Small models are mostly wrong: `confidence` says how often such answers were right. Takes seconds a scene. `model` says whether there is a model.',
  input: z.strictObject({
    scenes: z
      .array(z.string())
      .optional()
      .describe('Keys of stored scenes, 32 hex digits each: as many as the page limit of the installation, 200.'),
    text: z.string().optional().describe('A text in place of these, which is read and not kept.'),
    lang: z.enum(['RU', 'EN']).optional().describe('Of the text; found out from it unless given.'),
    first: whole().min(1).default(10).describe('How many scenes of the text at most, from its beginning.'),
    confidenceMin: z
      .number()
      .default(0.5)
      .describe('Facets that the reader is less sure of are asked for: above 0 to 1.'),
    labels: labelsInput,
  }),
  output: z.object({
    truncated: z.boolean().describe('The text has more scenes.'),
    model: z.string().nullable().describe('Null where nothing had to be asked.'),
    scenes: z.array(scene),
  }),
  annotations: READ_ONLY,
  operation: `query McpReadScenes(
  $scenes: [ID!], $text: String, $lang: Language, $first: Int!, $confidenceMin: Float!, $labels: Language!
) {
  readScenes(scenes: $scenes, text: $text, lang: $lang, first: $first, confidenceMin: $confidenceMin) {
    truncated
    scenes {
      key text asked none
      proposed { kind key label(labels: $labels) confidence }
      dropped { kind why }
      provenance { model { name } }
    }
  }
}`,
  variables: (given) => given,
  answer: z
    .object({
      readScenes: z.object({
        truncated: z.boolean(),
        scenes: z.array(scene.extend({ provenance: z.object({ model: z.object({ name: z.string() }) }).nullable() })),
      }),
    })
    .transform(({ readScenes: { truncated, scenes } }) => ({
      truncated,
      model: scenes.find(({ provenance }) => provenance !== null)?.provenance?.model.name ?? null,
      scenes: scenes.map(({ provenance: _, ...each }) => each),
    })),
  text: ({ truncated, model, scenes }) =>
    [
      headLine(model, scenes),
      ...scenes.map((each) => {
        const found = each.proposed.map(
          ({ kind, label, confidence }) => `${kind} ${quoted(label)} (${confidence.toFixed(2)})`,
        );
        const left = [
          ...each.none.map((kind) => `${kind} none`),
          ...each.dropped.map(({ kind, why }) => `${kind} ${why}`),
        ];
        return `  ${each.key} ${quoted(each.text)}: ${[...found, ...left].join(', ') || 'nothing asked'}`;
      }),
      ...(truncated ? ['The text has more scenes: raise `first`.'] : []),
    ].join('\n'),
});
