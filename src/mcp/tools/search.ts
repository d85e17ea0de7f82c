import { z } from 'zod';
import { afterInput, corpusInput, firstInput, labelsInput } from '../inputs.ts';
import { moreLine, nextOutput, PAGE_INFO, pageInfoAnswer } from '../page.ts';
import { SCENE_FRAGMENT, sceneAnswer, sceneLine, sceneLines, sceneOutput } from '../scene.ts';
import { defineTool, READ_ONLY } from '../tool.ts';
import { count } from '../whole.ts';

export const searchTool = defineTool({
  name: 'search',
  title: 'Search scenes',
  description:
    'Finds the scenes of a corpus in whose text each of the words stands, in any form with the same stem, Russian or English: "царь дверь" finds "царю у дверей", ' +
    '"strike clock" finds "there strikes the ebony clock". No character is an operator. A scene is one sentence or clause: who acts, in what tension, where. ' +
    'For what hangs together with a question, a mood or a scene, whatever its words, call `activate`.',
  input: z.strictObject({
    corpus: corpusInput,
    text: z.string().min(1).describe('Words that must all stand in the scene, e.g. "барабан река" or "ebony clock".'),
    first: firstInput(10, 'scenes'),
    after: afterInput,
    labels: labelsInput,
  }),
  output: z.object({
    scenes: z.array(sceneOutput).describe('In the order of the corpus.'),
    total: count().describe('How many there are on all pages.'),
    next: nextOutput,
  }),
  annotations: READ_ONLY,
  operation: `query McpSearch($corpus: String!, $text: String!, $first: Int!, $after: String, $labels: Language!) {
  scenes(filter: { corpus: $corpus, text: $text }, first: $first, after: $after) {
    nodes { ...Told }
    ${PAGE_INFO}
    totalCount
  }
}
${SCENE_FRAGMENT}`,
  variables: (given) => given,
  answer: z
    .object({ scenes: z.object({ nodes: z.array(sceneAnswer), pageInfo: pageInfoAnswer, totalCount: count() }) })
    .transform(({ scenes: { nodes, pageInfo, totalCount } }) => ({ scenes: nodes, total: totalCount, next: pageInfo })),
  text: ({ scenes, total, next }) =>
    [
      `${total} scenes, ${scenes.length} here.`,
      ...sceneLines(
        scenes.map((scene) => ({ scene })),
        ({ scene }) => sceneLine(scene),
      ),
      ...moreLine('search', next),
    ].join('\n'),
});
