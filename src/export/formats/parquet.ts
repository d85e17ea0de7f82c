import { z } from 'zod';
import { pagesOfHypertokens } from '../code-registry.ts';
import { CODE_COLUMNS, type Columns, SCENE_COLUMNS, SEQUENCE_COLUMNS } from '../columns.ts';
import { type PlacedScene, placedScenes } from '../corpus-pages.ts';
import { datasetCard } from '../dataset-card.ts';
import { datasetFiles } from '../dataset-files.ts';
import type { ExportContext, ExportFormat } from '../export-format.ts';
import { ParquetFile } from '../parquet/parquet-file.ts';
import { openParquetThread } from '../parquet/parquet-thread.ts';
import { sceneRows } from '../scene-row.ts';
import { SequenceBuilder, type SequenceRow } from '../sequence.ts';
import { SPLITS, splitter } from '../split.ts';

const FILES = datasetFiles('parquet');

const CREATED_BY = 'hyperscene';

type Resumable = Pick<ParquetFile<unknown>, 'state' | 'waiting' | 'settle' | 'restore'>;

const stateShape = z.object({ sequences: z.unknown(), files: z.record(z.string(), z.string()) });

/** The same rows as lines of JSON, with types of their own, for Hugging Face's datasets, pyarrow, DuckDB, Spark. */
export const parquetFormat = (context: ExportContext): ExportFormat => {
  const { view, corpus, standing, options, outputs } = context;
  const { labels, seed, shares, rowGroup } = options;
  const thread = openParquetThread();
  const files = new Map<string, Resumable>();
  const file = <Row>(name: string, columns: Columns<Row>): ParquetFile<Row> => {
    const made = new ParquetFile(name, columns, outputs, thread);
    files.set(name, made);
    return made;
  };
  const codes = file(FILES.codes, CODE_COLUMNS);
  const scenes = new Map(SPLITS.map((split) => [split, file(FILES.scenesOf(split), SCENE_COLUMNS)]));
  const sequences = new Map(SPLITS.map((split) => [split, file(FILES.sequencesOf(split), SEQUENCE_COLUMNS)]));
  const ofScenes = [...scenes.values(), ...sequences.values()];
  const builder = new SequenceBuilder();
  const rowOf = sceneRows(labels);
  const splitFor = splitter(seed, shares);

  /** Together: to pack a row by itself makes a dozen arrays. */
  const addSequences = (rows: readonly (SequenceRow | null)[]): void => {
    const whole = rows.filter((row) => row !== null);
    for (const [split, some] of Map.groupBy(whole, ({ document }) => splitFor(document)))
      sequences.get(split)?.add(some);
  };
  const addScenes = (items: readonly PlacedScene[]): void => {
    for (const [split, placed] of Map.groupBy(items, ({ scene }) => splitFor(scene.documentName)))
      scenes.get(split)?.add(placed.map(({ scene, levels }) => rowOf(scene, levels)));
    addSequences(items.map((placed) => builder.add(placed)));
  };
  return {
    passes: [
      {
        name: 'hypertokens',
        total: null,
        async *pages(after) {
          for await (const { items, cursor } of pagesOfHypertokens(view, corpus, after))
            yield {
              cursor,
              count: items.length,
              write: async () => {
                codes.add(items);
                if (codes.waiting >= rowGroup) await codes.flush();
              },
            };
        },
        end: () => codes.end(CREATED_BY),
      },
      {
        name: 'scenes',
        total: standing.scenes,
        showsScenes: true,
        async *pages(after) {
          for await (const { items, cursor } of placedScenes(view, corpus, after))
            yield {
              cursor,
              count: items.length,
              scenes: items,
              write: async () => {
                addScenes(items);
                const waiting = [...scenes.values()].reduce((sum, file) => sum + file.waiting, 0);
                if (waiting >= rowGroup) for (const file of ofScenes) await file.flush();
              },
            };
        },
        end: async () => {
          addSequences([builder.end()]);
          for (const file of ofScenes) await file.end(CREATED_BY);
        },
      },
    ],
    settle: async () => {
      if ([...files.values()].some(({ waiting }) => waiting > 0)) return false;
      for (const one of files.values()) await one.settle();
      return true;
    },
    state: () => ({
      sequences: builder.state,
      files: Object.fromEntries([...files].map(([name, { state }]) => [name, state])),
    }),
    restore: (state) => {
      if (state === null) return;
      const { sequences: open, files: states } = stateShape.parse(state);
      builder.restore(open ?? null);
      for (const [name, one] of files) one.restore(states[name] ?? '');
    },
    closing: (rows, statistics) => ({ 'README.md': datasetCard(context, rows, FILES.configurations, statistics) }),
    close: async () => {
      await thread.close();
      await Promise.allSettled([...files.values()].map((one) => one.settle()));
    },
  };
};
