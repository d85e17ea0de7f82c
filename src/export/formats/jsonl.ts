import { codesPass } from '../codes-pass.ts';
import { placedScenes } from '../corpus-pages.ts';
import { datasetCard } from '../dataset-card.ts';
import { datasetFiles } from '../dataset-files.ts';
import type { ExportContext, ExportFormat } from '../export-format.ts';
import { jsonLines } from '../json-lines.ts';
import { sceneRows } from '../scene-row.ts';
import { SequenceBuilder, type SequenceRow } from '../sequence.ts';
import { SPLITS, splitter } from '../split.ts';

const FILES = datasetFiles('jsonl');

/** Lines of JSON: each scene, each document's sequence, and the registry of the codes in them. */
export const jsonlFormat = (context: ExportContext): ExportFormat => {
  const { view, corpus, standing, options, outputs } = context;
  const { labels, seed, shares } = options;
  const sequences = new SequenceBuilder();
  const rowOf = sceneRows(labels);
  const splitFor = splitter(seed, shares);
  const writeSequence = async (row: SequenceRow | null): Promise<void> => {
    if (row !== null) await outputs.write(FILES.sequencesOf(splitFor(row.document)), jsonLines([row]), 1);
  };
  return {
    passes: [
      codesPass(context),
      {
        name: 'scenes',
        total: standing.scenes,
        showsScenes: true,
        async *pages(after) {
          for (const split of SPLITS) {
            await outputs.begin(FILES.scenesOf(split));
            await outputs.begin(FILES.sequencesOf(split));
          }
          for await (const { items, cursor } of placedScenes(view, corpus, after))
            yield {
              cursor,
              count: items.length,
              scenes: items,
              write: async () => {
                for (const [split, placed] of Map.groupBy(items, ({ scene }) => splitFor(scene.documentName))) {
                  const rows = placed.map(({ scene, levels }) => rowOf(scene, levels));
                  await outputs.write(FILES.scenesOf(split), jsonLines(rows), rows.length);
                }
                for (const placed of items) await writeSequence(sequences.add(placed));
              },
            };
        },
        end: () => writeSequence(sequences.end()),
      },
    ],
    state: () => sequences.state,
    restore: (state) => sequences.restore(state),
    closing: (rows, statistics) => ({ 'README.md': datasetCard(context, rows, FILES.configurations, statistics) }),
  };
};
