import { z } from 'zod';
import { afterInput, corpusInput, firstInput, labelsInput } from '../inputs.ts';
import { moreLine, nextOutput, PAGE_INFO, pageInfoAnswer } from '../page.ts';
import { SCENE_FRAGMENT } from '../scene.ts';
import { hitAnswer, hitLines, hitOutput } from '../search-hit.ts';
import { defineTool, READ_ONLY } from '../tool.ts';
import { count } from '../whole.ts';

const totals = {
  total: count().describe('How many there are on all pages: 200 scenes, 50 facets and 50 hypertokens at most.'),
  truncated: z.boolean().describe('More may answer than was looked at.'),
  wordsLeft: z.array(z.string()).describe('Words that were not searched for: the longest 8 with content are.'),
} as const;

export const searchTool = defineTool({
  name: 'search',
  title: 'Search a corpus',
  description:
    'Finds scenes, facets and hypertokens of a corpus by a text, those first that answer to most of it. Words answer in any form with the same stem, Russian or English: "царь дверь" finds ' +
    '"царю у дверей", "strike clock" finds "there strikes the ebony clock"; facets by their label, hypertokens by code or hyperlexeme. Scenes that stand by others that answer, or hang together with them, are found too. ' +
    'No character is an operator. Each scene says which of its words answer. For what hangs together with a question, a mood or a scene, whatever its words, call `activate`.',
  input: z.strictObject({
    corpus: corpusInput,
    text: z
      .string()
      .min(1)
      .describe('What to look for, 1 to 1000 characters, e.g. "барабан река", "ebony clock", "порог тишина" or "Δ14".'),
    kinds: z
      .array(z.enum(['SCENE', 'FACET', 'HYPERTOKEN']))
      .optional()
      .describe('Only results of these kinds; of all unless given.'),
    first: firstInput(10, 'results'),
    after: afterInput,
    labels: labelsInput,
  }),
  output: z.object({ hits: z.array(hitOutput).describe('By falling score.'), ...totals, next: nextOutput }),
  annotations: READ_ONLY,
  operation: `query McpSearch($corpus: String!, $text: String!, $kinds: [SearchKind!], $first: Int!, $after: String, $labels: Language!) {
  search(corpus: $corpus, text: $text, kinds: $kinds, first: $first, after: $after) {
    nodes {
      score
      because { label(labels: $labels) }
      highlights { start end }
      hit {
        __typename
        ... on Scene { ...Told start }
        ... on CorpusFacet { facet: kind label(labels: $labels) sceneCount }
        ... on Hypertoken { code level hyperlexeme(labels: $labels) occurrenceCount }
        ... on Occurrence { ref level size }
      }
    }
    ${PAGE_INFO}
    totalCount truncated wordsLeft
  }
}
${SCENE_FRAGMENT}`,
  variables: (given) => given,
  answer: z
    .object({
      search: z.object({
        nodes: z.array(hitAnswer),
        pageInfo: pageInfoAnswer,
        totalCount: totals.total,
        truncated: totals.truncated,
        wordsLeft: totals.wordsLeft,
      }),
    })
    .transform(({ search: { nodes, pageInfo, totalCount, truncated, wordsLeft } }) => ({
      hits: nodes,
      total: totalCount,
      truncated,
      wordsLeft,
      next: pageInfo,
    })),
  text: ({ hits, total, truncated, next }) =>
    [
      `${total} found${truncated ? ', more may answer' : ''}, ${hits.length} here.`,
      ...hitLines(hits),
      ...moreLine('search', next),
    ].join('\n'),
});
