import type { CorpusName } from '../../scene/name.ts';
import type { SceneId } from '../../scene/scene.ts';
import { rankOf } from '../corpus-order.ts';
import type { CorpusRow } from '../cypher/document-queries.ts';
import type { CypherReader } from '../cypher-engine.ts';
import type { OpenKind } from '../facet-search.ts';
import { checkLimit } from '../paging.ts';
import { termsOfEach } from '../search-terms.ts';
import { requireStandingWhole, type StoreContext } from './context.ts';
import { readKeys } from './facets.ts';
import type { Lookups } from './kept-lookups.ts';
import { countSearched, searchScenes } from './scene-search.ts';

/** All scenes of a corpus, up to the last segment that holds any. */
const wholeOf = ({ nextDocument }: CorpusRow) => {
  const all = { facets: [], kind: null, lang: null, code: null, isWhole: true };
  return { ...all, after: -1, before: rankOf(nextDocument, 0) };
};

/** No term has a space, and no name of a corpus a control character. */
const keyOf = (corpus: CorpusName, ...parts: readonly (string | number)[]): string => [corpus, ...parts].join('\u0000');

export const textCounts = async (
  context: StoreContext,
  corpus: CorpusName,
  texts: readonly string[],
): Promise<readonly number[]> => {
  const wanted = termsOfEach(texts);
  const lookups = context.lookups();
  return throughKept(context, corpus, lookups, lookups.counts, {
    keys: wanted.map((terms) => keyOf(corpus, ...terms)),
    find: (view, row, i) => countSearched(view, context, corpus, wanted[i] ?? [], wholeOf(row)),
  });
};

export const scenesWithTexts = async (
  context: StoreContext,
  corpus: CorpusName,
  texts: readonly string[],
  limit: number,
): Promise<readonly (readonly SceneId[])[]> => {
  checkLimit('limit', limit);
  const wanted = termsOfEach(texts);
  const lookups = context.lookups();
  return throughKept(context, corpus, lookups, lookups.scenes, {
    keys: wanted.map((terms) => keyOf(corpus, limit, ...terms)),
    find: async (view, row, i) => {
      const found = await searchScenes(view, context, corpus, wanted[i] ?? [], { ...wholeOf(row), limit });
      return found.map(({ id }) => id as SceneId);
    },
  });
};

interface Asked<T> {
  readonly keys: readonly string[];
  readonly find: (view: CypherReader, corpus: CorpusRow, i: number) => Promise<T>;
}

const throughKept = async <T>(
  context: StoreContext,
  corpus: CorpusName,
  lookups: Lookups,
  kept: Map<string, T>,
  { keys, find }: Asked<T>,
): Promise<readonly T[]> => {
  const found = new Map(keys.flatMap((key) => (kept.has(key) ? [[key, kept.get(key) as T]] : [])));
  const missing = [...new Set(keys)].filter((key) => !found.has(key));
  if (missing.length > 0 || !lookups.corpora.has(corpus))
    await context.engine.snapshot(async (view) => {
      const row = await requireStandingWhole(view, context, lookups, corpus);
      const answers = await Promise.all(missing.map((key) => find(view, row, keys.indexOf(key))));
      for (const [i, key] of missing.entries()) found.set(key, answers[i] as T);
    });
  for (const key of missing) kept.set(key, found.get(key) as T);
  return keys.map((key) => found.get(key) as T);
};

export const facetsWithTexts = (
  context: StoreContext,
  corpus: CorpusName,
  kind: OpenKind,
  texts: readonly string[],
  limit: number,
): Promise<readonly (readonly string[])[]> => {
  checkLimit('limit', limit);
  const wanted = termsOfEach(texts);
  const lookups = context.lookups();
  return throughKept(context, corpus, lookups, lookups.facets, {
    keys: wanted.map((terms) => keyOf(corpus, kind, limit, ...terms)),
    find: (view, _, i) => readKeys(view, context, { corpus, kind, terms: wanted[i] ?? [], after: '', limit }),
  });
};
