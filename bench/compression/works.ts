import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MotifGroup } from '../../src/collapse/collapse-motifs.ts';
import type { CouplingGraph } from '../../src/collapse/coupling-graph.ts';
import { type CorpusStatistics, corpusStatistics } from '../../src/export/corpus-statistics.ts';
import { openO200kCounter } from '../../src/model/o200k/open-o200k-counter.ts';
import { openReader } from '../../src/reading/read-document.ts';
import { corpusName, documentName, workspaceName } from '../../src/scene/name.ts';
import { LANGUAGES, type Language } from '../../src/scene/scene.ts';
import { openMemoryStore } from '../../src/store/memory/open-memory-store.ts';
import { pagesOf } from '../../src/store/pages.ts';
import { collapseCorpus } from '../../src/worker/collapse-job.ts';
import type { CollapseTask } from '../../src/worker/compute.ts';
import { openComputePool } from '../../src/worker/compute-pool.ts';
import { readIntoCorpus } from '../../src/worker/read-job.ts';

interface Work {
  readonly name: string;
  readonly lang: Language;
  readonly text: string;
}

export const readWorks = async (folder: string): Promise<readonly Work[]> => {
  const works: Work[] = [];
  for (const lang of LANGUAGES)
    for (const name of (await readdir(join(folder, lang))).toSorted())
      works.push({ name, lang, text: await readFile(join(folder, lang, name), 'utf8') });
  return works;
};

/** A corpus as collapse sees it, and its motifs. */
export interface CollapsedWorks {
  readonly graph: CouplingGraph;
  readonly motifs: readonly MotifGroup[];
  /** Scenes by document, in the order of the corpus. */
  readonly documents: readonly number[];
  /** Of these scenes. */
  readonly texts: readonly (readonly string[])[];
  readonly statistics: CorpusStatistics;
}

/** Reads, couples and collapses the works afresh, by the program's own jobs. */
export const collapseWorks = async (works: readonly Work[]): Promise<CollapsedWorks> => {
  const corpus = corpusName('works');
  const database = openMemoryStore();
  const store = database.workspace(workspaceName('compression'));
  const reader = await openReader();
  const compute = openComputePool({ threadsMax: 1 });
  const counter = openO200kCounter();
  try {
    for (const { name, text } of works)
      await readIntoCorpus({ store, compute, reader }, { corpus, name: documentName(name), source: { text } });
    const seen: Pick<CollapsedWorks, 'graph' | 'motifs'>[] = [];
    const watched = {
      ...compute,
      collapse: async (task: CollapseTask, signal?: AbortSignal) => {
        const collapsed = await compute.collapse(task, signal);
        seen.push({ graph: task.graph, motifs: collapsed.motifs });
        return collapsed;
      },
    };
    await collapseCorpus({ store, compute: watched }, corpus, { afresh: true });
    const pages = pagesOf((page) => store.scenes({ corpus }, page), undefined);
    const scenes = (await Array.fromAsync(pages)).flat();
    const [collapsed] = seen;
    if (collapsed === undefined) throw new Error('the corpus was not collapsed');
    const byDocument = Map.groupBy(scenes, ({ document }) => document);
    return {
      ...collapsed,
      documents: [...byDocument.values()].map(({ length }) => length),
      texts: [...byDocument.values()].map((own) => own.map(({ text }) => text)),
      statistics: await corpusStatistics(store, { corpus, labels: 'en', counter }),
    };
  } finally {
    await Promise.all([reader.close(), compute.close(), counter.close()]);
    await database.close();
  }
};
