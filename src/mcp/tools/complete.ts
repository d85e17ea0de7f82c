import { z } from 'zod';
import { CODE_ROW, codeRowShape, codeRowText } from '../code-row.ts';
import {
  callInputs,
  choiceVariable,
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

const pieceAnswer = z.discriminatedUnion('__typename', [
  z
    .object({ __typename: z.literal('CompletionText'), text: z.string() })
    .transform(({ text }) => ({ kind: 'TEXT' as const, name: null, text, facets: [] })),
  z.object({ __typename: z.literal('CodeRow'), ...codeRowShape }).transform(({ code, hyperlexeme, figures }) => ({
    kind: 'CODE' as const,
    name: code,
    text: hyperlexeme,
    facets: figures,
  })),
  z
    .object({ __typename: z.literal('FacetRow'), facet: z.string().nullable(), key: z.string(), label: z.string() })
    .transform(({ facet, key, label }) => ({
      kind: 'FACET' as const,
      name: key,
      text: label,
      facets: [facet ?? 'NONE'],
    })),
  z
    .object({
      __typename: z.literal('SceneRow'),
      key: z.string(),
      scene: sceneRefAnswer.nullable(),
      hyperlexeme: z.string().nullable(),
    })
    .transform(({ key, scene, hyperlexeme }) => ({
      kind: 'SCENE' as const,
      name: scene ?? key,
      text: hyperlexeme,
      facets: [],
    })),
]);

const pieceOutput = z.object({
  kind: z.enum(['TEXT', 'CODE', 'FACET', 'SCENE']),
  name: z.string().nullable().describe("Δ14, a facet's key, Δ14:7 or the key of a scene that is not here."),
  text: z.string().nullable().describe('Text that came; of others the hyperlexeme, null where it is not known here.'),
  facets: z.array(z.string()).describe('Of a code threshold.silence.restraint; of a facet its kind.'),
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
    "Lets the installation's own language model, small unless set otherwise, go on from texts, scenes, codes and contexts, with hypertokens in its vocabulary where a `pack` is named. " +
    'For what it alone does: going on in hypertokens, an answer in the form of a JSON Schema, what it makes of a folded context. What it writes is invented, no finding: to answer from a corpus yourself call `assemble`. ' +
    'Says what was written otherwise than wanted and by what the answer came about. Takes seconds, longer for more `tokens`; changes nothing. `model` says whether there is a model, `model_budget` what parts take.',
  input: z.strictObject({
    ...promptInputs,
    ...callInputs,
    tokens: whole().min(1).default(64).describe('Tokens that it may write at most: 1 to 4096.'),
    temperature: z.number().min(0).default(0).describe('0 takes the likeliest each time, 0.8 is lively; at most 10.'),
    topK: whole().min(0).default(0).describe('Draw from so many of the likeliest; 0 is all.'),
    topP: z.number().default(1).describe('Draw from the likeliest that have this share together, above 0 to 1.'),
    minP: z.number().default(0).describe("Draw from those of this share of the likeliest's probability, 0 to 1."),
    seed: whole().optional().describe('Of what is drawn: 0 to 4294967295. One is drawn unless given, and told.'),
    stop: z.array(z.string()).default([]).describe('End before any of these texts: 16 at most.'),
    schema: z
      .record(z.string(), z.unknown())
      .optional()
      .describe('A JSON Schema that the answer obeys. It is cut short where `tokens` are too few.'),
  }),
  output: z.object({
    ...completion,
    pieces: z.array(pieceOutput).describe('Text and hypertokens in the order in which they came.'),
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
  variables: ({ parts, pack, adapter, reproducible, temperature, topK, topP, minP, seed, schema, ...given }) => ({
    ...given,
    parts: parts.map(partVariable),
    choice: choiceVariable({ pack, adapter, reproducible }),
    sampling: { temperature, topK, topP, minP, ...(seed !== undefined && { seed }) },
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

const pieceText = ({ kind, name, text, facets }: z.output<typeof pieceOutput>): string => {
  if (kind === 'TEXT') return quoted(text ?? '');
  if (kind === 'CODE') return codeRowText({ code: name, hyperlexeme: text, facets });
  if (kind === 'FACET') return `${facets.join()} ${quoted(text ?? '')}`;
  return text === null ? 'a scene that is not here' : `${name} ${text}`;
};
