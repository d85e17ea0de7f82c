import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** `schema/` beside `src/`, and beside what `src/` is compiled to. */
export const SCHEMA_FOLDER = join(import.meta.dirname, '../../schema');

/** The schema definition, one text a subject. */
export const readSchema = async (folder: string = SCHEMA_FOLDER): Promise<readonly string[]> => {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.graphql')).toSorted();
  return Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
};
