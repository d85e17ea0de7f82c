import type { Clue } from '../activation/clue.ts';
import { HypersceneError } from '../errors.ts';
import { type Code, formatCode, formatOccurrence, type Occurrence, type OccurrenceRef } from '../scene/hypertoken.ts';
import type { CorpusName } from '../scene/name.ts';
import type { SceneId } from '../scene/scene.ts';
import type { CorpusRecord, GraphStore, StoredScene } from '../store/graph-store.ts';
import { occurrenceNotFound } from '../store/occurrence-parts.ts';
import { requireCorpus } from '../store/require-corpus.ts';
import { CLUE_SCENES_MAX, cluesOfQuery, type QueryContext, scenesOfCode } from './query-clues.ts';

/** From what activation spreads. */
export type ActivationSource =
  | { readonly query: string }
  | { readonly code: Code }
  | { readonly occurrence: OccurrenceRef }
  | { readonly scene: SceneId };

export interface SourceClues {
  /** Where the source is looked for. */
  readonly corpus: CorpusName;
  readonly clues: readonly Clue[];
  /** Words of a query with content that were not searched for, since there were too many. */
  readonly wordsLeft: readonly string[];
}

/**
 * What of a corpus answers to a source: to a query what {@link cluesOfQuery} finds, to a code its scenes there, to an
 * occurrence and a scene their own.
 * @param named the corpus of a query or a code; of the others it may be left out
 * @throws HypersceneError CORPUS_NOT_FOUND, CODE_NOT_FOUND, OCCURRENCE_NOT_FOUND, SCENE_NOT_FOUND, BAD_ARGUMENT
 */
export const cluesOfSource = async (
  context: QueryContext,
  source: ActivationSource,
  named: CorpusName | undefined,
): Promise<SourceClues> => {
  const { store } = context;
  if ('query' in source) {
    const corpus = await requireNamed(store, named);
    return { corpus: corpus.name, ...(await cluesOfQuery(context, corpus, source.query)) };
  }
  if ('code' in source) {
    const corpus = await requireNamed(store, named);
    return { corpus: corpus.name, clues: [await clueOfCode(store, corpus.name, source.code)], wordsLeft: [] };
  }
  const { clue, first } =
    'scene' in source ? clueOfScene(source.scene) : await clueOfOccurrence(store, source.occurrence);
  const [scene] = await store.scenesById([first]);
  if (!scene) throw new HypersceneError('SCENE_NOT_FOUND', 'no such scene', { came: first });
  checkCorpus(scene, named);
  return { corpus: scene.corpus, clues: [clue], wordsLeft: [] };
};

const requireNamed = async (store: GraphStore, name: CorpusName | undefined): Promise<CorpusRecord> => {
  if (name === undefined)
    throw new HypersceneError('BAD_ARGUMENT', 'no corpus', {
      expected: 'the corpus in which to look for a query or a code',
    });
  return requireCorpus(store, name);
};

const checkCorpus = ({ corpus }: StoredScene, named: CorpusName | undefined): void => {
  if (named === undefined || named === corpus) return;
  throw new HypersceneError('BAD_ARGUMENT', 'bad corpus', {
    expected: `none, or ${JSON.stringify(corpus)}, where it stands`,
    came: JSON.stringify(named),
  });
};

/** Places of a code above level 1 whose scenes are looked up: one call each. */
const COMMUNITIES_MAX = 8;

export const clueOfCode = async (
  store: GraphStore,
  corpus: CorpusName,
  code: Code,
  scenesMax: number = CLUE_SCENES_MAX,
): Promise<Clue> => {
  const [hypertoken] = await store.hypertokensByCode([code]);
  if (!hypertoken) throw new HypersceneError('CODE_NOT_FOUND', 'no such code', { came: formatCode(code) });
  const named = { kind: 'code', key: formatCode(code), part: '', weight: 1 } as const;
  if (hypertoken.level === 0) return { ...named, ...(await scenesOfCode(store, corpus, code, scenesMax)) };
  const first = hypertoken.level === 1 ? CLUE_SCENES_MAX : COMMUNITIES_MAX;
  const { items } = await store.occurrences({ corpus, code }, { first });
  const occurrences = items.map(({ item }) => item);
  const scenes = await Promise.all(occurrences.map((occurrence) => scenesOf(store, occurrence)));
  return { ...named, count: occurrences.reduce((sum, { size }) => sum + size, 0), scenes: scenes.flat() };
};

/** What stands in one place, and its first scene, which tells the corpus. */
export interface PlacedClue {
  readonly clue: Clue;
  readonly first: SceneId;
}

export const clueOfOccurrence = async (store: GraphStore, ref: OccurrenceRef): Promise<PlacedClue> => {
  const [occurrence] = await store.occurrencesByRef([ref]);
  if (!occurrence) throw occurrenceNotFound(ref);
  const { size: count, first } = occurrence;
  const scenes = await scenesOf(store, occurrence);
  return { clue: { kind: 'occurrence', key: formatOccurrence(ref), part: '', weight: 1, count, scenes }, first };
};

const clueOfScene = (scene: SceneId): PlacedClue => ({
  clue: { kind: 'scene', key: scene, part: '', weight: 1, count: 1, scenes: [scene] },
  first: scene,
});

/** Above level 1, and a view's, an occurrence does not name its scenes: the first ones are read. */
const scenesOf = async (store: GraphStore, occurrence: Occurrence): Promise<readonly SceneId[]> => {
  if (occurrence.level === 0 || occurrence.level === 1) return occurrence.scenes;
  const { items } = await store.parts(occurrence, { first: CLUE_SCENES_MAX });
  return items.map(({ item }) => item.first);
};
