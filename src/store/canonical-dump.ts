import { createHash } from 'node:crypto';
import type { AgentFacet, Facet } from '../scene/facet.ts';
import { type Code, formatOccurrence, type Occurrence } from '../scene/hypertoken.ts';
import type { CorpusName } from '../scene/name.ts';
import type { DocumentId, SceneId } from '../scene/scene.ts';
import type { DocumentRecord, GraphView, HypertokenRecord, StoredScene } from './graph-store.ts';
import { pagesOf } from './pages.ts';
import { compareText } from './text-order.ts';

export interface DumpOptions {
  /**
   * With what depends on the history of a workspace: codes, ordinals and versions. Without, two stores that hold the same
   * texts, read and coupled alike, give the same lines whatever the order in which they came to it.
   */
  readonly numbers: boolean;
}

/**
 * A corpus as JSON lines in an order of its own: documents by name, after each its scenes by position, after the scene
 * of smallest id of a motif its occurrence; then the communities by level and first scene, the views by name, the couplings by
 * (a, b), and the merges of agents by alias. Memory holds the documents' names, one page, and of each community some 200 bytes.
 * @throws HypersceneError CORPUS_NOT_FOUND; STORE_CONFLICT when a document changes meanwhile
 */
export async function* dumpCorpus(store: GraphView, corpus: CorpusName, options: DumpOptions): AsyncGenerator<string> {
  const documents: DocumentRecord[] = [];
  for await (const page of pagesOf((request) => store.documents(corpus, request), undefined)) documents.push(...page);
  for (const document of documents.sort((x, y) => compareText(x.name, y.name))) {
    yield JSON.stringify(documentLine(document, await textDigest(store, document.id), options));
    for await (const scenes of pagesOf(
      (request) => store.scenes({ corpus, document: document.id }, request),
      undefined,
    ))
      yield* sceneLines(store, scenes, options);
  }
  yield* communityLines(store, corpus, options);
  yield* viewLines(store, corpus, options);
  for await (const page of pagesOf((request) => store.couplings(corpus, request), undefined))
    for (const { a, b, weight, because } of page)
      yield JSON.stringify({
        type: 'coupling',
        a,
        b,
        weight,
        because: because.map((reason) => [reason.kind, reason.key, reason.weight]),
      });
  for await (const page of pagesOf((request) => store.agentMerges(corpus, request), undefined))
    for (const { alias, into, by } of page) yield JSON.stringify({ type: 'merge', alias, into, by });
}

/** Level 2 and above, each with what it is made of: scenes by id, others by the digest of what they stand for and the first scene. */
async function* communityLines(store: GraphView, corpus: CorpusName, { numbers }: DumpOptions): AsyncGenerator<string> {
  for (const [level, records] of await communitiesByLevel(store, corpus)) {
    const occurrences: Occurrence[] = [];
    for (const code of records.keys())
      for await (const page of pagesOf((request) => store.occurrences({ corpus, code }, request), undefined))
        occurrences.push(...page);
    for (const occurrence of occurrences.sort((x, y) => compareText(x.first, y.first))) {
      const { code, ordinal, size, first } = occurrence;
      const { digest, form, figures } = records.get(code) ?? {};
      const parts = await partLines(store, occurrence);
      const of = { type: 'community', level, digest, form, figures, size, first, parts };
      yield JSON.stringify(numbers ? { ...of, code, ordinal } : of);
    }
  }
}

/** From the lowest up. In one scan of the corpus's hypertokens: one for each level that there may be would be 31. */
const communitiesByLevel = async (
  store: GraphView,
  corpus: CorpusName,
): Promise<readonly (readonly [number, ReadonlyMap<Code, HypertokenRecord>])[]> => {
  const levels = new Map<number, Map<Code, HypertokenRecord>>();
  for await (const page of pagesOf((request) => store.hypertokens({ corpus }, request), undefined))
    for (const record of page) {
      if (record.level < 2) continue;
      const records = levels.get(record.level) ?? new Map<Code, HypertokenRecord>();
      levels.set(record.level, records.set(record.code, record));
    }
  return [...levels].sort(([a], [b]) => a - b);
};

const partLines = async (store: GraphView, occurrence: Occurrence): Promise<readonly unknown[]> => {
  const lines: unknown[] = [];
  for await (const parts of pagesOf((request) => store.parts(occurrence, { ...request, depth: 1 }), undefined)) {
    const records = await store.hypertokensByCode(parts.map(({ code }) => code));
    lines.push(...parts.map(({ level, first }, i) => (level === 0 ? first : [level, records[i]?.digest, first])));
  }
  return lines;
};

async function* viewLines(store: GraphView, corpus: CorpusName, { numbers }: DumpOptions): AsyncGenerator<string> {
  for await (const page of pagesOf((request) => store.views(corpus, request), undefined)) {
    const records = await store.hypertokensByCode(page.map(({ occurrence }) => occurrence.code));
    for (const [i, { name, occurrence, selection }] of page.entries()) {
      const { code, ordinal } = occurrence;
      const { digest, form, figures } = records[i] ?? {};
      const scenes: SceneId[] = [];
      for await (const parts of pagesOf((request) => store.parts(occurrence, request), undefined))
        scenes.push(...parts.map(({ first }) => first));
      const of = { type: 'view', name, digest, form, figures, scenes, selection };
      yield JSON.stringify(numbers ? { ...of, code, ordinal } : of);
    }
  }
}

const textDigest = async (store: GraphView, id: DocumentId): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of store.documentText(id)) hash.update(chunk);
  return hash.digest('hex');
};

const documentLine = (document: DocumentRecord, text: string, { numbers }: DumpOptions) => ({
  type: 'document',
  name: document.name,
  id: document.id,
  lang: document.lang,
  ...(numbers ? { version: document.version } : {}),
  sha256: document.sha256,
  bytes: document.bytes,
  length: document.length,
  text,
  scenes: document.scenes,
  notices: document.notices,
  ...(document.filledBy === null ? {} : { filledBy: document.filledBy }),
});

/** What a page of scenes needs to be told of: the figures' digests and the motifs. */
interface Surroundings {
  readonly hypertokens: ReadonlyMap<Code, HypertokenRecord>;
  /** By the scene of smallest id. */
  readonly motifs: ReadonlyMap<SceneId, Occurrence>;
}

async function* sceneLines(
  store: GraphView,
  scenes: readonly StoredScene[],
  options: DumpOptions,
): AsyncGenerator<string> {
  const around = await surroundings(store, scenes);
  for (const scene of scenes) {
    yield JSON.stringify(sceneLine(scene, around, options));
    const motif = around.motifs.get(scene.id);
    if (motif !== undefined) yield JSON.stringify(motifLine(motif, around, options));
  }
}

const surroundings = async (store: GraphView, scenes: readonly StoredScene[]): Promise<Surroundings> => {
  const refs = (await store.motifsOfScenes(scenes.map(({ id }) => id))).filter((ref) => ref !== null);
  const distinct = [...new Map(refs.map((ref) => [formatOccurrence(ref), ref])).values()];
  const found = (await store.occurrencesByRef(distinct)).filter((occurrence) => occurrence !== null);
  const codes = [...new Set([...scenes, ...found].map(({ code }) => code))];
  const records = (await store.hypertokensByCode(codes)).filter((record) => record !== null);
  return {
    hypertokens: new Map(records.map((record) => [record.code, record])),
    motifs: new Map(found.map((occurrence) => [occurrence.scenes.toSorted(compareText)[0] as SceneId, occurrence])),
  };
};

const sceneLine = (scene: StoredScene, { hypertokens }: Surroundings, { numbers }: DumpOptions) => ({
  type: 'scene',
  id: scene.id,
  position: scene.position,
  kind: scene.kind,
  start: scene.start,
  end: scene.end,
  lang: scene.lang,
  text: scene.text,
  agent: facetLine(scene.agent),
  tension: facetLine(scene.tension),
  context: scene.context.map(facetLine),
  atmosphere: facetLine(scene.atmosphere),
  archetype: facetLine(scene.archetype),
  figure: scene.figure,
  digest: hypertokens.get(scene.code)?.digest,
  ...(numbers ? { code: scene.code, ordinal: scene.ordinal } : {}),
});

const facetLine = (facet: Facet | AgentFacet | null): readonly (string | number)[] | null =>
  facet === null
    ? null
    : [facet.key, facet.start, facet.end, facet.confidence, facet.by, ...('entity' in facet ? entities(facet) : [])];

/** Where a merge leads on from the reader's entity, that one too: it is what undoing gives back. */
const entities = ({ entity, own }: AgentFacet): readonly string[] => (own === undefined ? [entity] : [entity, own]);

const motifLine = (motif: Occurrence, { hypertokens }: Surroundings, { numbers }: DumpOptions) => {
  const hypertoken = hypertokens.get(motif.code);
  return {
    type: 'occurrence',
    level: motif.level,
    digest: hypertoken?.digest,
    form: hypertoken?.form,
    figures: hypertoken?.figures,
    scenes: motif.scenes,
    bindings: motif.bindings.map(({ slot, agent }) => [slot, agent]),
    ...(numbers ? { code: motif.code, ordinal: motif.ordinal } : {}),
  };
};
