import { type Clue, heaviestFirst } from '../activation/clue.ts';
import { namedRelevance } from '../activation/relevance.ts';
import { NONE, parseFigureKey } from '../scene/figure.ts';
import { type Code, formatCode, formatOccurrence, type Occurrence, parseCode } from '../scene/hypertoken.ts';
import type { GraphStore, HypertokenRecord } from '../store/graph-store.ts';
import { namingWords } from './naming-words.ts';
import type { FoundScene } from './search-scenes.ts';

export interface FoundHypertoken {
  readonly hypertoken: HypertokenRecord;
  /** 0 to 1, see {@link namedRelevance}. */
  readonly score: number;
  /** By falling weight. */
  readonly because: readonly Clue[];
}

export interface FoundOccurrence {
  readonly occurrence: Occurrence;
  readonly score: number;
  readonly because: readonly Clue[];
}

/** Of so many of the first scenes the motifs are looked at. */
const MOTIFS_OF_MAX = 50;

/**
 * The hypertokens that a text names, and those of the scenes that answer, and of the motifs of the first of these, as far as what they
 * hold was asked for: by falling score, then code. Three calls of the store.
 */
export const searchHypertokens = async (
  store: GraphStore,
  clues: readonly Clue[],
  scenes: readonly FoundScene[],
): Promise<readonly FoundHypertoken[]> => {
  const named = clues.filter(({ kind, count }) => kind === 'code' && count > 0);
  const motifs = await motifCodes(store, scenes);
  const codes = [
    ...new Set([...named.map(({ key }) => parseCode(key).code), ...scenes.map(({ scene }) => scene.code), ...motifs]),
  ];
  const hypertokens = codes.length === 0 ? [] : await store.hypertokensByCode(codes);
  const standing = hypertokens.filter((hypertoken) => hypertoken !== null);
  const naming = namingWords(clues);
  const codeOf = new Map(
    standing.filter(({ level }) => level === 0).map(({ figures: [figure], code }) => [figure, formatCode(code)]),
  );
  return standing
    .map((hypertoken) => {
      const figures = hypertoken.figures.flatMap((figure) => codeOf.get(figure) ?? []);
      return answering(hypertoken, new Set([formatCode(hypertoken.code), ...figures]), clues, naming);
    })
    .filter(({ score }) => score > 0)
    .toSorted((x, y) => y.score - x.score || x.hypertoken.code - y.hypertoken.code);
};

const motifCodes = async (store: GraphStore, scenes: readonly FoundScene[]): Promise<readonly Code[]> => {
  const first = scenes.slice(0, MOTIFS_OF_MAX).map(({ scene }) => scene.id);
  const motifs = first.length === 0 ? [] : await store.motifsOfScenes(first);
  return motifs.flatMap((motif) => (motif === null ? [] : [motif.code]));
};

/** @param names its own code, and those of figures that it holds */
const answering = (
  hypertoken: HypertokenRecord,
  names: ReadonlySet<string>,
  clues: readonly Clue[],
  naming: ReadonlyMap<Clue, readonly Clue[]>,
): FoundHypertoken => {
  const held = morphemesOf(hypertoken);
  const named = clues.filter(({ kind, key }) => kind === 'code' && names.has(key));
  const asked = clues.filter(({ kind, key, count }) => count > 0 && held.has(`${kind} ${key}`));
  const words = asked.flatMap((clue) => naming.get(clue) ?? []);
  const because = [...new Set([...named, ...asked, ...words])].toSorted(heaviestFirst);
  const isNamed = named.some(({ key, weight }) => weight === 1 && key === formatCode(hypertoken.code));
  const share = isNamed ? 1 : held.size === 0 ? 0 : asked.length / held.size;
  return { hypertoken, score: because.length === 0 ? 0 : namedRelevance(because, clues, share), because };
};

/** What its figures are made of. */
const morphemesOf = ({ figures }: HypertokenRecord): ReadonlySet<string> =>
  new Set(
    figures.flatMap((key) => {
      const { archetype = NONE, atmosphere = NONE, tension = NONE } = parseFigureKey(key) ?? {};
      return Object.entries({ archetype, atmosphere, tension }).flatMap(([kind, morpheme]) =>
        morpheme === NONE ? [] : [`${kind} ${morpheme}`],
      );
    }),
  );

/** The occurrences that a text names, Δ14:7. One call of the store, or none. */
export const searchOccurrences = async (
  store: GraphStore,
  clues: readonly Clue[],
): Promise<readonly FoundOccurrence[]> => {
  const named = clues.filter(({ kind, count }) => kind === 'occurrence' && count > 0);
  const refs = named.map(({ key }) => {
    const { code, ordinal } = parseCode(key);
    return { code, ordinal: ordinal ?? 0 };
  });
  const occurrences = refs.length === 0 ? [] : await store.occurrencesByRef(refs);
  return occurrences.flatMap((occurrence) => {
    const because = named.filter(({ key }) => occurrence !== null && key === formatOccurrence(occurrence));
    return occurrence === null ? [] : [{ occurrence, score: namedRelevance(because, clues, 1), because }];
  });
};
