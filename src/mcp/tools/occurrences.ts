import { z } from 'zod';
import { afterInput, corpusInput, firstInput, labelsInput } from '../inputs.ts';
import { moreLine, nextOutput, PAGE_INFO, pageInfoAnswer } from '../page.ts';
import { SCENE_FRAGMENT, sceneAnswer, sceneLine, sceneLines, sceneOutput } from '../scene.ts';
import { defineTool, READ_ONLY } from '../tool.ts';
import { count, whole } from '../whole.ts';

const occurrenceOutput = z.object({
  ref: z.string().describe('Δ14:7.'),
  level: count().describe('0: a scene. 1: a motif. 2 and above: a community. -1: a view by hand.'),
  size: count().describe('How many scenes are in it.'),
  scene: sceneOutput.describe('Its first scene.'),
});

export const occurrencesTool = defineTool({
  name: 'occurrences',
  title: 'Where a code stands',
  description:
    'Lists the places where a code (Δ14) stands, in all corpora or in one, each with its first scene: all scenes of one figure, all repetitions of one motif. ' +
    'Without a code it lists what makes up a level of a corpus: 0 scenes, 1 motifs, 2 and above communities, the highest holds the corpus. Empty before `collapse`, but for scenes.',
  input: z.strictObject({
    code: z.string().optional().describe('Δ14. D14 and 14 are read as well.'),
    corpus: corpusInput.optional(),
    level: whole()
      .min(0)
      .optional()
      .describe('Those that make up this level: its own, and those of the levels below that rise to it unchanged.'),
    first: firstInput(10, 'occurrences'),
    after: afterInput,
    labels: labelsInput,
  }),
  output: z.object({ occurrences: z.array(occurrenceOutput), next: nextOutput }),
  annotations: READ_ONLY,
  operation: `query McpOccurrences($filter: OccurrenceFilter!, $first: Int!, $after: String, $labels: Language!) {
  occurrences(filter: $filter, first: $first, after: $after) {
    nodes { ref level size firstScene { ...Told } }
    ${PAGE_INFO}
  }
}
${SCENE_FRAGMENT}`,
  variables: ({ code, corpus, level, ...page }) => ({ ...page, filter: { code, corpus, level } }),
  answer: z
    .object({
      occurrences: z.object({
        nodes: z.array(
          z
            .object({ ref: z.string(), level: count(), size: count(), firstScene: sceneAnswer })
            .transform(({ firstScene, ...occurrence }) => ({ ...occurrence, scene: firstScene })),
        ),
        pageInfo: pageInfoAnswer,
      }),
    })
    .transform(({ occurrences: { nodes, pageInfo } }) => ({ occurrences: nodes, next: pageInfo })),
  text: ({ occurrences, next }) =>
    [
      ...(occurrences.length === 0 ? ['It stands nowhere.'] : []),
      ...sceneLines(occurrences, ({ ref, level, size, scene }) =>
        level === 0 ? sceneLine(scene) : `  ${ref} level ${level}, ${size} scenes, first ${sceneLine(scene).trim()}`,
      ),
      ...moreLine('occurrences', next),
    ].join('\n'),
});
