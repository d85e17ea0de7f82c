import type { Coupling } from '../../scene/coupling.ts';
import { FACET_KINDS, type Facet, type FacetKind } from '../../scene/facet.ts';
import { figureOf } from '../../scene/figure.ts';
import { hyperlexeme } from '../../scene/hyperlexeme.ts';
import {
  formatCode,
  formatOccurrence,
  type Occurrence,
  type OccurrencePart,
  type OccurrenceRef,
} from '../../scene/hypertoken.ts';
import type { Scene } from '../../scene/scene.ts';
import type { DocumentRecord, StoredScene } from '../../store/graph-store.ts';
import { joinKey } from '../../store/joined-key.ts';
import type { CodeRow } from '../code-registry.ts';
import type { ExportContext } from '../export-format.ts';
import { CypherFloat, type CypherValue, cypherLiteral } from './cypher-text.ts';

/** Rows of one statement: a parser's time grows with its text, and a transaction's memory with its rows. */
const BATCH = 200;

/** What one row of a statement says. */
export type Row = Readonly<Record<string, CypherValue>>;

/** A line for each batch. */
const statements = (rows: readonly Row[], clauses: string): string => {
  let text = '';
  for (let i = 0; i < rows.length; i += BATCH)
    text += `UNWIND ${cypherLiteral(rows.slice(i, i + BATCH))} AS row ${clauses};\n`;
  return text;
};

/** As the migrations of the store call them, which stand with these side by side. */
const CONSTRAINTS = ['Corpus', 'Document', 'Scene', 'Facet', 'Hypertoken', 'Occurrence']
  .map(
    (label) =>
      `CREATE CONSTRAINT ${label.toLowerCase()}_uid_unique IF NOT EXISTS FOR (n:${label}) REQUIRE n.uid IS UNIQUE;\n`,
  )
  .join('');

const INTRODUCTION = `// A corpus of Hyperscene, for Neo4j 5. Each line that is not a comment is one statement: cypher-shell -f graph.cypher
// Running it again changes nothing; a later state of the corpus wants an empty database, since nothing is deleted here.
`;

/** A facet node carries this label beside \`Facet\`. */
const FACET_LABELS: Readonly<Record<FacetKind, string>> = {
  agent: 'Agent',
  tension: 'Tension',
  context: 'Context',
  atmosphere: 'Atmosphere',
  archetype: 'Archetype',
};

const CLAUSES = {
  corpora: 'MERGE (c:Corpus {uid: row.uid}) SET c += row',
  hypertokens:
    'MATCH (c:Corpus {uid: row.of}) MERGE (h:Hypertoken {uid: row.node.uid}) SET h += row.node MERGE (h)-[:USED_IN]->(c)',
  documents:
    'MATCH (c:Corpus {uid: row.of}) MERGE (d:Document {uid: row.node.uid}) SET d += row.node MERGE (c)-[:HAS_DOCUMENT]->(d)',
  scenes:
    'MATCH (d:Document {uid: row.document}) MATCH (h:Hypertoken {uid: row.of}) MERGE (s:Scene {uid: row.node.uid}) SET s:Occurrence, s += row.node MERGE (d)-[:HAS_SCENE]->(s) MERGE (s)-[:OF]->(h)',
  next: 'MATCH (a:Scene {uid: row.from}) MATCH (b:Scene {uid: row.to}) MERGE (a)-[:NEXT]->(b)',
  occurrences:
    'MATCH (h:Hypertoken {uid: row.of}) MERGE (o:Occurrence {uid: row.node.uid}) SET o += row.node MERGE (o)-[:OF]->(h)',
  // A part may be an occurrence that comes later in the file.
  parts:
    'MATCH (o:Occurrence {uid: row.from}) MERGE (p:Occurrence {uid: row.to}) MERGE (o)-[r:COLLAPSES]->(p) SET r.order = row.order',
  bindings:
    'MATCH (o:Occurrence {uid: row.from}) MATCH (f:Facet {uid: row.to}) MERGE (o)-[:BINDS {slot: row.slot}]->(f)',
  couplings:
    'MATCH (a:Scene {uid: row.a}) MATCH (b:Scene {uid: row.b}) MERGE (a)-[r:COUPLED_WITH]->(b) SET r.weight = row.weight, r.because = row.because',
} as const;

const facetClauses = (kind: FacetKind): string =>
  `MATCH (s:Scene {uid: row.from}) MERGE (f:Facet {uid: row.node.uid}) SET f:${FACET_LABELS[kind]}, f += row.node MERGE (s)-[r:${kind.toUpperCase()}]->(f) SET r += row.edge`;

const facetsOf = (scene: Scene, kind: FacetKind): readonly Facet[] => {
  if (kind === 'context') return scene.context;
  const facet = scene[kind];
  return facet === null ? [] : [facet];
};

/** The last scene that was written, and its document. */
export interface LastScene {
  readonly document: string;
  readonly scene: string;
}

/** What of a corpus becomes which statements. */
export class CypherGraph {
  /** Behind it stands the next scene, if that is of the same document. */
  last: LastScene | null = null;
  readonly #context: ExportContext;

  constructor(context: ExportContext) {
    this.#context = context;
  }

  /**
   * The keys of the store begin with a workspace, whose name is never empty: these with nothing, and so the two never meet in
   * one database.
   */
  #uid(...parts: readonly (string | number)[]): string {
    return joinKey('', this.#context.corpus, ...parts);
  }

  #occurrence(ref: OccurrenceRef): string {
    return this.#uid('occurrence', ref.code, ref.ordinal);
  }

  #hypertoken(code: number): string {
    return this.#uid('hypertoken', code);
  }

  corpus(): string {
    const { corpus, standing } = this.#context;
    const { revision, documents, scenes, couplings } = standing;
    const row = { uid: this.#uid(), corpus, name: corpus, revision, documents, scenes, couplings };
    return INTRODUCTION + CONSTRAINTS + statements([row], CLAUSES.corpora);
  }

  hypertokens(rows: readonly CodeRow[]): string {
    const { corpus } = this.#context;
    const of = this.#uid();
    const nodes = rows.map(({ code, level, digest, figures }) => ({
      of,
      node: { uid: this.#hypertoken(code), corpus, code, hypertoken: formatCode(code), level, digest, figures },
    }));
    return statements(nodes, CLAUSES.hypertokens);
  }

  documents(records: readonly DocumentRecord[]): string {
    const of = this.#uid();
    const rows = records.map((record) => ({ of, node: { uid: this.#uid('document', record.id), ...record } }));
    return statements(rows, CLAUSES.documents);
  }

  scenes(scenes: readonly StoredScene[]): string {
    const rows = scenes.map((scene) => ({
      document: this.#uid('document', scene.document),
      of: this.#hypertoken(scene.code),
      node: this.#scene(scene),
    }));
    const facets = FACET_KINDS.map((kind) => statements(this.#facets(scenes, kind), facetClauses(kind)));
    return statements(rows, CLAUSES.scenes) + statements(this.#next(scenes), CLAUSES.next) + facets.join('');
  }

  #scene(scene: StoredScene): Row {
    const { id, corpus, document, position, kind, lang, start, end, text, figure, code, ordinal } = scene;
    return {
      uid: this.#uid('scene', id),
      corpus,
      document,
      id,
      level: 0,
      position,
      kind,
      lang,
      start,
      end,
      text,
      hyperlexeme: hyperlexeme(figureOf(scene), this.#context.options.labels),
      figure,
      code,
      ordinal,
      hypertoken: formatCode(code),
      occurrence: formatOccurrence(scene),
    };
  }

  #next(scenes: readonly StoredScene[]): readonly Row[] {
    const rows: Row[] = [];
    for (const { id, document } of scenes) {
      if (this.last?.document === document)
        rows.push({ from: this.#uid('scene', this.last.scene), to: this.#uid('scene', id) });
      this.last = { document, scene: id };
    }
    return rows;
  }

  /** Spans are of the document, as everywhere in exports. */
  #facets(scenes: readonly StoredScene[], kind: FacetKind): readonly Row[] {
    const { corpus } = this.#context;
    return scenes.flatMap((scene) =>
      facetsOf(scene, kind).map((facet, order) => {
        const { key, start, end, confidence, by } = facet;
        const { entity = key, own = null } = (kind === 'agent' ? scene.agent : null) ?? {};
        return {
          from: this.#uid('scene', scene.id),
          node: { uid: this.#uid(kind, entity), corpus, kind, key: entity },
          edge: { key, order, start, end, confidence: new CypherFloat(confidence), by, own },
        };
      }),
    );
  }

  occurrences(occurrences: readonly Occurrence[]): string {
    const { corpus } = this.#context;
    const rows = occurrences.map((occurrence) => {
      const { level, code, ordinal, size, first } = occurrence;
      const names = { hypertoken: formatCode(code), occurrence: formatOccurrence(occurrence) };
      const node = { uid: this.#occurrence(occurrence), corpus, level, code, ordinal, ...names, size, first };
      return { of: this.#hypertoken(code), node };
    });
    const bindings = occurrences.flatMap((occurrence) =>
      occurrence.bindings.map(({ slot, agent }) => ({
        from: this.#occurrence(occurrence),
        to: this.#uid('agent', agent),
        slot,
      })),
    );
    return statements(rows, CLAUSES.occurrences) + statements(bindings, CLAUSES.bindings);
  }

  /** @param before how many parts of the whole stand before these */
  parts(whole: OccurrenceRef, parts: readonly OccurrencePart[], before: number): readonly Row[] {
    const from = this.#occurrence(whole);
    return parts.map((part, i) => ({
      from,
      to: part.level === 0 ? this.#uid('scene', part.first) : this.#occurrence(part),
      order: before + i,
    }));
  }

  /** Of level 1, whose parts are scenes. */
  partsOfMotif(motif: Occurrence): readonly Row[] {
    const from = this.#occurrence(motif);
    return motif.scenes.map((id, order) => ({ from, to: this.#uid('scene', id), order }));
  }

  holding(parts: readonly Row[]): string {
    return statements(parts, CLAUSES.parts);
  }

  couplings(couplings: readonly Coupling[]): string {
    const rows = couplings.map(({ a, b, weight, because }) => ({
      a: this.#uid('scene', a),
      b: this.#uid('scene', b),
      weight: new CypherFloat(weight),
      because: JSON.stringify(because.map(({ kind, key, weight }) => ({ kind, key, weight }))),
    }));
    return statements(rows, CLAUSES.couplings);
  }
}
