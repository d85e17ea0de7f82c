import { readdirSync } from 'node:fs';
import type { CypherQuery } from '../../../src/store/cypher/query.ts';

const FOLDER = new URL('../../../src/store/cypher/', import.meta.url);

const isQuery = (value: unknown): value is CypherQuery<unknown> =>
  typeof value === 'object' && value !== null && 'text' in value && 'name' in value;

/** Every query of a module: exported alone, in a list or in a record of queries. */
const queriesIn = (value: unknown): readonly CypherQuery<unknown>[] => {
  if (isQuery(value)) return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(queriesIn) : [];
};

const modules = await Promise.all(
  readdirSync(FOLDER)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => import(new URL(file, FOLDER).href)),
);

/** Every named text of `src/store/cypher/`. */
export const namedQueries: readonly CypherQuery<unknown>[] = modules.flatMap(queriesIn);
