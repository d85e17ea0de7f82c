import { z } from 'zod';
import { labelsInput, sourceInputs, sourceVariable } from '../inputs.ts';
import { quoted } from '../quoted.ts';
import { SCENE_FRAGMENT, sceneAnswer, sceneLine, sceneLines, sceneOutput, sceneRefAnswer } from '../scene.ts';
import { defineTool, READ_ONLY } from '../tool.ts';
import { count } from '../whole.ts';

const reasons = z.array(z.object({ label: z.string() })).transform((all) => all.map(({ label }) => label));

const activatedAnswer = z
  .object({
    score: z.number(),
    because: reasons,
    through: z.object({ other: sceneRefAnswer, because: reasons }).nullable(),
    scene: sceneAnswer,
  })
  .transform(({ through, ...activated }) => ({
    ...activated,
    through: through === null ? null : { from: through.other, because: through.because },
  }));

const activatedOutput = z.object({
  score: z.number().describe('Its share of the activation, 0 to 1.'),
  because: z
    .array(z.string())
    .describe('By what it answers to the source itself; empty for one reached over couplings alone.'),
  through: z
    .object({ from: z.string().describe('The scene at the other end: Δ14:7.'), because: z.array(z.string()) })
    .nullable()
    .describe('The coupling by which most came to it; null for one that answers itself.'),
  scene: sceneOutput,
});

const clueOutput = z.object({ kind: z.string(), label: z.string(), sceneCount: count() });

const counts = {
  seedCount: count().describe('Scenes it started from.'),
  litCount: count().describe('Scenes that have a score, here or not.'),
  truncated: z
    .enum(['TOUCHED', 'ROUNDS'])
    .nullable()
    .describe('What kept it from going on: `budget`, or its 16 rounds; null where nothing did.'),
} as const;

export const activateTool = defineTool({
  name: 'activate',
  title: 'Light up what hangs together',
  description:
    'Lights up the scenes of a corpus that hang together with a source: those that answer to it by agent, tension, place, archetype or word, and over couplings those around them, ' +
    'though they share no word with it (personalised PageRank over weighted, explained edges). Give exactly one of `query`, `code`, `occurrence`, `scene`. ' +
    'Each scene comes with its score and with why it lit up. Not paged: the best `limit` scenes come, `litCount` says how many have a score. ' +
    'For a text that fits a number of tokens call `assemble` instead.',
  input: z.strictObject({ ...sourceInputs, limit: sourceInputs.limit.default(15), labels: labelsInput }),
  output: z.object({
    corpus: z.string(),
    scenes: z.array(activatedOutput).describe('By falling score.'),
    clues: z
      .array(clueOutput)
      .describe('What was looked for, by falling weight, and in how many scenes it stands; 0 where nothing answers.'),
    wordsLeft: z
      .array(z.string())
      .describe('Words of the query that were not searched for: the longest 8 with content are.'),
    ...counts,
  }),
  annotations: READ_ONLY,
  operation: `query McpActivate($from: ActivationSource!, $corpus: String, $limit: Int!, $budget: Int! = 400, $labels: Language!) {
  activate(from: $from, corpus: $corpus, limit: $limit, budget: $budget) {
    corpus { name }
    scenes {
      score
      because { label(labels: $labels) }
      through { other { code ordinal } because { label(labels: $labels) } }
      scene { ...Told }
    }
    clues { kind label(labels: $labels) sceneCount }
    wordsLeft seedCount litCount truncated
  }
}
${SCENE_FRAGMENT}`,
  variables: ({ query, code, occurrence, scene, ...given }) => ({
    ...given,
    from: sourceVariable({ query, code, occurrence, scene }),
  }),
  answer: z
    .object({
      activate: z.object({
        corpus: z.object({ name: z.string() }),
        scenes: z.array(activatedAnswer),
        clues: z.array(clueOutput),
        wordsLeft: z.array(z.string()),
        ...counts,
      }),
    })
    .transform(({ activate: { corpus, ...activation } }) => ({ corpus: corpus.name, ...activation })),
  text: ({ scenes, clues, wordsLeft, seedCount, litCount, truncated }) =>
    [
      ...clueLines(clues),
      ...(wordsLeft.length === 0 ? [] : [`Not searched for: ${wordsLeft.map(quoted).join(', ')}.`]),
      `Started from ${seedCount} scenes, ${litCount} lit up, ${scenes.length} here by falling score.${truncated === null ? '' : ` Stopped by ${truncated === 'TOUCHED' ? '`budget`' : 'its 16 rounds'}.`}`,
      ...sceneLines(scenes, activatedLine),
    ].join('\n'),
});

const activatedLine = ({ score, because, through, scene }: z.output<typeof activatedOutput>): string => {
  const why = through === null ? because : [...because, `from ${through.from}`, ...through.because];
  return `${sceneLine(scene)} ${score.toFixed(4)} by ${quoted(why.join(', '))}`;
};

/** What nothing answers to is looked for as several kinds; its word says enough. */
const clueLines = (clues: readonly z.output<typeof clueOutput>[]): readonly string[] => {
  const found = clues.filter(({ sceneCount }) => sceneCount > 0);
  const nowhere = new Set(clues.filter(({ sceneCount }) => sceneCount === 0).map(({ label }) => label));
  const told = found.map(({ label, kind, sceneCount }) => `${quoted(label)} (${kind}, ${sceneCount} scenes)`);
  return [
    ...(told.length === 0 ? [] : [`Found: ${told.join(', ')}.`]),
    ...(nowhere.size === 0 ? [] : [`Found nowhere, or not in each sense: ${[...nowhere].map(quoted).join(', ')}.`]),
  ];
};
