import { SCENE_COLUMNS, SEQUENCE_COLUMNS } from './columns.ts';
import type { Configuration } from './dataset-card.ts';
import type { Split } from './split.ts';

/** Where the rows of a dataset lie: the same in every format of rows. */
export interface DatasetFiles {
  readonly codes: string;
  scenesOf(split: Split): string;
  sequencesOf(split: Split): string;
  readonly configurations: readonly Configuration[];
}

/** @param extension without the dot */
export const datasetFiles = (extension: string): DatasetFiles => {
  const scenesOf = (split: Split): string => `scenes/${split}.${extension}`;
  const sequencesOf = (split: Split): string => `sequences/${split}.${extension}`;
  return {
    codes: `codes.${extension}`,
    scenesOf,
    sequencesOf,
    configurations: [
      { name: 'scenes', columns: SCENE_COLUMNS, pathOf: scenesOf },
      { name: 'sequences', columns: SEQUENCE_COLUMNS, pathOf: sequencesOf },
    ],
  };
};
