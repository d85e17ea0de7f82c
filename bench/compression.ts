/** What recurrence saves: bits of the graph of couplings and of its sequences of codes, by several sides. See `bench/README.md`. */

import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { graphSides } from './compression/graph-sides.ts';
import { labelledGraphOf } from './compression/labelled-graph.ts';
import { positionSides } from './compression/position-sides.ts';
import { sequenceFigures } from './compression/sequence-sides.ts';
import { type CompressionResult, type CorpusFigures, summarise } from './compression/summary.ts';
import { collapseWorks, readWorks } from './compression/works.ts';
import { ZIP2ZIP_PACKAGES } from './compression/zip2zip.ts';
import { pythonWith } from './python.ts';
import { checkOut, tell, writeReport } from './report.ts';
import { load1, machine } from './store/figures.ts';

const ROOT = join(import.meta.dirname, '..');
const { values } = parseArgs({
  allowNegative: true,
  options: {
    /** A folder with `ru/` and `en/`, a work a file. */
    prose: { type: 'string', default: join(ROOT, '../shared/corpora/prose') },
    /** `--no-ours` leaves out our own description length. */
    ours: { type: 'boolean', default: true },
    /** `--no-zip2zip` leaves out its codec, which needs Python. */
    zip2zip: { type: 'boolean', default: true },
    out: { type: 'string', default: join(ROOT, 'bench/results/compression.json') },
  },
});

const measure = async (
  corpus: CorpusFigures['corpus'],
  works: Parameters<typeof collapseWorks>[0],
  python: string | null,
): Promise<CorpusFigures> => {
  tell(`${corpus}: reading and collapsing ${works.length} works …`);
  const collapsed = await collapseWorks(works);
  const { graph: coupled, motifs } = collapsed;
  const graph = labelledGraphOf(coupled);
  tell(`${corpus}: ${graph.figureOf.length} scenes, ${graph.edges.length} couplings …`);
  return {
    corpus,
    documents: works.length,
    scenes: graph.figureOf.length,
    couplings: graph.edges.length,
    figures: graph.figures,
    agents: graph.agents,
    labels: graph.labels,
    occurrences: motifs.length,
    motifs: new Set(motifs.map(({ form }) => form)).size,
    joined: motifs.reduce((sum, { scenes }) => sum + scenes.length, 0),
    positions: await positionSides(collapsed, python),
    graph: graphSides(graph, coupled, motifs, values.ours),
    sequences: [await sequenceFigures(collapsed, 0, python), await sequenceFigures(collapsed, 1, python)],
  };
};

const { out } = values;
checkOut(out);
const load1Before = load1();
const python = values.zip2zip ? await pythonWith(ZIP2ZIP_PACKAGES) : null;
const works = await readWorks(values.prose);
const corpora: CorpusFigures[] = [];
for (const corpus of ['ru', 'en', 'both'] as const)
  corpora.push(
    await measure(
      corpus,
      works.filter(({ lang }) => corpus === 'both' || lang === corpus),
      python,
    ),
  );
const result: CompressionResult = { date: new Date().toISOString(), machine: machine(), load1Before, corpora };
await writeReport(out, result, summarise);
