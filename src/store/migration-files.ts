import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HypersceneError } from '../errors.ts';
import type { Dialect } from './cypher/dialect.ts';
import { type CypherQuery, query } from './cypher/query.ts';

/** One file of `migrations/`. */
export interface Migration {
  /** 1, 2, 3 … */
  readonly version: number;
  /** `graph` of `V001__graph.cypher`. */
  readonly name: string;
  readonly file: string;
  /** SHA-256 of the text with LF line ends, 64 hex digits: git may check it out with others. */
  readonly checksum: string;
  readonly statements: readonly CypherQuery<never>[];
}

export const MIGRATIONS_FOLDER = join(import.meta.dirname, '../../migrations');

const FILE = /^V(?<version>\d{3})__(?<name>[a-z0-9_]+)(?:\.(?<dialect>embedded|neo4j))?\.cypher$/u;

interface FileName {
  readonly file: string;
  readonly version: number;
  readonly name: string;
  readonly dialect: string | undefined;
}

/**
 * The migrations for one kind of store, in order: `V001__graph.cypher` for both, or `V003__search.embedded.cypher` beside
 * `V003__search.neo4j.cypher` where their dialects differ.
 * @throws HypersceneError MISSING_ASSET for a folder without them, a number left out or given twice
 */
export const loadMigrations = async (dialect: Dialect, folder = MIGRATIONS_FOLDER): Promise<readonly Migration[]> => {
  const names = (await readdir(folder).catch(() => [])).filter((file) => file.endsWith('.cypher')).sort();
  const files = names.map(parseName).filter((file) => file.dialect === undefined || file.dialect === dialect);
  if (files.length === 0) refuse(folder, 'V001__….cypher', 'no migrations');
  for (const [i, { version, file }] of files.entries()) if (version !== i + 1) refuse(folder, `number ${i + 1}`, file);
  return Promise.all(files.map((file) => readMigration(folder, file)));
};

const refuse = (folder: string, expected: string, came: string): never => {
  throw new HypersceneError('MISSING_ASSET', 'the migrations are not whole', { at: folder, expected, came });
};

const parseName = (file: string): FileName => {
  const { version, name, dialect } = FILE.exec(file)?.groups ?? {};
  if (version === undefined || name === undefined)
    throw new HypersceneError('MISSING_ASSET', 'the migrations are not whole', {
      expected: 'names like V001__graph.cypher or V003__search.neo4j.cypher',
      came: file,
    });
  return { file, version: Number(version), name, dialect };
};

const readMigration = async (folder: string, { file, version, name }: FileName): Promise<Migration> => {
  const text = (await readFile(join(folder, file), 'utf8')).replaceAll('\r\n', '\n');
  return {
    version,
    name,
    file,
    checksum: createHash('sha256').update(text).digest('hex'),
    statements: parse(file, text),
  };
};

/** A statement ends with a semicolon at the end of a line; a comment has lines of its own. */
const parse = (file: string, text: string): readonly CypherQuery<never>[] =>
  text
    .replaceAll(/^\s*\/\/.*$/gmu, '')
    .split(/;\s*$/mu)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '')
    .map((statement, i) => query(`${file}#${i + 1}`, statement));
