import { gather } from '../../src/collapse/gather-edges.ts';
import { leiden } from '../../src/collapse/leiden/leiden.ts';
import { seededRandom, shuffled } from '../../src/collapse/leiden/random.ts';
import type { ReadDocument } from './pipeline.ts';
import { changes, deepest, deviating, groupDepths, modularSegments, windows } from './segmentation.ts';
import { AS_THEY_ARE, labelOf, WEIGHINGS, type Weighing, weighed } from './weighing.ts';

/** What NLTK's TextTiling found with one pair of w and k: blocks. */
export interface Tiling {
  readonly borders: readonly number[];
  /** By block, of its beginning. */
  readonly depth: readonly number[];
}

export interface BorderDocument extends ReadDocument {
  /** By pair of {@link TILING_GRID}. */
  readonly tilings: readonly Tiling[];
  /** Of the documents of its kind that settings are chosen on, in scenes. */
  readonly sectionLength: number;
  /** What was computed once for several settings. */
  readonly memo: Map<string, unknown>;
}

/** `told`: how many borders there are is known to the method; `untold`: it is not. */
export type Mode = 'told' | 'untold';

export interface Setting {
  readonly label: string;
  /** One segmentation or, where chance decides, many. */
  readonly find: (document: BorderDocument) => readonly (readonly number[])[];
}

export interface Method {
  readonly name: string;
  readonly mode: Mode;
  /** The best on half of the documents is taken. */
  readonly settings: readonly Setting[];
}

/** w words a pseudo-sentence, k of them a block; 20 and 10 are NLTK's and Hearst's. */
export const TILING_GRID: readonly (readonly [w: number, k: number])[] = [
  [20, 10],
  [20, 5],
  [20, 3],
  [10, 10],
  [10, 5],
];
const DEVIATIONS = [-0.5, 0, 0.5, 1, 1.5, 2];
const REACHES = [5, 10, 20, 40];
const LEVELS = [1, 2, 3, 4];
const RANDOM_DRAWS = 1000;
/** Of the mean length of a section: how near two borders may stand at least, where a method chooses the deepest gaps. */
const APARTS = [0, 0.5];
const apartLabel = (apart: number): string => (apart === 0 ? '' : `, half a section apart`);

const remember = <T>({ memo }: BorderDocument, key: string, make: () => T): T => {
  if (!memo.has(key)) memo.set(key, make());
  return memo.get(key) as T;
};

const one = (label: string, find: (document: BorderDocument) => readonly number[]): Setting => ({
  label,
  find: (document) => [find(document)],
});

const draws = ({ gaps, gold }: BorderDocument, count: number): readonly (readonly number[])[] => {
  const random = seededRandom(gaps.length * 31 + gold.length);
  return Array.from({ length: RANDOM_DRAWS }, () =>
    [...shuffled(gaps.length, random).subarray(0, count)].map((i) => gaps[i] ?? 0),
  );
};

const untoldSegments = ({ scenes, sectionLength }: BorderDocument): number =>
  Math.max(1, Math.round(scenes / sectionLength));

const tilingDepths = ({ blockOf, tilings }: BorderDocument, pair: number): readonly number[] =>
  blockOf.map((block) => tilings[pair]?.depth[block] ?? 0);

type DepthsOf = (document: BorderDocument) => readonly number[];

const toldDeepest = (label: string, depthsOf: DepthsOf): readonly Setting[] =>
  APARTS.map((apart) =>
    one(`${label}${apartLabel(apart)}`, (document) => {
      const { gaps, gold, scenes } = document;
      return deepest(gaps, depthsOf(document), {
        count: gold.length,
        above: 0,
        apart: (apart * scenes) / (gold.length + 1),
      });
    }),
  );

const untoldDeepest = (label: string, depthsOf: DepthsOf): readonly Setting[] =>
  DEVIATIONS.flatMap((n) =>
    APARTS.map((apart) =>
      one(`${label}, mean + ${n} σ${apartLabel(apart)}`, (document) => {
        const depthOf = depthsOf(document);
        const options = { count: depthOf.length, above: deviating(depthOf, n), apart: apart * document.sectionLength };
        return deepest(document.gaps, depthOf, options);
      }),
    ),
  );

const baselines: readonly Method[] = [
  { name: 'no border', mode: 'untold', settings: [one('', () => [])] },
  ...(['told', 'untold'] as const).flatMap((mode): readonly Method[] => {
    const count = (document: BorderDocument): number =>
      mode === 'told' ? document.gold.length : untoldSegments(document) - 1;
    return [
      { name: 'random borders', mode, settings: [{ label: '', find: (document) => draws(document, count(document)) }] },
      {
        name: 'fixed windows',
        mode,
        settings: [one('', (document) => windows(document.scenes, document.gaps, count(document) + 1))],
      },
    ];
  }),
  {
    name: 'TextTiling',
    mode: 'told',
    settings: TILING_GRID.flatMap(([w, k], pair) =>
      toldDeepest(`w ${w}, k ${k}`, (document) => tilingDepths(document, pair)),
    ),
  },
  {
    name: 'TextTiling',
    mode: 'untold',
    settings: TILING_GRID.flatMap(([w, k], pair) => [
      one(`w ${w}, k ${k}, NLTK's cut-off`, ({ gaps, blockOf, tilings }) => {
        const borders = new Set(tilings[pair]?.borders);
        return gaps.filter((_, i) => borders.has(blockOf[i] ?? -1));
      }),
      ...untoldDeepest(`w ${w}, k ${k}`, (document) => tilingDepths(document, pair)),
    ]),
  },
];

const groupsOf = ({ levels }: BorderDocument, level: number): Int32Array =>
  levels[Math.min(level, levels.length) - 1] ?? new Int32Array();

const depthsOf = (document: BorderDocument, level: number, reach: number): readonly number[] =>
  remember(document, `depths ${level} ${reach}`, () => {
    const found = groupDepths(groupsOf(document, level), reach);
    return document.gaps.map((scene) => found[scene - 1] ?? 0);
  });

const communities: readonly Method[] = [
  ...LEVELS.map(
    (level): Method => ({
      name: `groups of level ${level}, wherever they change`,
      mode: 'untold',
      settings: [one('', (document) => changes(groupsOf(document, level), document.gaps))],
    }),
  ),
  ...(
    [
      ['told', toldDeepest],
      ['untold', untoldDeepest],
    ] as const
  ).map(
    ([mode, settingsOf]): Method => ({
      name: 'TopicTiling over groups',
      mode,
      settings: LEVELS.flatMap((level) =>
        REACHES.flatMap((reach) =>
          settingsOf(`level ${level}, ${reach} scenes`, (document) => depthsOf(document, level, reach)),
        ),
      ),
    }),
  ),
];

/** γ for a hundred scenes: that of a document grows with its length, so that its segments do not. */
const RESOLUTIONS = Array.from({ length: 27 }, (_, i) => 2 ** (i / 2 - 7));

type Finder = (document: BorderDocument, weighing: Weighing, resolution: number) => readonly number[];

const segmentsOf: Finder = (document, weighing, resolution) =>
  remember(document, `segments ${labelOf(weighing)} ${resolution}`, () => {
    const segment = remember(document, `segmenter ${labelOf(weighing)}`, () => {
      const units = document.gaps.length + 1;
      return modularSegments({ units, ...gather(weighed(document, weighing), document.unitOf, units) });
    });
    return segment((resolution * document.scenes) / 100).map((unit) => document.gaps[unit - 1] ?? 0);
  });

const leidenOf: Finder = (document, weighing, resolution) =>
  remember(document, `leiden ${labelOf(weighing)} ${resolution}`, () => {
    const graph = { nodes: document.scenes, ...weighed(document, weighing) };
    return changes(leiden(graph, { resolution: (resolution * document.scenes) / 100 }).communityOf, document.gaps);
  });

/** At the resolution that gives the number of borders nearest to the true one. */
const nearest = (find: Finder, document: BorderDocument, weighing: Weighing): readonly number[] =>
  RESOLUTIONS.map((resolution) => find(document, weighing, resolution)).reduce((best, found) =>
    Math.abs(found.length - document.gold.length) < Math.abs(best.length - document.gold.length) ? found : best,
  );

const byCouplings = (name: string, find: Finder, weighings: readonly Weighing[]): readonly Method[] => [
  {
    name,
    mode: 'told',
    settings: weighings.map((weighing) => one(labelOf(weighing), (document) => nearest(find, document, weighing))),
  },
  {
    name,
    mode: 'untold',
    settings: weighings.flatMap((weighing) =>
      RESOLUTIONS.map((resolution) =>
        one(`${labelOf(weighing)}, γ ${resolution.toPrecision(2)} a hundred scenes`, (document) =>
          find(document, weighing, resolution),
        ),
      ),
    ),
  },
];

export const METHODS: readonly Method[] = [
  ...baselines,
  ...communities,
  ...byCouplings('Leiden, wherever communities change', leidenOf, [AS_THEY_ARE]),
  ...byCouplings('Leiden, couplings weighed for order', leidenOf, WEIGHINGS),
  ...byCouplings('segments of couplings', segmentsOf, [AS_THEY_ARE]),
  ...byCouplings('segments of couplings weighed for order', segmentsOf, WEIGHINGS),
];
