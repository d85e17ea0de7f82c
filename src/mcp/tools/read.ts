import { z } from 'zod';
import { quoted } from '../quoted.ts';
import { defineTool } from '../tool.ts';
import { count } from '../whole.ts';

const filled = z
  .object({
    model: z.string(),
    sceneCount: count(),
    askedCount: count(),
    filledCount: count(),
    noneCount: count(),
    unfitCount: count(),
    lessSureCount: count(),
    tooLongCount: count(),
  })
  .nullable();

const filledLine = (facets: NonNullable<z.output<typeof filled>>): string =>
  `${quoted(facets.model)} was asked for ${facets.askedCount} facets of ${facets.sceneCount} scenes and filled ${facets.filledCount}; nothing fits ${facets.noneCount}, ${facets.unfitCount} answers do not hold, ${facets.lessSureCount} are not sure enough, ${facets.tooLongCount} could not be asked for in its context.`;

export const readTool = defineTool({
  name: 'read',
  title: 'Read a text into a corpus',
  description:
    'Reads a text into a document of a corpus: cuts it into scenes (sentences or clauses), finds who acts in each, in what tension, where, by what archetype, ' +
    'and couples scenes that share any of that. Makes the corpus where there is none. A document of this name is read anew: scenes whose text stayed the same stay as they are, ' +
    'those that are no longer in the text go. The same text again changes nothing. Russian and English prose, notes, chats; a name that ends in .md is read as Markdown. ' +
    'It does not search: call `search`, `activate` or `assemble` afterwards, and `collapse` for hypertokens.',
  input: z.strictObject({
    corpus: z
      .string()
      .describe(
        'Name of the corpus, new or as `corpora` lists it: 1 to 255 characters, no control characters, no white space at either end.',
      ),
    name: z
      .string()
      .describe('Name of the document within the corpus, by the same rule, e.g. "chapter-1.txt" or "дневник.md".'),
    text: z
      .string()
      .describe(
        'The whole text. An installation bounds it: 64 MiB unless set otherwise, and over MCP a message has 4 MiB at most.',
      ),
    lang: z.enum(['RU', 'EN']).optional().describe('Found out from the text unless given.'),
    modelFacets: z
      .strictObject({
        confidenceMin: z
          .number()
          .optional()
          .describe('Facets that the reader is less sure of are asked for: above 0 to 1, 0.5 unless given.'),
        takenMin: z
          .number()
          .optional()
          .describe(
            'Answers from this confidence on are written, 0.5 unless given: less lets in what is more often wrong than right. Without `trust` answers have 0.11 at most.',
          ),
        trust: z
          .number()
          .optional()
          .describe('How often the model that is set is right, 0 to 1, where it was measured.'),
      })
      .optional()
      .describe(
        "Have the installation's own language model fill facets that the reader is unsure of. Seconds a scene, and small models are mostly wrong: leave it out unless the user asks for it.",
      ),
  }),
  output: z.object({
    corpus: z.string(),
    document: z.string(),
    lang: z.enum(['RU', 'EN']),
    version: count().describe('1, and one more each time another text came under the same name.'),
    unchanged: z.boolean().describe('The same text stood there already; nothing was changed.'),
    sceneCount: count(),
    scenesAdded: count(),
    scenesKept: count(),
    scenesDeleted: count(),
    viewsDeleted: z.array(z.string()).describe('Views by hand that held a scene which is gone.'),
    couplings: count().describe('Couplings made or changed.'),
    notices: z.array(z.string()).describe('What the reader had to do that a person would want to know.'),
    modelFacets: filled.describe('What the model filled; null where it was not asked.'),
  }),
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: false },
  operation: `mutation McpRead($input: ReadTextInput!) {
  readText(input: $input) {
    document { name lang version corpus { name } }
    unchanged sceneCount scenesAdded scenesKept scenesDeleted viewsDeleted couplings notices
    modelFacets { model sceneCount askedCount filledCount noneCount unfitCount lessSureCount tooLongCount }
  }
}`,
  variables: (input) => ({ input }),
  answer: z
    .object({
      readText: z.object({
        document: z.object({
          name: z.string(),
          lang: z.enum(['RU', 'EN']),
          version: count(),
          corpus: z.object({ name: z.string() }),
        }),
        unchanged: z.boolean(),
        sceneCount: count(),
        scenesAdded: count(),
        scenesKept: count(),
        scenesDeleted: count(),
        viewsDeleted: z.array(z.string()),
        couplings: count(),
        notices: z.array(z.string()),
        modelFacets: filled,
      }),
    })
    .transform(({ readText: { document, ...report } }) => ({
      corpus: document.corpus.name,
      document: document.name,
      lang: document.lang,
      version: document.version,
      ...report,
    })),
  text: (read) =>
    [
      read.unchanged
        ? `${quoted(read.document)} of ${quoted(read.corpus)} stood there with the same text; nothing was changed.`
        : `${quoted(read.document)} of ${quoted(read.corpus)}: ${read.lang}, version ${read.version}, ${read.sceneCount} scenes (${read.scenesAdded} new, ${read.scenesKept} kept, ${read.scenesDeleted} gone), ${read.couplings} couplings made or changed.`,
      ...read.viewsDeleted.map((view) => `The view ${quoted(view)} went with a scene of it.`),
      ...(read.modelFacets === null ? [] : [filledLine(read.modelFacets)]),
      ...read.notices.map((notice) => `Notice: ${quoted(notice)}`),
    ].join('\n'),
});
