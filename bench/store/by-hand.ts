import { type Figure, figureDigest, figureKey, figureOf } from '../../src/scene/figure.ts';
import { documentId, type Scene } from '../../src/scene/scene.ts';
import { rankOf } from '../../src/store/corpus-order.ts';
import { bucketOf } from '../../src/store/cypher-store/identity.ts';
import { isOpenKind } from '../../src/store/facet-search.ts';
import { TextChunks } from '../../src/store/text-chunks.ts';
import { sortKey } from '../../src/store/text-order.ts';
import { type BenchDocument, CORPUS, couplingsOf } from './documents.ts';
import { tokenizer } from './tokens.ts';

/** Runs one statement of the transaction under way. */
export type Run = (text: string, parameters: Readonly<Record<string, unknown>>) => Promise<unknown>;

/** What differs between the engines for who writes Cypher by hand. */
export interface HandEngine {
  /** All of it or nothing, and on the disk when it resolves. */
  transaction(work: (run: Run) => Promise<void>): Promise<void>;
  /** How a whole number is handed over. */
  readonly int: (n: number) => unknown;
  /** Scenes of a batch: on the embedded engine the fastest of 250, 500, 1,000 and 2,000; on Neo4j the same as the store's, not tried otherwise. */
  readonly batch: number;
}

const FACETS = [
  ['agent', 'AGENT', 'Agent'],
  ['tension', 'TENSION', 'Tension'],
  ['context', 'CONTEXT', 'Context'],
  ['archetype', 'ARCHETYPE', 'Archetype'],
] as const;

const CREATE_SCENES = `UNWIND $rows AS row
  MATCH (d:Document {uid: $document})
  MATCH (h:Hypertoken {uid: row.hypertoken})
  CREATE (d)-[:HAS_SCENE]->(s:Scene:Occurrence {uid: row.uid, workspace: $workspace, corpus: $corpusName,
    document: $documentId, level: 0, uncoupled: $document, id: row.id, position: row.position, rank: row.rank,
    place: row.place, bucket: row.bucket, kind: row.kind, start: row.start, end: row.end, text: row.text,
    terms: row.terms, lang: row.lang, figure: row.figure, code: row.code, ordinal: row.ordinal, ref: row.ref})
  CREATE (s)-[:OF]->(h)`;

const CREATE_HYPERTOKENS = `UNWIND $rows AS row
  CREATE (:Hypertoken {uid: row.uid, workspace: $workspace, key: row.key, code: row.code, level: 0,
    digest: row.digest, form: row.form, figures: [row.form], last: 0, live: 0})`;

const mergeFacets = (kind: string, label: string): string => `UNWIND $rows AS row
  MERGE (f:Facet {uid: row.uid})
  ON CREATE SET f:${label}, f.workspace = $workspace, f.corpus = $corpusName, f.kind = '${kind}', f.key = row.key,
    f.sort = row.sort, f.shelf = $shelf, f.terms = row.terms`;

const createEdges = (type: string): string => `UNWIND $rows AS row
  MATCH (s:Scene {uid: row.scene})
  MATCH (f:Facet {uid: row.facet})
  CREATE (s)-[:${type} {key: row.key, order: row.order, start: row.start, end: row.end, confidence: row.confidence,
    by: row.by}]->(f)`;

const CREATE_NEXT = `UNWIND $rows AS row
  MATCH (a:Scene {uid: row.from})
  MATCH (b:Scene {uid: row.to})
  CREATE (a)-[:NEXT]->(b)`;

const COUNT_USES = `MATCH (c:Corpus {uid: $corpus})
  UNWIND $rows AS row
  MATCH (h:Hypertoken {uid: row.uid})
  SET h.last = row.last, h.live = row.last
  MERGE (h)-[u:USED_IN]->(c)
  ON CREATE SET u.occurrences = row.change
  ON MATCH SET u.occurrences = u.occurrences + row.change`;

const CREATE_COUPLINGS = `UNWIND $rows AS row
  MATCH (a:Scene {uid: row.a})
  MATCH (b:Scene {uid: row.b})
  CREATE (a)-[:COUPLED_WITH {weight: row.weight, because: row.because}]->(b)`;

interface Token {
  readonly code: number;
  readonly uid: string;
  last: number;
}

const slices = function* <T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size);
};

/**
 * Loads the same nodes, properties and edges as the store, as one who knows the engine and has this load alone to do
 * would: batches of UNWIND, one transaction a document, the codes counted in memory, no facet merged twice, nothing
 * asked of the database that the loader knows.
 */
export class HandLoader {
  readonly #engine: HandEngine;
  readonly #workspace: string;
  readonly #corpus: string;
  readonly #termsOf: (text: string) => readonly string[];
  readonly #facets = new Set<string>();
  readonly #tokens = new Map<string, Token>();

  constructor(engine: HandEngine, workspace: string) {
    this.#engine = engine;
    this.#workspace = workspace;
    this.#corpus = `${workspace}/${CORPUS}`;
    this.#termsOf = tokenizer(workspace);
  }

  begin(): Promise<void> {
    const { int } = this.#engine;
    const zero = int(0);
    return this.#engine.transaction(async (run) => {
      await run('CREATE (:Workspace {uid: $workspace, workspace: $workspace, nextCode: $zero, writes: $zero})', {
        workspace: this.#workspace,
        zero,
      });
      await run(
        `CREATE (:Corpus {uid: $corpus, workspace: $workspace, name: $name, documents: $zero, scenes: $zero,
           couplings: $zero, uncoupled: $zero, revision: $zero, nextDocument: $zero})`,
        { corpus: this.#corpus, workspace: this.#workspace, name: CORPUS, zero },
      );
      const empty: Figure = { archetype: 'none', atmosphere: 'none', tension: 'none' };
      const created: object[] = [];
      this.#tokenOf(empty, created);
      await run(CREATE_HYPERTOKENS, { rows: created, workspace: this.#workspace });
    });
  }

  write(document: BenchDocument): Promise<void> {
    const uses = new Map<Token, number>();
    return this.#engine.transaction(async (run) => {
      const uid = await this.#createDocument(run, document);
      for (const scenes of slices(document.scenes, this.#engine.batch))
        await this.#createScenes(run, document, uid, scenes, uses);
      const uids = document.scenes.map(({ id }) => `${this.#workspace}/${id}`);
      const next = uids.slice(1).map((to, i) => ({ from: uids[i], to }));
      for (const rows of slices(next, 5000)) await run(CREATE_NEXT, { rows });
      await this.#count(run, document, uses);
    });
  }

  async #createDocument(run: Run, { input, order, scenes, text }: BenchDocument): Promise<string> {
    const { int } = this.#engine;
    const id = documentId(CORPUS, input.name);
    const document = `${this.#workspace}/${id}`;
    const split = new TextChunks();
    const chunks = [...split.add(text), ...split.finish()];
    await run(
      `MATCH (c:Corpus {uid: $corpus})
       CREATE (c)-[:HAS_DOCUMENT]->(d:Document {uid: $document, workspace: $workspace, id: $id, corpus: $corpusName,
         name: $name, order: $order, version: $one, chunks: $chunks, scenes: $scenes, uncoupled: $scenes, lang: $lang,
         sha256: $sha256, bytes: $bytes, length: $length, notices: [], pending: $corpus})`,
      {
        ...{ corpus: this.#corpus, document, workspace: this.#workspace, id, corpusName: CORPUS, name: input.name },
        ...{ order: int(order), one: int(1), scenes: int(scenes.length), lang: input.lang, chunks: int(chunks.length) },
        ...{ sha256: input.sha256, bytes: int(input.bytes), length: int(text.length) },
      },
    );
    for (const [i, chunk] of chunks.entries())
      await run(
        `MATCH (d:Document {uid: $document})
         CREATE (d)-[:HAS_CHUNK]->(:Chunk {uid: $uid, workspace: $workspace, order: $order, text: $chunk})`,
        { document, uid: `${document}/1/${i}`, workspace: this.#workspace, order: int(i), chunk },
      );
    return document;
  }

  async #createScenes(
    run: Run,
    document: BenchDocument,
    uid: string,
    scenes: readonly Scene[],
    uses: Map<Token, number>,
  ): Promise<void> {
    const workspace = this.#workspace;
    const created: object[] = [];
    const rows = scenes.map((scene) => this.#sceneRow(document, uid, scene, created, uses));
    if (created.length > 0) await run(CREATE_HYPERTOKENS, { rows: created, workspace });
    const documentUid = { document: uid, documentId: uid.slice(workspace.length + 1) };
    await run(CREATE_SCENES, { rows, workspace, corpusName: CORPUS, ...documentUid });
    for (const [kind, type, label] of FACETS) {
      const facets: object[] = [];
      const edges = scenes.map((scene) => this.#edgeRow(kind, scene, facets));
      if (facets.length > 0)
        await run(mergeFacets(kind, label), {
          ...{ rows: facets, workspace, corpusName: CORPUS },
          shelf: `${this.#corpus}/${kind}`,
        });
      await run(createEdges(type), { rows: edges });
    }
  }

  #sceneRow(document: BenchDocument, uid: string, scene: Scene, created: object[], uses: Map<Token, number>): object {
    const { int } = this.#engine;
    const workspace = this.#workspace;
    const token = this.#tokenOf(figureOf(scene), created);
    token.last += 1;
    uses.set(token, (uses.get(token) ?? 0) + 1);
    return {
      uid: `${workspace}/${scene.id}`,
      id: scene.id,
      position: int(scene.position),
      rank: int(rankOf(document.order, scene.position)),
      place: `${uid}/${scene.position}`,
      bucket: `${this.#corpus}/${bucketOf(scene.id)}`,
      kind: scene.kind,
      start: int(scene.start),
      end: int(scene.end),
      text: scene.text,
      terms: this.#termsOf(scene.text).join(' '),
      lang: scene.lang,
      figure: figureKey(figureOf(scene)),
      code: int(token.code),
      ordinal: int(token.last),
      ref: `${workspace}/${token.code}:${token.last}`,
      hypertoken: token.uid,
    };
  }

  #tokenOf(figure: Figure, created: object[]): Token {
    const form = figureKey(figure);
    const known = this.#tokens.get(form);
    if (known !== undefined) return known;
    const code = this.#tokens.size;
    const token = { code, uid: `${this.#workspace}/${code}`, last: 0 };
    this.#tokens.set(form, token);
    const digest = figureDigest(figure);
    const key = `${this.#workspace}/${digest}`;
    created.push({ uid: token.uid, key, code: this.#engine.int(code), digest, form });
    return token;
  }

  #edgeRow(kind: (typeof FACETS)[number][0], scene: Scene, created: object[]): object {
    const { int } = this.#engine;
    const facet = kind === 'context' ? scene.context[0] : scene[kind];
    if (facet === undefined || facet === null) throw new Error(`a scene without ${kind}`);
    const uid = `${this.#corpus}/${kind}/${facet.key}`;
    if (!this.#facets.has(uid)) {
      const terms = isOpenKind(kind) ? this.#termsOf(facet.key).join(' ') : null;
      created.push({ uid, key: facet.key, sort: sortKey(facet.key), terms });
    }
    this.#facets.add(uid);
    return {
      scene: `${this.#workspace}/${scene.id}`,
      facet: uid,
      key: facet.key,
      order: int(FACETS.findIndex(([of]) => of === kind)),
      start: int(facet.start - scene.start),
      end: int(facet.end - scene.start),
      confidence: facet.confidence,
      by: facet.by,
    };
  }

  async #count(run: Run, { order, scenes }: BenchDocument, uses: ReadonlyMap<Token, number>): Promise<void> {
    const { int } = this.#engine;
    const rows = [...uses].map(([{ uid, last }, change]) => ({ uid, last: int(last), change: int(change) }));
    await run(COUNT_USES, { rows, corpus: this.#corpus });
    await run(
      `MATCH (c:Corpus {uid: $corpus})
       SET c.documents = $documents, c.scenes = c.scenes + $scenes, c.uncoupled = c.uncoupled + $scenes,
         c.revision = c.revision + 1, c.nextDocument = $documents`,
      { corpus: this.#corpus, documents: int(order + 1), scenes: int(scenes.length) },
    );
    await run('MATCH (w:Workspace {uid: $workspace}) SET w.nextCode = $nextCode, w.writes = w.writes + 1', {
      workspace: this.#workspace,
      nextCode: int(this.#tokens.size),
    });
  }

  /** All couplings of the document, after which none of its scenes waits to be coupled. */
  couple(document: BenchDocument): Promise<void> {
    const { int } = this.#engine;
    const workspace = this.#workspace;
    const rows = couplingsOf(document).map(({ a, b, weight, because }) => ({
      ...{ a: `${workspace}/${a}`, b: `${workspace}/${b}` },
      ...{ weight, because: JSON.stringify(because) },
    }));
    const scenes = document.scenes.map(({ id }) => `${workspace}/${id}`);
    return this.#engine.transaction(async (run) => {
      for (const batch of slices(rows, 2000)) await run(CREATE_COUPLINGS, { rows: batch });
      await run('UNWIND $scenes AS uid MATCH (s:Scene {uid: uid}) SET s.uncoupled = null', { scenes });
      await run('MATCH (d:Document {uid: $document}) SET d.uncoupled = $zero, d.pending = null', {
        document: `${workspace}/${documentId(CORPUS, document.input.name)}`,
        zero: int(0),
      });
      await run(
        `MATCH (c:Corpus {uid: $corpus})
         SET c.couplings = c.couplings + $couplings, c.uncoupled = c.uncoupled - $scenes, c.revision = c.revision + 1`,
        { corpus: this.#corpus, couplings: int(rows.length), scenes: int(scenes.length) },
      );
    });
  }
}
