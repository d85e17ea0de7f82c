/** Do collapse's groups follow the true borders of scenes, sections and chapters? See `bench/README.md`. */

import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openReader } from '../src/reading/read-document.ts';
import { openComputePool } from '../src/worker/compute-pool.ts';
import { weighingCosts } from './borders/cost.ts';
import { type GoldDocument, goldDocuments, KINDS, type Kind } from './borders/documents.ts';
import { type Fold, judge } from './borders/judge.ts';
import { type BorderDocument, TILING_GRID, type Tiling } from './borders/methods.ts';
import { pk, windowDiff, windowOf } from './borders/metrics.ts';
import { type ReadDocument, readGold } from './borders/pipeline.ts';
import { askPython } from './borders/python.ts';
import { windows } from './borders/segmentation.ts';
import { type BordersResult, type KindResult, summarise } from './borders/summary.ts';
import { checkOut, tell, writeReport } from './report.ts';
import { load1, machine } from './store/figures.ts';

const ROOT = join(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    corpora: { type: 'string', default: join(ROOT, '../shared/corpora') },
    /** Folder of TEI files of DraCor; by default `drama` of the corpora. */
    plays: { type: 'string' },
    /** Longer plays are left out. */
    characters: { type: 'string', default: '150000' },
    out: { type: 'string', default: join(ROOT, 'bench/results/borders.json') },
  },
});

const readAll = async (documents: readonly GoldDocument[]): Promise<readonly ReadDocument[]> => {
  const [reader, compute] = [await openReader(), openComputePool({ threadsMax: 1 })];
  const read: ReadDocument[] = [];
  for (const [i, document] of documents.entries()) {
    tell(`reading ${i + 1} of ${documents.length}: ${document.kind}, ${document.name}`);
    read.push(await readGold({ reader, compute }, document));
  }
  await Promise.all([reader.close(), compute.close()]);
  return read;
};

/** NLTK's WindowDiff and Pk of some segmentations must be ours. */
const compareWithNltk = async (documents: readonly ReadDocument[]): Promise<void> => {
  const pairs = documents.slice(0, 20).map(({ scenes: units, gaps, gold }) => {
    const found = windows(units, gaps, gold.length + 2);
    return { units, gold, found, k: windowOf({ units, gold }) };
  });
  const line = (units: number, borders: readonly number[]): string =>
    Array.from({ length: units - 1 }, (_, i) => (borders.includes(i + 1) ? '1' : '0')).join('');
  const theirs = await askPython<readonly (readonly [number, number])[]>(
    ['judge'],
    pairs.map(({ units, gold, found, k }) => [line(units, gold), line(units, found), k]),
  );
  for (const [i, pair] of pairs.entries()) {
    const [theirWindowDiff = Number.NaN, theirPk = Number.NaN] = theirs[i] ?? [];
    const differ = Math.abs(windowDiff(pair, pair.k) - theirWindowDiff) + Math.abs(pk(pair, pair.k) - theirPk);
    if (!(differ < 1e-9)) throw new Error(`${documents[i]?.name}: WindowDiff or Pk is not NLTK's`);
  }
};

type Unfolded = Omit<BorderDocument, 'sectionLength'>;

const sum = (of: (document: ReadDocument) => number, documents: readonly ReadDocument[]): number =>
  documents.reduce((total, document) => total + of(document), 0);

const fold = (dev: readonly Unfolded[], test: readonly Unfolded[]): Fold => {
  const sectionLength = sum(({ scenes }) => scenes, dev) / sum(({ gold }) => gold.length + 1, dev);
  const withLength = (document: Unfolded): BorderDocument => ({ ...document, sectionLength });
  return { dev: dev.map(withLength), test: test.map(withLength) };
};

/** Fewer documents are tested one by one, each with settings from all the others. */
const HALVED_MIN = 10;

const judgeKind = (kind: Kind, all: readonly Unfolded[]): KindResult => {
  const isHalved = all.length >= HALVED_MIN;
  const folds = isHalved
    ? [
        fold(
          all.filter((_, i) => i % 2 === 0),
          all.filter((_, i) => i % 2 === 1),
        ),
      ]
    : all.map((one) =>
        fold(
          all.filter((other) => other !== one),
          [one],
        ),
      );
  const test = folds.flatMap((each) => each.test);
  tell(`${kind}: ${test.length} of ${all.length} documents to test`);
  return {
    kind,
    dev: isHalved ? all.filter((_, i) => i % 2 === 0).map(({ name }) => name) : null,
    test: test.map(({ name }) => name),
    scenes: sum(({ scenes }) => scenes, test),
    gaps: sum(({ gaps }) => gaps.length, test),
    borders: sum(({ gold }) => gold.length, test),
    methods: judge(folds, tell),
    costs: weighingCosts(test),
  };
};

const run = async (): Promise<BordersResult> => {
  const load1Before = load1();
  const charactersMax = Number(values.characters);
  if (!(charactersMax > 0)) throw new Error(`--characters: expected a number above 0, came ${values.characters}`);
  const gold = await goldDocuments(values.corpora, {
    plays: values.plays ?? join(values.corpora, 'drama'),
    charactersMax,
  });
  const started = performance.now();
  const read = await readAll(gold);
  const readSeconds = (performance.now() - started) / 1000;
  await compareWithNltk(read);
  tell('TextTiling');
  const { nltk, tiled } = await askPython<{ readonly nltk: string; readonly tiled: readonly (readonly Tiling[])[] }>(
    ['tile'],
    { documents: gold.map(({ lang, blocks }) => ({ lang, blocks })), grid: TILING_GRID },
  );
  const documents = read.map((document, i) => ({ ...document, tilings: tiled[i] ?? [], memo: new Map() }));
  const kinds = KINDS.map((kind) =>
    judgeKind(
      kind,
      documents.filter((document) => document.kind === kind),
    ),
  );
  return { date: new Date().toISOString(), machine: machine(), load1Before, nltk, readSeconds, kinds };
};

const { out } = values;
checkOut(out);
await writeReport(out, await run(), summarise);
