import type { LevelPlace } from '../scene/hypertoken.ts';
import type { CodeRow } from './code-registry.ts';
import type { SceneRow } from './scene-row.ts';
import type { SequenceRow } from './sequence.ts';

/** Types of columns: one value, or a list of such; offsets into texts and ordinals have 64 bits. */
export type ColumnType = 'string' | 'string?' | 'int32' | 'int64' | 'string[]' | 'int32[]' | 'int64[]' | 'levels';

/** Every column of a row, in the order of the files. */
export type Columns<Row> = Readonly<Record<keyof Row & string, ColumnType>>;

export const SCENE_COLUMNS: Columns<SceneRow> = {
  id: 'string',
  document: 'string',
  position: 'int32',
  kind: 'string',
  lang: 'string',
  start: 'int64',
  end: 'int64',
  text: 'string',
  hyperlexeme: 'string',
  agent: 'string?',
  context: 'string[]',
  facets: 'string[]',
  code: 'int32',
  ordinal: 'int64',
  hypertoken: 'string',
  occurrence: 'string',
  levels: 'levels',
};

export const SEQUENCE_COLUMNS: Columns<SequenceRow> = {
  document: 'string',
  lang: 'string',
  part: 'int32',
  first: 'int32',
  codes: 'int32[]',
  ordinals: 'int64[]',
  motifs: 'int32[]',
  starts: 'int64[]',
  ends: 'int64[]',
};

export const CODE_COLUMNS: Columns<CodeRow> = {
  code: 'int32',
  level: 'int32',
  digest: 'string',
  figures: 'string[]',
};

/** Of the structs in a column of type `levels`. */
export const LEVEL_COLUMNS: Readonly<Record<keyof LevelPlace & string, 'int32' | 'int64'>> = {
  level: 'int32',
  code: 'int32',
  ordinal: 'int64',
};
