import { z } from 'zod';
import { quoted } from '../quoted.ts';
import { defineTool } from '../tool.ts';
import { count, whole } from '../whole.ts';

const counts = {
  revision: count().describe('The revision of the corpus that was collapsed.'),
  occurrences: count().describe('Occurrences of all levels above 0.'),
  afresh: z.boolean().describe('All levels were found from nothing; else only what changed since the collapse before.'),
  added: count(),
  kept: count().describe('Occurrences that were there before and keep code and ordinal.'),
  deleted: count(),
  newCodes: count().describe('Codes allotted for the first time.'),
  levels: z.array(z.object({ level: count(), occurrences: count() })),
  description: z
    .object({ before: z.number(), after: z.number() })
    .describe('Bits that the corpus takes to tell, scene by scene and with its motifs.'),
} as const;

export const collapseTool = defineTool({
  name: 'collapse',
  title: 'Collapse a corpus into hypertokens',
  description:
    'Puts hypertokens in place of the subgraphs of a corpus, level by level: motifs of 2 to 6 coupled scenes (level 1), then communities of what hangs together (level 2 and above), until one hypertoken holds the corpus. ' +
    'Nothing is lost: `expand` gives everything back exactly. Needed after `read` before `assemble` can write several scenes as one. Twice changes nothing; after a change only what it reaches is collapsed anew. ' +
    'Takes seconds on a book, minutes on a library; tells its progress where the client asks.',
  input: z.strictObject({
    corpus: z.string().describe('Name of the corpus, as `corpora` lists it.'),
    resolution: z
      .number()
      .positive()
      .optional()
      .describe('Of the communities of level 2: the higher, the smaller they are. 16 unless given.'),
    seed: whole().optional().describe('Of the random numbers that finding communities takes. 1 unless given.'),
    afresh: z
      .boolean()
      .default(false)
      .describe('Find all levels from nothing, though those of an earlier collapse stand.'),
  }),
  output: z.object({ corpus: z.string(), ...counts }),
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: false },
  operation: `mutation McpCollapse($corpus: String!, $resolution: Float, $seed: Int, $afresh: Boolean!) {
  collapse(corpus: $corpus, resolution: $resolution, seed: $seed, afresh: $afresh) {
    corpus { name }
    revision occurrences afresh added kept deleted newCodes
    levels { level occurrences }
    description { before after }
  }
}`,
  variables: (given) => given,
  answer: z
    .object({ collapse: z.object({ corpus: z.object({ name: z.string() }), ...counts }) })
    .transform(({ collapse: { corpus, ...summary } }) => ({ corpus: corpus.name, ...summary })),
  text: ({ corpus, occurrences, added, kept, deleted, newCodes, levels, description: { before, after } }) =>
    [
      `${quoted(corpus)} is collapsed: ${occurrences} occurrences (${added} new, ${kept} kept, ${deleted} gone), ${newCodes} new codes, ${before.toFixed(0)} → ${after.toFixed(0)} bits.`,
      ...levels.map(({ level, occurrences }) => `  level ${level}: ${occurrences}`),
    ].join('\n'),
});
