import { z } from 'zod';
import { afterInput, firstInput, labelsInput, refInput } from '../inputs.ts';
import { moreLine, nextOutput, PAGE_INFO, pageInfoAnswer } from '../page.ts';
import { quoted } from '../quoted.ts';
import { SCENE_FRAGMENT, sceneAnswer, sceneLine, sceneLines, sceneOutput, sceneRefAnswer } from '../scene.ts';
import { defineTool, READ_ONLY } from '../tool.ts';
import { count, whole } from '../whole.ts';

const partOutput = z.object({ ref: z.string(), level: count(), size: count() });

const couplingOutput = z.object({
  scenes: z.array(z.string()).length(2).describe('The two scenes: Δ14:7.'),
  weight: z.number().describe('0 to 1.'),
  because: z.array(z.string()),
});

const couplingAnswer = z
  .object({
    weight: z.number(),
    because: z.array(z.object({ kind: z.string(), label: z.string() })),
    scene: sceneRefAnswer,
    other: sceneRefAnswer,
  })
  .transform(({ weight, because, scene, other }) => ({
    scenes: [other, scene],
    weight,
    // A sequence has no label of its own.
    because: because.map(({ kind, label }) => (label === '' ? kind.toLowerCase() : label)),
  }));

const expansionAnswer = z.object({
  expand: z.object({
    occurrence: z.object({ ref: z.string(), level: count(), size: count() }),
    hypertoken: z.object({ hyperlexeme: z.string() }),
    parts: z.object({ nodes: z.array(partOutput), pageInfo: pageInfoAnswer }),
    scenes: z.object({ nodes: z.array(sceneAnswer) }),
    couplings: z.array(couplingAnswer).default([]),
  }),
});

export const expandTool = defineTool({
  name: 'expand',
  title: 'Expand a hypertoken',
  description:
    'Gives back exactly the scenes and couplings that an occurrence (Δ14:7) stands for, page by page: of a scene itself, of a motif (level 1), of a community (level 2 and above), or of a view made by hand (level -1). ' +
    'With `depth` it goes only so many levels down, and what is met there is listed as `parts`, each of which expands again. For a bare code (Δ14) call `occurrences` first; for a summary of a large one, `bundle`.',
  input: z.strictObject({
    ref: refInput,
    depth: whole().min(1).optional().describe('How many levels below it. All the way to the scenes unless given.'),
    couplings: z.boolean().default(true).describe('Whether to tell the couplings among its scenes.'),
    first: firstInput(20, 'parts'),
    after: afterInput,
    labels: labelsInput,
  }),
  output: z.object({
    ref: z.string(),
    level: count().describe('0: a scene. 1: a motif. 2 and above: a community. -1: a view by hand.'),
    size: count().describe('How many scenes are in it, on all levels below together.'),
    hyperlexeme: z.string(),
    parts: z.array(partOutput).describe('Those parts of this page that are no scenes.'),
    scenes: z.array(sceneOutput).describe('Those parts of this page that are scenes, in the order of its form.'),
    couplings: z
      .array(couplingOutput)
      .describe('Couplings whose later end is a scene of this page: a walk through all pages gives each once.'),
    next: nextOutput,
  }),
  annotations: READ_ONLY,
  operation: `query McpExpand($ref: OccurrenceRef!, $depth: Int, $first: Int!, $after: String, $couplings: Boolean!, $labels: Language!) {
  expand(ref: $ref, depth: $depth, first: $first, after: $after) {
    occurrence { ref level size }
    hypertoken { hyperlexeme(labels: $labels) }
    parts { nodes { ref level size } ${PAGE_INFO} }
    scenes { nodes { ...Told } }
    couplings @include(if: $couplings) {
      weight
      because { kind label(labels: $labels) }
      scene { code ordinal }
      other { code ordinal }
    }
  }
}
${SCENE_FRAGMENT}`,
  variables: (given) => given,
  answer: expansionAnswer.transform(({ expand: { occurrence, hypertoken, parts, scenes, couplings } }) => ({
    ...occurrence,
    ...hypertoken,
    parts: parts.nodes.filter(({ level }) => level !== 0),
    scenes: scenes.nodes,
    couplings,
    next: parts.pageInfo,
  })),
  text: ({ ref, level, size, hyperlexeme, parts, scenes, couplings, next }) =>
    [
      `${ref} ${hyperlexeme}, level ${level}, ${size} scenes:`,
      ...parts.map((part) => `  ${part.ref} level ${part.level}, ${part.size} scenes`),
      ...sceneLines(
        scenes.map((scene) => ({ scene })),
        ({ scene }) => sceneLine(scene),
      ),
      ...(couplings.length === 0 ? [] : ['Couplings:']),
      ...couplings.map(
        (coupling) =>
          `  ${coupling.scenes.join('–')} ${coupling.weight.toFixed(2)} by ${quoted(coupling.because.join(', '))}`,
      ),
      ...moreLine('expand', next),
    ].join('\n'),
});
