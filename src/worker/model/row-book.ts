import { writeHypertoken } from '../../activation/fold.ts';
import { hyperlexemeText } from '../../activation/rung.ts';
import { HypersceneError } from '../../errors.ts';
import { isRowKey, NONE_ROW, type RowKey } from '../../model/row-key.ts';
import type { Digest } from '../../scene/digest.ts';
import { facetLabel } from '../../scene/facet-label.ts';
import { EMPTY_FIGURE, type Figure, NONE, parseFigureKey } from '../../scene/figure.ts';
import { hyperlexeme } from '../../scene/hyperlexeme.ts';
import { type Code, code as toCode } from '../../scene/hypertoken.ts';
import type { Language, SceneId } from '../../scene/scene.ts';
import type { GraphStore, HypertokenRecord, StoredScene } from '../../store/graph-store.ts';
import { figureOfDigest } from './figure-of-digest.ts';

/** What a row of a pack stands for in this workspace. */
export type ExpandedRow = ExpandedCode | ExpandedFacet | ExpandedScene;

export interface ExpandedCode {
  readonly kind: 'code';
  readonly row: RowKey;
  readonly digest: Digest;
  /** Null where this workspace has never seen it. */
  readonly code: Code | null;
  /** Null where it is not known: neither seen here nor a figure. */
  readonly level: number | null;
  /** Of a motif in the order of its form, of a community the commonest; none where it is not known. */
  readonly figures: readonly Figure[];
  /** Null where it is not known. */
  readonly hyperlexeme: string | null;
}

export interface ExpandedFacet {
  readonly kind: 'facet';
  readonly row: RowKey;
  /** Null of the row of a figure in which nothing stands. */
  readonly facet: 'archetype' | 'atmosphere' | 'tension' | null;
  /** `none` of that row. */
  readonly key: string;
  readonly hyperlexeme: string;
}

export interface ExpandedScene {
  readonly kind: 'scene';
  readonly row: RowKey;
  readonly id: SceneId;
  /** Null where it is not here. */
  readonly scene: StoredScene | null;
  readonly hyperlexeme: string | null;
}

/** Says what rows stand for, and keeps it: of each the store is asked once. */
export class RowBook {
  readonly #store: GraphStore;
  readonly #labels: Language;
  readonly #known = new Map<RowKey, ExpandedRow>();

  /** @param labels the language of hyperlexemes */
  constructor(store: GraphStore, labels: Language) {
    this.#store = store;
    this.#labels = labels;
  }

  /** In the order of the rows: two calls of the store at most, none for what was expanded before. @throws HypersceneError INTERNAL */
  async expand(rows: readonly RowKey[]): Promise<readonly ExpandedRow[]> {
    const unknown = [...new Set(rows)].filter((row) => !this.#known.has(row));
    const digests = unknown.flatMap((row) => restOf(row, 'code:') as Digest | []);
    const ids = unknown.flatMap((row) => restOf(row, 'scene:') as SceneId | []);
    const [hypertokens, scenes] = await Promise.all([
      digests.length === 0 ? [] : this.#store.hypertokensByDigest(digests),
      ids.length === 0 ? [] : this.#store.scenesById(ids),
    ]);
    const records = new Map(digests.map((digest, i) => [digest, hypertokens[i] ?? null]));
    const found = new Map(ids.map((id, i) => [id, scenes[i] ?? null]));
    for (const row of unknown) this.#known.set(row, await this.#expandOne(row, records, found));
    return rows.map((row) => this.#known.get(row) as ExpandedRow);
  }

  async #expandOne(
    row: RowKey,
    records: ReadonlyMap<Digest, HypertokenRecord | null>,
    scenes: ReadonlyMap<SceneId, StoredScene | null>,
  ): Promise<ExpandedRow> {
    const digest = restOf(row, 'code:') as Digest | [];
    if (typeof digest === 'string') return this.#code(row, digest, records.get(digest) ?? null);
    const id = restOf(row, 'scene:') as SceneId | [];
    if (typeof id !== 'string') return facetOf(row, this.#labels);
    const scene = scenes.get(id) ?? null;
    return { kind: 'scene', row, id, scene, hyperlexeme: scene && hyperlexemeText(scene, this.#labels) };
  }

  /** What this workspace has never seen may be a figure, of which all are known. */
  async #code(row: RowKey, digest: Digest, record: HypertokenRecord | null): Promise<ExpandedCode> {
    const figure = record === null ? await figureOfDigest(digest) : null;
    const figures = record?.figures.map(parseFigureKey).filter((each) => each !== null) ?? (figure && [figure]) ?? [];
    const placed = { code: record?.code ?? toCode(0), ordinal: 0, figures, agents: [] };
    const { text } = writeHypertoken(placed, 'hyperlexeme', { labels: this.#labels, count: () => 0 });
    return {
      kind: 'code',
      row,
      digest,
      code: record?.code ?? null,
      level: record?.level ?? (figure === null ? null : 0),
      figures,
      hyperlexeme: figures.length === 0 ? null : text,
    };
  }
}

/** Empty for a row of another kind. */
const restOf = (row: RowKey, kind: 'code:' | 'scene:'): string | [] =>
  row.startsWith(kind) ? row.slice(kind.length) : [];

const facetOf = (row: RowKey, labels: Language): ExpandedFacet => {
  if (row === NONE_ROW)
    return { kind: 'facet', row, facet: null, key: NONE, hyperlexeme: hyperlexeme(EMPTY_FIGURE, labels) };
  if (!isRowKey(row)) throw new HypersceneError('INTERNAL', 'a row that stands for nothing', { came: row });
  const [facet = '', key = ''] = row.slice('facet:'.length).split('.');
  const kind = facet as 'archetype' | 'atmosphere' | 'tension';
  return { kind: 'facet', row, facet: kind, key, hyperlexeme: facetLabel(kind, key, labels) };
};
