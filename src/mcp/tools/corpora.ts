import { z } from 'zod';
import { afterInput, firstInput } from '../inputs.ts';
import { moreLine, nextOutput, PAGE_INFO, pageInfoAnswer } from '../page.ts';
import { quoted } from '../quoted.ts';
import { defineTool, READ_ONLY } from '../tool.ts';
import { count } from '../whole.ts';

const corpusOutput = z.object({
  name: z.string(),
  documentCount: count(),
  sceneCount: count(),
  couplingCount: count(),
  collapse: z
    .enum(['NONE', 'FRESH', 'STALE'])
    .describe('Whether its scenes were collapsed into hypertokens: never, as it is now, or before it changed.'),
});

export const corporaTool = defineTool({
  name: 'corpora',
  title: 'List corpora',
  description:
    'Lists the corpora, by name: the named bodies of text that the other tools search and read into. Call it first, unless you know the name. ' +
    'Says how many documents, scenes and couplings each has, and whether it was collapsed into hypertokens.',
  input: z.strictObject({ first: firstInput(50, 'corpora'), after: afterInput }),
  output: z.object({ corpora: z.array(corpusOutput), next: nextOutput }),
  annotations: READ_ONLY,
  operation: `query McpCorpora($first: Int!, $after: String) {
  corpora(first: $first, after: $after) {
    nodes { name documentCount sceneCount couplingCount collapse }
    ${PAGE_INFO}
  }
}`,
  variables: (given) => given,
  answer: z
    .object({ corpora: z.object({ nodes: z.array(corpusOutput), pageInfo: pageInfoAnswer }) })
    .transform(({ corpora: { nodes, pageInfo } }) => ({ corpora: nodes, next: pageInfo })),
  text: ({ corpora, next }) =>
    [
      ...(corpora.length === 0 ? ['No corpus yet; `read` makes one.'] : []),
      ...corpora.map(
        ({ name, documentCount, sceneCount, couplingCount, collapse }) =>
          `${quoted(name)}: ${documentCount} documents, ${sceneCount} scenes, ${couplingCount} couplings, collapse ${collapse}`,
      ),
      ...moreLine('corpora', next),
    ].join('\n'),
});
