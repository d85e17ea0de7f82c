import { z } from 'zod';
import { labelsInput, sourceInputs, sourceVariable } from '../inputs.ts';
import { quoted } from '../quoted.ts';
import { defineTool, READ_ONLY } from '../tool.ts';
import { count, whole } from '../whole.ts';

const pieceOutput = z.object({
  form: z
    .enum(['WHOLE', 'FOLDED', 'MOTIF', 'COMMUNITY'])
    .describe('A scene as its text, a scene folded to `rung`, or several scenes as one hypertoken.'),
  ref: z.string().describe('What it stands for, Δ14:7: `expand` gives it back.'),
  size: count().describe('How many scenes it stands for, on all levels below together.'),
  positions: count().describe('Tokens that it takes.'),
  text: z.string(),
});

const pieceAnswer = z
  .object({
    form: pieceOutput.shape.form,
    positions: count(),
    text: z.string(),
    occurrence: z.object({ ref: z.string(), size: count() }),
  })
  .transform(({ occurrence, ...piece }) => ({ ...piece, ...occurrence }));

const droppedAnswer = z.array(z.object({ why: z.enum(['UNCOUPLED', 'FULL']) })).transform((dropped) => ({
  uncoupled: dropped.filter(({ why }) => why === 'UNCOUPLED').length,
  full: dropped.filter(({ why }) => why === 'FULL').length,
}));

export const assembleTool = defineTool({
  name: 'assemble',
  title: 'Assemble a context',
  description:
    'Writes what a corpus has to say to a source into a number of tokens: what `activate` lights up, the most activated scenes in their very words, in half of the tokens, others folded to their ' +
    'hyperlexeme (archetype, atmosphere and tension as one word, e.g. порогтишинасдерживание, thresholdsilencerestraint), several scenes of one motif or community as one hypertoken. ' +
    'Give exactly one of `query`, `code`, `occurrence`, `scene`, and `tokens`. In the order of the corpus. Never more than `tokens`. `expand` gives back what a folded piece stands for.',
  input: z.strictObject({
    ...sourceInputs,
    tokens: whole()
      .min(1)
      .describe('Tokens that there are for it, from 1; 500 is a good beginning. Counted as o200k_base does.'),
    limit: sourceInputs.limit.default(100),
    rung: z
      .enum(['HYPERLEXEME', 'FACETS', 'OCCURRENCE', 'CODE'])
      .default('HYPERLEXEME')
      .describe(
        'How a scene is written that does not go in whole. All but HYPERLEXEME are for models whose vocabulary holds hypertokens.',
      ),
    labels: labelsInput,
  }),
  output: z.object({
    corpus: z.string(),
    tokenizer: z.string(),
    tokens: count(),
    positions: count().describe('Tokens of all pieces together; what parts them is not counted.'),
    pieces: z.array(pieceOutput).describe('In the order of the corpus.'),
    dropped: z.object({
      uncoupled: count().describe('Scenes left out since nothing hangs together with them: they are dropped first.'),
      full: count().describe('Scenes left out for want of room.'),
    }),
  }),
  annotations: READ_ONLY,
  operation: `query McpAssemble($from: ActivationSource!, $corpus: String, $tokens: Int!, $rung: FoldedRung!, $labels: Language!, $limit: Int!, $budget: Int! = 400) {
  assemble(from: $from, corpus: $corpus, tokens: $tokens, rung: $rung, labels: $labels, limit: $limit, budget: $budget) {
    activation { corpus { name } }
    tokenizer tokens positions
    pieces { form positions text occurrence { ref size } }
    dropped { why }
  }
}`,
  variables: ({ query, code, occurrence, scene, ...given }) => ({
    ...given,
    from: sourceVariable({ query, code, occurrence, scene }),
  }),
  answer: z
    .object({
      assemble: z.object({
        activation: z.object({ corpus: z.object({ name: z.string() }) }),
        tokenizer: z.string(),
        tokens: count(),
        positions: count(),
        pieces: z.array(pieceAnswer),
        dropped: droppedAnswer,
      }),
    })
    .transform(({ assemble: { activation, ...assembled } }) => ({ corpus: activation.corpus.name, ...assembled })),
  text: ({ pieces, positions, tokens, tokenizer, dropped }) =>
    [
      `${positions} of ${tokens} tokens (${tokenizer}), ${pieces.length} pieces; left out ${dropped.full} scenes for want of room, ${dropped.uncoupled} that carry no coupling.`,
      ...pieces.map(
        ({ form, ref, size, text }) => `${ref} ${form}${size > 1 ? ` of ${size} scenes` : ''}: ${quoted(text)}`,
      ),
    ].join('\n'),
});
