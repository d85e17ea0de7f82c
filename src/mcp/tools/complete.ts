import { z } from 'zod';
import { CODE_ROW, codeRowAnswer, codeRowOutput, codeRowText } from '../code-row.ts';
import {
  contextLines,
  ORIGIN,
  originLine,
  originOutput,
  partVariable,
  promptInputs,
  SUBSTITUTIONS,
  substitutionLines,
  substitutionsOutput,
  WRITTEN,
  writtenOutput,
} from '../prompt.ts';
import { quoted } from '../quoted.ts';
import { sceneRefAnswer } from '../scene.ts';
import { defineTool, READ_ONLY } from '../tool.ts';
import { whole } from '../whole.ts';

const NOTHING = { text: null, hypertoken: null, facet: null, scene: null } as const;

const pieceAnswer = z.discriminatedUnion('__typename', [
  z
    .object({ __typename: z.literal('CompletionText'), text: z.string() })
    .transform(({ text }) => ({ ...NOTHING, text })),
  z
    .object({ __typename: z.literal('CodeRow'), ...codeRowAnswer.in.shape })
    .transform((row) => ({ ...NOTHING, hypertoken: codeRowAnswer.parse(row) })),
  z
    .object({ __typename: z.literal('FacetRow'), facet: z.string().nullable(), key: z.string(), label: z.string() })
    .transform(({ facet, key, label }) => ({ ...NOTHING, facet: { kind: facet, key, label } })),
  z
    .object({
      __typename: z.literal('SceneRow'),
      key: z.string(),
      scene: sceneRefAnswer.nullable(),
      hyperlexeme: z.string().nullable(),
    })
    .transform(({ key, scene, hyperlexeme }) => ({ ...NOTHING, scene: { key, ref: scene, hyperlexeme } })),
]);

const pieceOutput = z.object({
  text: z.string().nullable(),
  hypertoken: codeRowOutput.nullable(),
  facet: z.object({ kind: z.string().nullable(), key: z.string(), label: z.string() }).nullable(),
  scene: z
    .object({ key: z.string(), ref: z.string().nullable(), hyperlexeme: z.string().nullable() })
    .nullable()
    .describe('`ref` is null for one that is not here.'),
});

const completion = {
  text: z.string().describe('All text that came, without hypertokens.'),
  reason: z
    .enum(['END', 'STOP', 'LENGTH'])
    .describe('Why it ended: of itself, before a text of `stop`, or for want of tokens or room.'),
  written: writtenOutput,
  substitutions: substitutionsOutput,
  ...originOutput,
} as const;

export const completeTool = defineTool({
  name: 'complete',
  title: 'Let the model of the graph go on',
  description:
    "Lets the installation's own language model, a small one, go on from texts, scenes, codes and contexts, with hypertokens in its vocabulary where a `pack` is named. " +
    'For what it alone does: going on in hypertokens, an answer in the form of a JSON Schema, what it makes of a folded context. What it writes is invented, no finding: to answer from a corpus yourself call `assemble`. ' +
    'Says what was written otherwise than wanted and by what the answer came about. Takes seconds, longer for more `tokens`; changes nothing. `model` says whether there is a model, `model_budget` what parts take.',
  input: z.strictObject({
    ...promptInputs,
    tokens: whole().min(1).default(64).describe('Tokens that it may write at most: 1 to 4096.'),
    temperature: z.number().min(0).default(0).describe('0 takes the likeliest each time, 0.8 is lively; at most 10.'),
    topP: z.number().default(1).describe('Draw from the likeliest that have this share together, above 0 to 1.'),
    seed: whole().optional().describe('Of what is drawn: 0 to 4294967295. One is drawn unless given, and told.'),
    stop: z.array(z.string()).default([]).describe('End before any of these texts: 16 at most.'),
    schema: z
      .record(z.string(), z.unknown())
      .optional()
      .describe('A JSON Schema that the answer obeys. It is cut short where `tokens` are too few.'),
    reproducible: z.boolean().default(false).describe('The same bytes every time on the same machine. Slower.'),
  }),
  output: z.object({
    ...completion,
    pieces: z.array(pieceOutput).describe('Text and hypertokens in the order in which they came; of each one is set.'),
  }),
  annotations: READ_ONLY,
  operation: `mutation McpComplete(
  $parts: [PromptPart!]!, $choice: ModelChoice!, $labels: Language!, $form: PromptForm!
  $tokens: Int!, $sampling: Sampling!, $stop: [String!]!, $schema: String
) {
  completeParts(
    parts: $parts, choice: $choice, labels: $labels, form: $form
    tokensMax: $tokens, sampling: $sampling, stop: $stop, schema: $schema
  ) {
    text reason
    pieces {
      __typename
      ... on CompletionText { text }
      ... on CodeRow { ${CODE_ROW} }
      ... on FacetRow { facet key label: hyperlexeme }
      ... on SceneRow { key scene { code ordinal } hyperlexeme }
    }
    ${WRITTEN}
    ${SUBSTITUTIONS}
    ${ORIGIN}
  }
}`,
  variables: ({ parts, pack, reproducible, temperature, topP, seed, schema, ...given }) => ({
    ...given,
    parts: parts.map(partVariable),
    choice: { reproducible, ...(pack !== undefined && { pack }) },
    sampling: { temperature, topP, ...(seed !== undefined && { seed }) },
    schema: schema && JSON.stringify(schema),
  }),
  answer: z
    .object({ completeParts: z.object({ ...completion, pieces: z.array(pieceAnswer) }) })
    .transform(({ completeParts }) => completeParts),
  text: ({ pieces, reason, written, substitutions, ...origin }) =>
    [
      ...(pieces.length === 0 ? ['Nothing came.'] : pieces.map(pieceText)),
      `Ended by ${reason}.`,
      ...contextLines(written),
      ...substitutionLines(substitutions),
      originLine(origin),
    ].join('\n'),
});

const pieceText = ({ text, hypertoken, facet, scene }: z.output<typeof pieceOutput>): string => {
  if (text !== null) return quoted(text);
  if (hypertoken !== null) return codeRowText(hypertoken);
  if (facet !== null) return `${facet.kind ?? 'no facet'} ${quoted(facet.label)}`;
  return `${scene?.ref ?? 'a scene that is not here'} ${scene?.hyperlexeme ?? ''}`.trimEnd();
};
