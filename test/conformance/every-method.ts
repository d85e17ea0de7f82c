import type { Coupling } from '../../src/scene/coupling.ts';
import { digestOf } from '../../src/scene/digest.ts';
import type { FacetKind } from '../../src/scene/facet.ts';
import type { Occurrence } from '../../src/scene/hypertoken.ts';
import type { CorpusName, DocumentName, ViewName } from '../../src/scene/name.ts';
import type { DocumentId, SceneId } from '../../src/scene/scene.ts';
import type {
  CollapseGroup,
  CommunityGroup,
  DocumentInput,
  DocumentPart,
  DocumentRecord,
  FacetRef,
  GraphStore,
  HypertokenRecord,
  SceneFilter,
  StoredScene,
  ViewRecord,
} from '../../src/store/graph-store.ts';
import { allItems, outcome } from './all-pages.ts';

/** All that a caller can learn of a workspace, to be tried on another one. */
export interface Belongings {
  readonly corpora: readonly CorpusName[];
  readonly documents: readonly DocumentRecord[];
  readonly scenes: readonly StoredScene[];
  readonly couplings: readonly Coupling[];
  readonly hypertokens: readonly HypertokenRecord[];
  readonly occurrences: readonly Occurrence[];
  readonly views: readonly ViewRecord[];
  readonly cursors: readonly string[];
  /** Of the corpora, as they stand. */
  readonly revisions: readonly number[];
}

/** A few of a list, from its ends and its middle. */
const few = <T>(items: readonly T[], count: number): readonly T[] =>
  items.length <= count
    ? items
    : Array.from({ length: count }, (_, i) => items[Math.floor((i * (items.length - 1)) / (count - 1))] as T);

export const belongingsOf = async (store: GraphStore): Promise<Belongings> => {
  const cursors: (string | undefined)[] = [];
  const records = await allItems((page) => store.corpora(page));
  const corpora = records.map(({ name }) => name);
  const first = 3;
  for (const page of [
    await store.corpora({ first }),
    await store.hypertokens({}, { first }),
    await store.occurrences({}, { first }),
  ])
    cursors.push(page.items[0]?.cursor, page.items.at(-1)?.cursor);
  const documents = [];
  const scenes = [];
  const couplings = [];
  const views = [];
  for (const corpus of corpora) {
    documents.push(...(await allItems((page) => store.documents(corpus, page))));
    scenes.push(...(await allItems((page) => store.scenes({ corpus }, page))));
    couplings.push(...(await allItems((page) => store.couplings(corpus, page))));
    views.push(...(await allItems((page) => store.views(corpus, page))));
    cursors.push((await store.scenes({ corpus }, { first })).items.at(-1)?.cursor);
    cursors.push((await store.views(corpus, { first: 1 })).items.at(0)?.cursor);
    cursors.push((await store.documents(corpus, { first })).items.at(0)?.cursor);
    cursors.push((await store.couplings(corpus, { first: 1 })).items.at(0)?.cursor);
  }
  return {
    corpora,
    documents,
    scenes,
    couplings,
    views,
    hypertokens: await allItems((page) => store.hypertokens({}, page)),
    occurrences: await allItems((page) => store.occurrences({}, page)),
    cursors: [...new Set(cursors.filter((cursor) => cursor !== undefined))],
    revisions: records.map(({ revision }) => revision),
  };
};

/** What is tried: the belongings of another workspace, and keys made up to look like its keys. */
export interface Attempt {
  readonly foreign: Belongings;
  /** Of the workspace that is asked. */
  readonly own: Belongings;
  /** Corpora by name, its own ones too, and names that are keys or ids of the other workspace. */
  readonly corpora: readonly CorpusName[];
  readonly documentIds: readonly DocumentId[];
  readonly sceneIds: readonly SceneId[];
  readonly facets: readonly FacetRef[];
}

const facetsOf = (scenes: readonly StoredScene[]): readonly FacetRef[] => {
  const found = new Map<string, FacetRef>();
  const add = (kind: FacetKind, key: string | undefined): void => {
    if (key !== undefined) found.set(`${kind} ${key}`, { kind, key });
  };
  for (const { agent, tension, context } of scenes) {
    add('agent', agent?.entity);
    add('tension', tension?.key);
    for (const { key } of context) add('context', key);
  }
  return few([...found.values()], 6);
};

export const attemptOf = (own: Belongings, foreign: Belongings, otherWorkspace: string): Attempt => {
  const scenes = few(foreign.scenes, 8);
  const corpora = new Set<string>([...foreign.corpora, ...own.corpora]);
  for (const name of [...corpora]) corpora.add(`${otherWorkspace}/${name}`.slice(0, 255));
  const documentIds = few(foreign.documents, 4).map(({ id }) => id);
  const sceneIds = scenes.map(({ id }) => id);
  for (const id of [documentIds[0], sceneIds[0]]) if (id !== undefined) corpora.add(id);
  return {
    foreign,
    own,
    corpora: [...corpora] as CorpusName[],
    documentIds: [...documentIds, ...documentIds.slice(0, 1).map((id) => `../${otherWorkspace}/${id}` as DocumentId)],
    sceneIds: [...sceneIds, ...sceneIds.slice(0, 1).map((id) => `${otherWorkspace}/${id}` as SceneId)],
    facets: facetsOf(foreign.scenes),
  };
};

type Method = Exclude<keyof GraphStore, 'workspace' | 'statistics'>;
type Calls = { readonly [Name in Method]: (attempt: Attempt) => readonly Readonly<Parameters<GraphStore[Name]>>[] };

const pages = ({ foreign }: Attempt) => [{ first: 3 }, ...foreign.cursors.map((after) => ({ first: 3, after }))];

const sceneFilters = ({ corpora, foreign, documentIds, facets }: Attempt): readonly SceneFilter[] =>
  corpora.flatMap((corpus) => [
    { corpus, document: documentIds[0] },
    { corpus, code: foreign.occurrences.at(-1)?.code },
    { corpus, facets: facets.slice(0, 1) },
    { corpus, lang: 'ru' as const, document: documentIds[1] },
  ]);

export const groupOf = (scenes: readonly StoredScene[]): CollapseGroup => {
  const form = `${scenes.map(({ figure }) => figure).join('|')} brought in`;
  const agent = scenes[0]?.agent?.entity;
  return {
    form,
    digest: digestOf('foreign motif', form),
    figures: scenes.map(({ figure }) => figure),
    scenes: scenes.map(({ id }) => id),
    bindings: agent === undefined ? [] : [{ slot: 0, agent }],
  };
};

const communityOf = (scenes: readonly StoredScene[]): CommunityGroup => {
  const { form, digest, figures } = groupOf(scenes);
  return { form, digest, figures, parts: scenes.map(({ id }) => id) };
};

const viewNames = ({ foreign, own }: Attempt): readonly ViewName[] => [
  ...new Set([...few(foreign.views, 2), ...own.views.slice(0, 1)].map(({ name }) => name)),
  'вид' as ViewName,
];

/** Scenes of another workspace as a document of this one. */
async function* broughtIn(scenes: readonly StoredScene[]): AsyncGenerator<DocumentPart> {
  let start = 0;
  const moved = scenes.map(({ corpus, document, documentName, figure, code, ordinal, ...scene }, position) => {
    const from = start;
    start += scene.text.length + 1;
    const shift = <T extends { readonly start: number; readonly end: number }>(facet: T): T => ({
      ...facet,
      start: facet.start - scene.start + from,
      end: facet.end - scene.start + from,
    });
    const shiftOne = <T extends { readonly start: number; readonly end: number }>(facet: T | null): T | null =>
      facet === null ? null : shift(facet);
    return {
      ...scene,
      position,
      start: from,
      end: from + scene.text.length,
      agent: shiftOne(scene.agent),
      tension: shiftOne(scene.tension),
      context: scene.context.map(shift),
      atmosphere: shiftOne(scene.atmosphere),
      archetype: shiftOne(scene.archetype),
    };
  });
  yield { type: 'text', text: scenes.map(({ text }) => `${text} `).join('') };
  yield { type: 'scenes', scenes: moved };
}

/** What each method is called with: everything of another workspace that fits. Reads stand before writes, deletions last. */
export const CALLS: Calls = {
  corpora: (attempt) => pages(attempt).map((page) => [page]),
  corpus: ({ corpora }) => corpora.map((name) => [name]),
  documents: (attempt) =>
    attempt.corpora.slice(0, 2).flatMap((corpus) => pages(attempt).map((page) => [corpus, page] as const)),
  documentsById: ({ documentIds }) => [[documentIds]],
  documentText: ({ documentIds }) => documentIds.map((id) => [id]),
  scenes: (attempt) => [
    ...sceneFilters(attempt).map((filter) => [filter, { first: 3 }] as const),
    ...attempt.corpora.map((corpus) => [{ corpus, text: 'и' }, { first: 3 }] as const),
    ...pages(attempt).map((page) => [{ corpus: attempt.corpora[0] as CorpusName }, page] as const),
  ],
  countScenes: (attempt) => sceneFilters(attempt).map((filter) => [filter]),
  sceneIds: (attempt) => [
    ...sceneFilters(attempt).map((filter) => [filter, 3] as const),
    ...attempt.corpora.map((corpus) => [{ corpus, text: 'и' }, 3] as const),
  ],
  textCounts: ({ corpora }) => corpora.map((corpus) => [corpus, ['и', 'царь']]),
  scenesWithTexts: ({ corpora }) => corpora.map((corpus) => [corpus, ['и', 'царь'], 3]),
  facetsWithTexts: ({ corpora }) => corpora.map((corpus) => [corpus, 'agent', ['Емельян', 'царь'], 3]),
  facets: (attempt) => [
    ...attempt.corpora.flatMap((corpus) =>
      [undefined, 'царь', 'порог'].map((text) => [{ corpus, text }, { first: 5 }] as const),
    ),
    ...pages(attempt).map((page) => [{ corpus: attempt.corpora[0] as CorpusName }, page] as const),
  ],
  scenesById: ({ sceneIds }) => [[sceneIds]],
  scenesInRanges: ({ documentIds }) => [[documentIds.map((document) => ({ document, from: 0, to: 4 }))]],
  couplingsOf: ({ sceneIds }) => [[sceneIds, 5]],
  neighboursOf: ({ sceneIds }) => [[sceneIds]],
  couplingsAmong: ({ sceneIds, foreign }) => [[[...sceneIds, ...foreign.couplings.flatMap(({ a, b }) => [a, b])]]],
  couplingsBetween: ({ sceneIds, foreign }) => [
    [
      [
        ...sceneIds.slice(1).map((id, i) => [sceneIds[i] as SceneId, id] as const),
        ...foreign.couplings.map(({ a, b }) => [a, b] as const),
      ],
    ],
  ],
  couplings: (attempt) =>
    attempt.corpora.slice(0, 2).flatMap((corpus) => pages(attempt).map((page) => [corpus, page] as const)),
  subgraph: ({ sceneIds }) => few(sceneIds, 4).map((id) => [id, { hops: 2, limit: 5 }]),
  uncoupledScenes: ({ corpora }) => corpora.map((corpus) => [corpus, 5]),
  waitToBeCoupled: ({ corpora, sceneIds }) => corpora.map((corpus) => [corpus, sceneIds]),
  facetCounts: ({ corpora, facets }) => corpora.map((corpus) => [corpus, facets]),
  scenesSharing: ({ corpora, facets }) => corpora.map((corpus) => [corpus, facets, 5]),
  hypertokens: (attempt) => [
    ...few(attempt.foreign.hypertokens, 4).map(({ digest }) => [{ digest }, { first: 3 }] as const),
    ...attempt.corpora.map((corpus) => [{ corpus }, { first: 3 }] as const),
    ...pages(attempt).map((page) => [{ level: 0 }, page] as const),
  ],
  hypertokensByCode: ({ foreign }) => [[foreign.hypertokens.map(({ code }) => code)]],
  hypertokensByDigest: ({ foreign }) => [[foreign.hypertokens.map(({ digest }) => digest)]],
  occurrences: (attempt) => [
    ...few(attempt.foreign.hypertokens, 4).map(({ code }) => [{ code }, { first: 3 }] as const),
    ...attempt.corpora.map((corpus) => [{ corpus, level: 1 }, { first: 3 }] as const),
    ...pages(attempt).map((page) => [{}, page] as const),
  ],
  occurrencesByRef: ({ foreign }) => [[foreign.occurrences.map(({ code, ordinal }) => ({ code, ordinal }))]],
  motifsOfScenes: ({ sceneIds }) => [[sceneIds]],
  holdersOf: ({ foreign }) => [[foreign.occurrences.map(({ code, ordinal }) => ({ code, ordinal }))]],
  holderPlacesOf: ({ foreign }) => [[foreign.occurrences.map(({ code, ordinal }) => ({ code, ordinal }))]],
  placesWithin: ({ foreign, sceneIds }) => [
    ...foreign.occurrences.map(({ code, ordinal }) => [{ code, ordinal }, sceneIds] as const),
    ...foreign.views.map(({ occurrence }) => [occurrence, [...sceneIds, occurrence.first]] as const),
  ],
  parts: ({ foreign }) => foreign.occurrences.map(({ code, ordinal }) => [{ code, ordinal }, { first: 5 }] as const),
  views: (attempt) =>
    attempt.corpora.slice(0, 3).flatMap((corpus) => pages(attempt).map((page) => [corpus, page] as const)),
  viewByName: (attempt) =>
    attempt.corpora.flatMap((corpus) => viewNames(attempt).map((name) => [corpus, name] as const)),
  scenesOfViews: (attempt) => attempt.corpora.map((corpus) => [corpus, viewNames(attempt)] as const),
  atOneRevision: ({ corpora }) =>
    corpora.map((corpus) => [corpus, async (view) => view.scenes({ corpus }, { first: 3 })] as const),
  writeCouplings: ({ corpora, foreign, sceneIds }) =>
    corpora
      .slice(0, 3)
      .flatMap((corpus) => [
        [corpus, { put: few(foreign.couplings, 2), remove: [], coupled: [] }] as const,
        [corpus, { put: [], remove: few(foreign.couplings, 2), coupled: sceneIds }] as const,
      ]),
  writeCollapse: ({ own, foreign }) =>
    own.corpora.flatMap((corpus) =>
      [0, 1, 2, 3, 4, 5, 6, 7, 8].flatMap((revision) => [
        [corpus, { revision, groups: [groupOf(foreign.scenes.slice(0, 2))] }] as const,
        [corpus, { revision, groups: [], communities: [[communityOf(foreign.scenes.slice(0, 2))]] }] as const,
      ]),
    ),
  writeView: (attempt) =>
    attempt.own.corpora.flatMap((corpus) =>
      [0, 1, 2, 3, 4, 5, 6, 7, 8].flatMap((revision) =>
        viewNames(attempt).map((name) => {
          const { form, digest, figures, scenes } = groupOf(attempt.foreign.scenes.slice(0, 2));
          const of = { form, digest, figures, scenes, selection: { by: 'scenes' as const } };
          return [corpus, { ...of, name, revision, replace: true }] as const;
        }),
      ),
    ),
  writeDocument: ({ corpora, foreign, own }) => {
    const input = (corpus: CorpusName, name: DocumentName): DocumentInput => ({
      corpus,
      name,
      lang: 'ru',
      sha256: '5'.repeat(64),
      bytes: 1,
    });
    const scenes = few(foreign.scenes, 4);
    const names = [...few(foreign.documents, 2), ...own.documents.slice(0, 1)].map(({ name }) => name);
    return names.flatMap((name) => few(corpora, 2).map((corpus) => [input(corpus, name), broughtIn(scenes)] as const));
  },
  imports: () => [[]],
  beginImport: ({ corpora }) => corpora.map((corpus) => [corpus, 'чужое'] as const),
  endImport: ({ corpora }) => {
    const counts = { documents: 1, scenes: 1, couplings: 0, uncoupled: 1 };
    return corpora.map((corpus) => [corpus, { ...counts, revision: 1, collapsedRevision: null }] as const);
  },
  learnHypertokens: ({ foreign }) => [
    [few(foreign.hypertokens, 4).map(({ level, digest, form, figures }) => ({ level, digest, form, figures }))],
  ],
  agentMerges: (attempt) =>
    attempt.corpora.slice(0, 2).flatMap((corpus) => pages(attempt).map((page) => [corpus, page] as const)),
  mergeAgents: ({ corpora, facets, own }) => {
    const foreign = facets.filter(({ kind }) => kind === 'agent').map(({ key }) => key);
    const [into = 'никто'] = own.scenes.flatMap(({ agent }) => (agent === null ? [] : [agent.entity]));
    return foreign.flatMap((alias) => few(corpora, 3).map((corpus) => [corpus, { alias, into }] as const));
  },
  undoMerge: ({ corpora, facets }) =>
    facets.flatMap(({ key }) => few(corpora, 3).map((corpus) => [corpus, key] as const)),
  clearCouplings: ({ corpora }) => corpora.slice(0, 2).map((corpus) => [corpus]),
  deleteView: (attempt) =>
    attempt.corpora.flatMap((corpus) => viewNames(attempt).map((name) => [corpus, name] as const)),
  deleteDocument: ({ corpora, foreign }) =>
    few(foreign.documents, 3).flatMap(({ name }) => corpora.map((corpus) => [corpus, name] as const)),
  deleteCorpus: ({ corpora }) => corpora.map((name) => [name]),
};

export const METHODS = Object.keys(CALLS) as readonly Method[];

const collected = async (chunks: AsyncIterable<unknown>): Promise<readonly unknown[]> => {
  const all = [];
  for await (const chunk of chunks) all.push(chunk);
  return all;
};

export const changes = (method: Method): boolean => /^(?:write|clear|delete|merge|undo|learn|begin|end)/u.test(method);

/** Calls a method of a store with all that is tried, and tells what came of each; what changes something one after the other. */
export const callAll = async (store: GraphStore, method: Method, attempt: Attempt): Promise<readonly unknown[]> => {
  const act = store[method].bind(store) as (...parameters: readonly unknown[]) => unknown;
  const call = (parameters: readonly unknown[]) => outcome((async () => settled(act(...parameters)))());
  const calls: readonly (readonly unknown[])[] = CALLS[method](attempt);
  if (!changes(method)) return Promise.all(calls.map(call));
  const outcomes = [];
  for (const parameters of calls) outcomes.push(await call(parameters));
  return outcomes;
};

const settled = (result: unknown): unknown =>
  typeof result === 'object' && result !== null && Symbol.asyncIterator in result
    ? collected(result as AsyncIterable<unknown>)
    : result;
