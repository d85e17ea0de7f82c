import { type ErrorCode, HypersceneError } from '../errors.ts';
import type { Reader } from '../reading/reader.ts';
import { FACET_KINDS, type Facet, type FacetKind } from '../scene/facet.ts';
import { type Figure, figureKey, figureOf } from '../scene/figure.ts';
import { morphemes } from '../scene/hyperlexeme.ts';
import { corpusName, documentName } from '../scene/name.ts';
import { documentId, type Scene } from '../scene/scene.ts';
import { isOpenKind } from '../store/facet-search.ts';
import type { FacetRef } from '../store/graph-store.ts';

/** What the reader finds in a query, as if it were a text of the corpus. */
export interface QueryReading {
  /** Each once, where its confidence is greatest. */
  readonly facets: readonly QueryFacet[];
  /** Of its scenes, as far as two morphemes or more stand: a figure of one says no more than its facet. */
  readonly figures: readonly Figure[];
}

export interface QueryFacet extends FacetRef {
  readonly confidence: number;
  /** The words it rests on. */
  readonly evidence: string;
}

/** The id of the scenes of a query: they are in no store, and nobody sees it. */
const QUERY = documentId(corpusName('query'), documentName('query'));

/** In a language that is not read, without letters, or with a NUL in it, a query still has words. */
const NOTHING: QueryReading = { facets: [], figures: [] };
const UNREAD: readonly ErrorCode[] = ['UNKNOWN_LANGUAGE', 'EMPTY_DOCUMENT', 'BINARY'];

/**
 * Reads the query and then each of its words as a paragraph of its own, since a scene has one tension and one atmosphere:
 * «тихая тоска перед дождём» is of longing and water, and тихая by itself of silence.
 * @throws HypersceneError what {@link Reader.read} throws, but for {@link UNREAD}
 */
export const readQuery = async (
  reader: Reader,
  query: string,
  words: readonly string[],
  signal: AbortSignal | undefined,
): Promise<QueryReading> => {
  const scenes: Scene[] = [];
  try {
    const text = [query, ...words].join('\n\n');
    await using reading = await reader.read({ text }, { document: QUERY, signal });
    for await (const part of reading.parts()) if (part.type === 'scenes') scenes.push(...part.scenes);
  } catch (error) {
    const isUnread = error instanceof HypersceneError && UNREAD.includes(error.code);
    if (!isUnread) throw error;
    return NOTHING;
  }
  const own = scenes.filter(({ start }) => start < query.length);
  const figures = new Map(own.map((scene) => [figureKey(figureOf(scene)), figureOf(scene)]));
  return {
    facets: distinctFacets(scenes),
    figures: [...figures.values()].filter((figure) => morphemes(figure, 'ru').length > 1),
  };
};

/**
 * What a query names may act in one scene and be the place of another: царь is looked for as both. How sure the reader is
 * says which of them it is here, and nothing of the lemma.
 */
const OPEN_KINDS = FACET_KINDS.filter(isOpenKind);

const distinctFacets = (scenes: readonly Scene[]): readonly QueryFacet[] => {
  const found = new Map<string, QueryFacet>();
  for (const scene of scenes)
    for (const facet of FACET_KINDS.flatMap((kind) => facetsOf(scene, kind))) {
      const known = found.get(`${facet.kind} ${facet.key}`);
      if (known === undefined || known.confidence < facet.confidence) found.set(`${facet.kind} ${facet.key}`, facet);
    }
  return [...found.values()];
};

const facetsOf = (scene: Scene, kind: FacetKind): readonly QueryFacet[] => {
  const facets: readonly (Facet | null)[] = kind === 'context' ? scene.context : [scene[kind]];
  return facets
    .filter((facet) => facet !== null)
    .flatMap(({ key, confidence, start, end }): readonly QueryFacet[] => {
      const evidence = scene.text.slice(start - scene.start, end - scene.start);
      if (!isOpenKind(kind)) return [{ kind, key, confidence, evidence }];
      const lemma = kind === 'agent' ? (scene.agent?.entity ?? key) : key;
      return OPEN_KINDS.map((open) => ({ kind: open, key: lemma, confidence: 1, evidence }));
    });
};
