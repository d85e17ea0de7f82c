import { digestOf } from '../../scene/digest.ts';
import type { FacetKind } from '../../scene/facet.ts';
import type { Code, OccurrenceRef } from '../../scene/hypertoken.ts';
import type { CorpusName, ViewName, WorkspaceName } from '../../scene/name.ts';
import type { DocumentId, SceneId } from '../../scene/scene.ts';
import { joinKey } from '../joined-key.ts';
import { remembered } from '../remembered.ts';

/**
 * Every key a statement may ask for, made in one place: each begins with the workspace, so that no statement can reach
 * another one's nodes.
 */
export interface Identity {
  readonly workspace: string;
  readonly corpus: (name: CorpusName) => string;
  readonly document: (id: DocumentId) => string;
  /** Chunks of one version never meet those of another, unless the document was deleted and is read anew. */
  readonly chunk: (id: DocumentId, version: number, order: number) => string;
  readonly scene: (id: SceneId) => string;
  /** Where a scene stands: found by an exact look-up, which reads a page of a corpus in time independent of its size. */
  readonly place: (id: DocumentId, position: number) => string;
  readonly bucket: (corpus: CorpusName, bucket: number) => string;
  readonly facet: (corpus: CorpusName, kind: FacetKind, key: string) => string;
  /** What the bucket of every scene of a corpus begins with, and the key of every facet of a kind. */
  readonly ownBuckets: (corpus: CorpusName) => string;
  readonly ownFacets: (corpus: CorpusName, kind: FacetKind) => string;
  /** All facets of a kind. */
  readonly shelf: (corpus: CorpusName, kind: FacetKind) => string;
  /**
   * What stands for a search term in a full-text index, 16 hex digits: a digest of workspace, corpus and term, so that
   * the same word of two corpora is two tokens. Of 10⁶ terms two are the same by a chance of 3 · 10⁻⁸. Scenes hold it
   * with the mark of their segment behind it, see `segmentMark`.
   */
  readonly token: (corpus: CorpusName, term: string) => string;
  readonly hypertoken: (code: Code) => string;
  readonly digest: (digest: string) => string;
  readonly occurrence: (ref: OccurrenceRef) => string;
  /** A view's occurrence is found by the view's name. */
  readonly view: (corpus: CorpusName, name: ViewName) => string;
  /** All occurrences of one level of a corpus. */
  readonly layer: (corpus: CorpusName, level: number) => string;
}

/** Tokens that are kept, of a workspace: some 8 MB. Making one takes 2 µs, and a scene has some 15. */
const TOKENS_KEPT = 50_000;

/** No name of a corpus has a control character. */
const BETWEEN = '\u0000';

export const identityOf = (workspace: WorkspaceName): Identity => {
  const tokenOf = remembered(TOKENS_KEPT, (key) => {
    const [corpus = '', term = ''] = key.split(BETWEEN);
    return digestOf('term', workspace, corpus, term).slice(0, 16);
  });
  return {
    workspace,
    corpus: (name) => joinKey(workspace, name),
    document: (id) => joinKey(workspace, id),
    chunk: (id, version, order) => joinKey(workspace, id, version, order),
    scene: (id) => joinKey(workspace, id),
    place: (id, position) => joinKey(workspace, id, position),
    bucket: (corpus, bucket) => joinKey(workspace, corpus, bucket),
    facet: (corpus, kind, key) => joinKey(workspace, corpus, kind, key),
    ownBuckets: (corpus) => `${joinKey(workspace, corpus)}/`,
    ownFacets: (corpus, kind) => `${joinKey(workspace, corpus, kind)}/`,
    shelf: (corpus, kind) => joinKey(workspace, corpus, kind),
    token: (corpus, term) => tokenOf(`${corpus}${BETWEEN}${term}`),
    hypertoken: (code) => joinKey(workspace, code),
    digest: (digest) => joinKey(workspace, digest),
    occurrence: ({ code, ordinal }) => joinKey(workspace, `${code}:${ordinal}`),
    view: (corpus, name) => joinKey(workspace, corpus, 'view', name),
    layer: (corpus, level) => joinKey(workspace, corpus, level),
  };
};

/** Couplings are paged by id in 256 buckets of a corpus: the first two characters of a scene's id, taken as a byte. */
export const BUCKETS = 256;

const DIGITS = '0123456789abcdef';

/** The last hex digit that is not above the character; the first one for what is below all of them. */
const digitBelow = (character: number): number => {
  let value = 0;
  for (let i = 1; i < DIGITS.length; i++) if (DIGITS.charCodeAt(i) <= character) value = i;
  return value;
};

/**
 * Buckets rise with the ids, whatever those look like: ids are digests, 32 hex digits, and fall evenly into all;
 * others share a few.
 */
export const bucketOf = (id: SceneId): number => {
  const first = id.charCodeAt(0);
  const high = digitBelow(first);
  const digit = DIGITS.charCodeAt(high);
  if (first === digit) return high * 16 + digitBelow(id.charCodeAt(1));
  return first > digit ? high * 16 + 15 : 0;
};
