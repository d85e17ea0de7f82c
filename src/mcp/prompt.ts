import { z } from 'zod';
import { labelsInput, sourceVariable } from './inputs.ts';
import { quoted } from './quoted.ts';
import { count, whole } from './whole.ts';

const RUNGS = ['TEXT', 'HYPERLEXEME', 'FACETS', 'OCCURRENCE', 'CODE'] as const;

const contextInput = z.strictObject({
  query: z.string().optional(),
  code: z.string().optional(),
  occurrence: z.string().optional(),
  scene: z.string().optional(),
  corpus: z.string().optional(),
  tokens: whole().min(1),
  limit: whole().min(1).optional(),
  budget: whole().optional(),
  rung: z.enum(['HYPERLEXEME', 'FACETS', 'OCCURRENCE', 'CODE']).optional(),
});

/** Flat, since a model writes that with fewer mistakes than the API's own nesting. */
const partInput = z
  .strictObject({
    text: z.string().optional().describe('A text just as it is; Δ14 in it is plain text.'),
    scene: z
      .string()
      .optional()
      .describe('A scene: its `key`, 32 hex digits. In its very words unless `rung` is given.'),
    code: z.string().optional().describe('A kind of scene, a motif or a community: Δ14.'),
    occurrence: z
      .string()
      .optional()
      .describe('One place of a code: Δ14:7. As its hyperlexeme unless `rung` is given.'),
    context: contextInput
      .optional()
      .describe(
        'What of a corpus hangs together with a source; takes what `assemble` takes, `tokens` being those of the model.',
      ),
    rung: z
      .enum(RUNGS)
      .optional()
      .describe('How `scene` or `occurrence` is written. Those below HYPERLEXEME need a `pack` that has them.'),
  })
  .refine(
    ({ rung, scene, occurrence }) => rung === undefined || scene !== undefined || occurrence !== undefined,
    '`rung` goes with `scene` or `occurrence`; a context has its own',
  );

/** By which pack the model is asked. */
export const packInputs = {
  pack: z
    .string()
    .optional()
    .describe('Name of a pack, as `model` lists it: hypertokens as tokens of the model. The bare model unless given.'),
  labels: labelsInput,
} as const;

/** How the model is asked beside that, by tools that let it run. */
export const callInputs = {
  adapter: z
    .string()
    .optional()
    .describe("Name of the pack whose adapter is used in place of the pack's own; `none` for none."),
  reproducible: z.boolean().default(false).describe('The same bytes every time on the same machine. Slower.'),
} as const;

interface Choice {
  readonly pack?: string | undefined;
  readonly adapter?: string | undefined;
  readonly reproducible?: boolean;
}

/** How the model is asked, in an operation: what is not given is left to the API. */
export const choiceVariable = (given: Choice): object =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));

/** What all tools take that put parts to the model. */
export const promptInputs = {
  parts: z
    .array(partInput)
    .min(1)
    .describe(
      'What the prompt is made of, in its order; each has exactly one of `text`, `scene`, `code`, `occurrence`, `context`.',
    ),
  ...packInputs,
  form: z
    .enum(['RAW', 'CHAT'])
    .default('RAW')
    .describe('RAW: the parts as they are, to be gone on with. CHAT: as a turn of a user, to be answered.'),
} as const;

type Part = z.output<typeof partInput>;

/** Whether exactly one is given is the API's to say. */
export const partVariable = ({ text, code, scene, occurrence, context, rung }: Part): object => ({
  ...(text !== undefined && { text }),
  ...(code !== undefined && { code }),
  ...(scene !== undefined && { scene: { scene, ...(rung && { rung }) } }),
  ...(occurrence !== undefined && { occurrence: { ref: occurrence, ...(rung && { rung }) } }),
  ...(context !== undefined && { context: contextVariable(context) }),
});

const contextVariable = ({ query, code, occurrence, scene, ...given }: z.output<typeof contextInput>): object => ({
  ...given,
  from: sourceVariable({ query, code, occurrence, scene }),
});

/** What parts were written as, in an operation. */
export const SUBSTITUTIONS = 'substitutions { part name wanted written why }';

export const substitutionsOutput = z
  .array(z.object({ part: count(), name: z.string(), wanted: z.string(), written: z.string(), why: z.string() }))
  .describe(
    'What is on another rung than wanted; `part` counts from 0. Why: NO_PACK is named, it has NO_ROW, or NOT_A_SCENE: only its code has one.',
  );

/** More of them say no more. */
const LINES_MAX = 20;

export const substitutionLines = (all: z.output<typeof substitutionsOutput>): readonly string[] => [
  ...all
    .slice(0, LINES_MAX)
    .map(
      ({ part, name, wanted, written, why }) => `Part ${part}: ${name} as ${written} in place of ${wanted} (${why}).`,
    ),
  ...(all.length > LINES_MAX ? [`And ${all.length - LINES_MAX} more in place of what was wanted.`] : []),
];

export const WRITTEN = 'written { kind items { name rung } contextPositions droppedCount }';

export const writtenOutput = z
  .array(
    z.object({
      kind: z.string(),
      items: z.array(z.object({ name: z.string().nullable(), rung: z.string() })),
      contextPositions: count().nullable(),
      droppedCount: count().nullable(),
    }),
  )
  .describe('What the model was given, part by part: of a context its pieces and how many scenes did not go in.');

/** Of contexts alone: the others are what was asked for. */
export const contextLines = (parts: z.output<typeof writtenOutput>): readonly string[] =>
  parts.flatMap(({ kind, items, contextPositions, droppedCount }, part) =>
    kind === 'CONTEXT'
      ? [`Part ${part}: ${items.length} pieces in ${contextPositions} positions, ${droppedCount} scenes left out.`]
      : [],
  );

/** By what an answer came about, in an operation. */
export const ORIGIN = `usage { prompt cached generated waited promptTime time }
    provenance {
      model { name sha256 } pack { name sha256 } adapter { name sha256 }
      seed slots batch threads kv { key value }
    }`;

/** Loose, as all fields would cost a model 300 tokens in each tool's schema; what the operation asks for is given. */
export const originOutput = {
  usage: z
    .looseObject({ prompt: count(), generated: count(), time: z.number() })
    .describe('Positions read, tokens made, milliseconds without waiting.'),
  provenance: z
    .looseObject({
      model: z.looseObject({ name: z.string(), sha256: z.string().nullable() }),
      pack: z.looseObject({ name: z.string() }).nullable(),
      adapter: z.looseObject({ name: z.string() }).nullable(),
      seed: z.number().nullable(),
      batch: z.string(),
    })
    .describe('By what it came about. The same again on the same machine where `batch` is ALONE.'),
} as const;

type Origin = z.output<z.ZodObject<typeof originOutput>>;

export const originLine = ({ usage, provenance: { model, pack, adapter, seed, batch } }: Origin): string =>
  [
    `By ${quoted(model.name)}${model.sha256 === null ? '' : ` (SHA-256 ${model.sha256.slice(0, 12)}…)`}`,
    pack === null ? 'no pack' : `pack ${quoted(pack.name)}`,
    ...(adapter === null ? [] : [`adapter of ${quoted(adapter.name)}`]),
    ...(seed === null ? [] : [`seed ${seed}`]),
    ...(batch === 'ALONE' ? ['alone'] : []),
    `${usage.prompt} positions read, ${usage.generated} tokens made in ${usage.time.toFixed(0)} ms.`,
  ].join(', ');
