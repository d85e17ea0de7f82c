import { z } from 'zod';
import { labelsInput, refInput } from '../inputs.ts';
import { quoted } from '../quoted.ts';
import { SCENE_FRAGMENT, sceneAnswer, sceneLine, sceneLines, sceneOutput } from '../scene.ts';
import { defineTool, READ_ONLY } from '../tool.ts';
import { count, whole } from '../whole.ts';

const standing = z.object({ label: z.string(), sceneCount: count() });

const fields = {
  scenesRead: count().describe('Scenes it was told by.'),
  truncated: z
    .boolean()
    .describe('Whether the occurrence has more scenes than `scenesMax`: it is told by the first then.'),
  gloss: z.string().describe('Who, what kind of scenes, in what tension, among what, how many and where, in one line.'),
  agents: z.array(standing).describe('Who stands in the most scenes, five at most.'),
  contexts: z.array(standing).describe('What stands around in the most scenes, five at most.'),
  documentCount: count(),
  coherence: z
    .number()
    .nullable()
    .describe("The share of its scenes' couplings that stay inside, by weight, 0 to 1; null where none is coupled."),
} as const;

export const bundleTool = defineTool({
  name: 'bundle',
  title: 'Sum up an occurrence',
  description:
    'Sums up what an occurrence (Δ14:7) holds together, however large: who, in what tension, where, how closely it hangs together, and the three scenes that carry most of its couplings. ' +
    'Cheaper than `expand` for a community or a whole corpus.',
  input: z.strictObject({
    ref: refInput,
    scenesMax: whole().min(1).optional().describe('Scenes to be read at most: 1 to 20000, 5000 unless given.'),
    labels: labelsInput,
  }),
  output: z.object({
    ref: z.string(),
    level: count(),
    size: count(),
    ...fields,
    summary: z
      .array(sceneOutput)
      .describe('The scenes that together carry most of its couplings, in the order of the text.'),
  }),
  annotations: READ_ONLY,
  operation: `query McpBundle($ref: OccurrenceRef!, $scenesMax: Int! = 5000, $labels: Language!) {
  bundle(ref: $ref, scenesMax: $scenesMax) {
    occurrence { ref level size }
    scenesRead truncated gloss(labels: $labels) documentCount coherence
    agents { label(labels: $labels) sceneCount }
    contexts { label(labels: $labels) sceneCount }
    summary { ...Told }
  }
}
${SCENE_FRAGMENT}`,
  variables: (given) => given,
  answer: z
    .object({
      bundle: z.object({
        occurrence: z.object({ ref: z.string(), level: count(), size: count() }),
        ...fields,
        summary: z.array(sceneAnswer),
      }),
    })
    .transform(({ bundle: { occurrence, ...told } }) => ({ ...occurrence, ...told })),
  text: ({ ref, level, size, gloss, agents, contexts, coherence, summary, truncated, scenesRead }) =>
    [
      `${ref}, level ${level}, ${size} scenes${truncated ? `, told by the first ${scenesRead}` : ''}: ${quoted(gloss)}`,
      `Agents: ${standings(agents)}. Around: ${standings(contexts)}. Coherence: ${coherence === null ? 'not coupled' : coherence.toFixed(2)}.`,
      'Its main scenes:',
      ...sceneLines(
        summary.map((scene) => ({ scene })),
        ({ scene }) => sceneLine(scene),
      ),
    ].join('\n'),
});

const standings = (all: readonly z.output<typeof standing>[]): string =>
  all.map(({ label, sceneCount }) => `${quoted(label)} ${sceneCount}`).join(', ') || 'none';
