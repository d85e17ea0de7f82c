import { z } from 'zod';
import type { Coupling } from '../scene/coupling.ts';
import { REASON_KINDS } from '../scene/coupling.ts';
import { type Digest, isDigest } from '../scene/digest.ts';
import { type AgentFacet, FACET_EVIDENCE, FACET_KINDS, type Facet } from '../scene/facet.ts';
import type { FigureKey } from '../scene/figure.ts';
import { LEVEL_MAX } from '../scene/hypertoken.ts';
import { documentName, viewName } from '../scene/name.ts';
import { LANGUAGES, type SceneId } from '../scene/scene.ts';
import type { ViewSelection } from '../scene/view.ts';
import type { AgentMerge, DocumentRecord, StoredScene } from '../store/graph-store.ts';

/**
 * The files of the format `graph`. Nothing in them is a number of the store's registry or a key of the store: scenes are told by
 * their ids, occurrences by level and first scene, codes by their digests, so that each store gives the same bytes.
 */
export const GRAPH_FILES = {
  documents: 'documents.jsonl',
  texts: 'texts.jsonl',
  scenes: 'scenes.jsonl',
  occurrences: 'occurrences.jsonl',
  couplings: 'couplings.jsonl',
  merges: 'merges.jsonl',
  views: 'views.jsonl',
  corpus: 'corpus.json',
} as const;

/** Grows when an older program would import a graph wrongly. */
export const GRAPH_VERSION = 1;

const count = z.int().min(0);
const sceneId = z.string().transform((id, context) => {
  if (!isDigest(id)) context.addIssue({ code: 'custom', message: 'expected 32 hex digits' });
  return id as string as SceneId;
});
const digest = z.string().transform((text, context) => {
  if (!isDigest(text)) context.addIssue({ code: 'custom', message: 'expected 32 hex digits' });
  return text as Digest;
});
/** As names come in from anywhere else. */
const named = <T>(parse: (text: string) => T) =>
  z.string().transform((text, context): T => {
    try {
      return parse(text);
    } catch (error) {
      context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) });
      return z.NEVER;
    }
  });
const language = z.enum(LANGUAGES as readonly [(typeof LANGUAGES)[number]]);
const figures = z.array(z.string().transform((key) => key as FigureKey));

const documentShape = z.strictObject({
  name: named(documentName),
  id: z.string(),
  lang: language,
  version: z.int().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/u),
  bytes: count,
  length: count,
  scenes: count,
  notices: z.array(z.string()),
  /** Absent where no model filled any facets. */
  filledBy: z.string().optional(),
});

/** A document's text, all of it, in pieces; those of a document one after the other. */
const textShape = z.strictObject({ document: z.string(), text: z.string() });

const facetFields = {
  key: z.string(),
  start: count,
  end: count,
  confidence: z.number().min(0).max(1),
  by: z.enum(FACET_EVIDENCE),
};
const facetShape = z.strictObject(facetFields);
/** `entity` is whom the merges lead to; `own` whom the reader took it for, where that is another one. */
const agentShape = z.strictObject({ ...facetFields, entity: z.string(), own: z.string().optional() });

const sceneShape = z.strictObject({
  id: sceneId,
  document: z.string(),
  position: count,
  kind: z.enum(['scene', 'half']),
  start: count,
  end: count,
  lang: language,
  text: z.string(),
  agent: agentShape.nullable(),
  tension: facetShape.nullable(),
  context: z.array(facetShape),
  atmosphere: facetShape.nullable(),
  archetype: facetShape.nullable(),
  figure: z.string(),
  digest,
  /** Whether it waits to be coupled. */
  waits: z.boolean(),
});

const level = z.int().min(1).max(LEVEL_MAX);
/** A scene, or an occurrence of a lower level by its first scene. */
const partShape = z.union([sceneId, z.tuple([level, sceneId])]);
export type PartRow = z.infer<typeof partShape>;

const occurrenceShape = z.strictObject({
  level,
  first: sceneId,
  digest,
  form: z.string(),
  figures,
  parts: z.array(partShape).min(1),
  /** Slot and agent. */
  bindings: z.array(z.tuple([count, z.string()])),
});

const couplingShape = z.strictObject({
  a: sceneId,
  b: sceneId,
  weight: z.number().min(0).max(1),
  because: z.array(
    z.strictObject({
      kind: z.enum(REASON_KINDS as readonly [(typeof REASON_KINDS)[number]]),
      key: z.string(),
      weight: z.number(),
    }),
  ),
});

const mergeShape = z.strictObject({ alias: z.string(), into: z.string(), by: z.enum(FACET_EVIDENCE) });

const selectionShape = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('scenes') }),
  z.strictObject({ by: z.literal('seed'), seed: sceneId, hops: z.int(), weightMin: z.number() }),
  z.strictObject({ by: z.literal('document'), document: named(documentName) }),
  z.strictObject({
    by: z.literal('search'),
    text: z.string().optional(),
    facets: z.array(z.strictObject({ kind: z.enum(FACET_KINDS), key: z.string() })).optional(),
    digest: digest.optional(),
    document: named(documentName).optional(),
    kind: z.enum(['scene', 'half']).optional(),
    lang: language.optional(),
  }),
  z.strictObject({ by: z.literal('path'), from: sceneId, to: sceneId }),
]);

const viewShape = z.strictObject({
  name: named(viewName),
  digest,
  form: z.string(),
  figures,
  scenes: z.array(sceneId).min(1),
  selection: selectionShape,
});

const corpusShape = z.strictObject({
  format: z.literal('hyperscene-graph'),
  version: z.int().min(1),
  documents: count,
  scenes: count,
  couplings: count,
  uncoupled: count,
  revision: count,
  collapsedRevision: count.nullable(),
  collapsedBy: z
    .strictObject({ resolution: z.number(), seed: z.int(), resolutions: z.array(z.number()), scenes: count })
    .nullable(),
});

/** What a line of each file holds. */
export const GRAPH_SHAPES = {
  documents: documentShape,
  texts: textShape,
  scenes: sceneShape,
  occurrences: occurrenceShape,
  couplings: couplingShape,
  merges: mergeShape,
  views: viewShape,
  corpus: corpusShape,
} as const satisfies Record<keyof typeof GRAPH_FILES, z.ZodType>;

export type GraphPart = keyof typeof GRAPH_FILES;
export type GraphRow<Part extends GraphPart> = Readonly<z.infer<(typeof GRAPH_SHAPES)[Part]>>;

// Each value is named, in one order: stores give the fields of theirs in orders of their own.

export const documentRow = (document: DocumentRecord): GraphRow<'documents'> => ({
  name: document.name,
  id: document.id,
  lang: document.lang,
  version: document.version,
  sha256: document.sha256,
  bytes: document.bytes,
  length: document.length,
  scenes: document.scenes,
  notices: [...document.notices],
  ...(document.filledBy === null ? {} : { filledBy: document.filledBy }),
});

const facetRow = ({ key, start, end, confidence, by }: Facet) => ({ key, start, end, confidence, by });
const facetOrNull = (facet: Facet | null) => (facet === null ? null : facetRow(facet));
const agentRow = (agent: AgentFacet) => ({
  ...facetRow(agent),
  entity: agent.entity,
  ...(agent.own === undefined ? {} : { own: agent.own }),
});

/** @param figure digest of the scene's figure */
export const graphSceneRow = (scene: StoredScene, figure: Digest, waits: boolean): GraphRow<'scenes'> => ({
  id: scene.id,
  document: scene.documentName,
  position: scene.position,
  kind: scene.kind,
  start: scene.start,
  end: scene.end,
  lang: scene.lang,
  text: scene.text,
  agent: scene.agent === null ? null : agentRow(scene.agent),
  tension: facetOrNull(scene.tension),
  context: scene.context.map(facetRow),
  atmosphere: facetOrNull(scene.atmosphere),
  archetype: facetOrNull(scene.archetype),
  figure: scene.figure,
  digest: figure,
  waits,
});

export const couplingRow = ({ a, b, weight, because }: Coupling): GraphRow<'couplings'> => ({
  a,
  b,
  weight,
  because: because.map((reason) => ({ kind: reason.kind, key: reason.key, weight: reason.weight })),
});

export const mergeRow = ({ alias, into, by }: AgentMerge): GraphRow<'merges'> => ({ alias, into, by });

export const selectionRow = (selection: ViewSelection): GraphRow<'views'>['selection'] => {
  const { by } = selection;
  switch (by) {
    case 'scenes':
      return { by };
    case 'seed':
      return { by, seed: selection.seed, hops: selection.hops, weightMin: selection.weightMin };
    case 'document':
      return { by, document: selection.document };
    case 'search': {
      const { text, facets, digest: of, document, kind, lang } = selection;
      return {
        by,
        text,
        facets: facets?.map(({ kind: own, key }) => ({ kind: own, key })),
        digest: of,
        document,
        kind,
        lang,
      };
    }
    case 'path':
      return { by, from: selection.from, to: selection.to };
    default:
      return selection satisfies never;
  }
};
