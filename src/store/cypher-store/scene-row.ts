import type { AgentFacet, FacetKind } from '../../scene/facet.ts';
import { type Figure, figureDigest, figureKey } from '../../scene/figure.ts';
import type { OccurrenceRef } from '../../scene/hypertoken.ts';
import type { CorpusName } from '../../scene/name.ts';
import type { DocumentId, Scene } from '../../scene/scene.ts';
import { rankOf } from '../corpus-order.ts';
import { facetText, isOpenKind } from '../facet-search.ts';
import type { HypertokenForm } from '../graph-store.ts';
import type { ParameterRow } from '../parameter.ts';
import { facetsOf } from '../scene-check.ts';
import { termsOf } from '../search-terms.ts';
import { sortKey } from '../text-order.ts';
import { bucketOf, type Identity } from './identity.ts';
import { segmentMark, segmentOf } from './search-segment.ts';

/** The document whose scenes are written. */
export interface DocumentPlace {
  readonly corpus: CorpusName;
  readonly id: DocumentId;
  readonly order: number;
}

export const figureForm = (figure: Figure): HypertokenForm => {
  const key = figureKey(figure);
  return { level: 0, digest: figureDigest(figure), form: key, figures: [key] };
};

/** A text as a full-text index takes it. @param mark of the segment, for a scene */
const indexed = (identity: Identity, corpus: CorpusName, text: string, mark = ''): string =>
  termsOf(text)
    .map((term) => `${identity.token(corpus, term)}${mark}`)
    .join(' ');

/** What changes when a scene moves. */
export const fieldsRow = (identity: Identity, { id: document, order }: DocumentPlace, scene: Scene) => ({
  uid: identity.scene(scene.id),
  position: scene.position,
  rank: rankOf(order, scene.position),
  place: identity.place(document, scene.position),
  kind: scene.kind,
  start: scene.start,
  end: scene.end,
  lang: scene.lang,
});

export const occurrenceRow = (identity: Identity, scene: Scene, figure: Figure, ref: OccurrenceRef) => ({
  uid: identity.scene(scene.id),
  figure: figureKey(figure),
  code: ref.code,
  ordinal: ref.ordinal,
  ref: identity.occurrence(ref),
  hypertoken: identity.hypertoken(ref.code),
});

/** What a scene is born with and never changes. */
export const birthRow = (identity: Identity, { corpus, order }: DocumentPlace, { id, text }: Scene) => ({
  id,
  text,
  terms: indexed(identity, corpus, text, segmentMark(segmentOf(order))),
  bucket: identity.bucket(corpus, bucketOf(id)),
});

/** A facet's node, found by its uid. */
export interface FacetNode extends ParameterRow {
  readonly uid: string;
  readonly key: string;
}

/** The nodes that scenes share, and the edges to them, by kind. */
export interface FacetRows {
  readonly nodes: readonly FacetNode[];
  readonly edges: readonly ParameterRow[];
}

/** An agent's node is the person, `entity`; how the text calls the person stands on the edge. */
const nodeKey = (kind: FacetKind, facet: { readonly key: string }): string =>
  kind === 'agent' ? (facet as AgentFacet).entity : facet.key;

export const nodeRow = (identity: Identity, corpus: CorpusName, kind: FacetKind, key: string): FacetNode => ({
  uid: identity.facet(corpus, kind, key),
  key,
  sort: sortKey(key),
  shelf: identity.shelf(corpus, kind),
  terms: isOpenKind(kind) ? indexed(identity, corpus, facetText(kind, key)) : null,
});

export const facetRows = (
  identity: Identity,
  corpus: CorpusName,
  scenes: readonly Scene[],
): ReadonlyMap<FacetKind, FacetRows> => {
  const found = new Map<FacetKind, { readonly nodes: Map<string, FacetNode>; readonly edges: ParameterRow[] }>();
  for (const scene of scenes) {
    for (const [order, { kind, facet }] of facetsOf(scene).entries()) {
      const rows = found.get(kind) ?? { nodes: new Map<string, FacetNode>(), edges: [] };
      found.set(kind, rows);
      const key = nodeKey(kind, facet);
      const uid = identity.facet(corpus, kind, key);
      if (!rows.nodes.has(uid)) rows.nodes.set(uid, nodeRow(identity, corpus, kind, key));
      rows.edges.push({
        scene: identity.scene(scene.id),
        facet: uid,
        key: facet.key,
        order,
        start: facet.start - scene.start,
        end: facet.end - scene.start,
        confidence: facet.confidence,
        by: facet.by,
        ...(kind === 'agent' ? { own: (facet as AgentFacet).own ?? null } : {}),
      });
    }
  }
  return new Map([...found].map(([kind, { nodes, edges }]) => [kind, { nodes: [...nodes.values()], edges }]));
};
