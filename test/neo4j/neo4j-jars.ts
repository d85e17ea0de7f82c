import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const POM = join(import.meta.dirname, 'pom.xml');
const CACHE = join(homedir(), '.cache', 'hyperscene', 'neo4j');
/** ms; 123 MB have to come. */
const FETCH_TIMEOUT = 900_000;

const NEEDED =
  'The tests of the Neo4j store need a server. Either set NEO4J_URI (with NEO4J_USER and NEO4J_PASSWORD) to one that may be written to, or start a container engine, or install Java 17 or later and Maven 3.';

const jarsFolder = async (): Promise<string> =>
  join(
    CACHE,
    createHash('sha256')
      .update(await readFile(POM))
      .digest('hex')
      .slice(0, 12),
  );

export const hasNeo4jJars = async (): Promise<boolean> => existsSync(await jarsFolder());

/**
 * The folder with Neo4j's jars, fetched by Maven once. Its name is the pom's digest, and it is filled beside and renamed,
 * so that several runs at once do no harm.
 */
export const neo4jJars = async (): Promise<string> => {
  const folder = await jarsFolder();
  await requireProgram('java', ['-version']);
  if (existsSync(folder)) return folder;
  await requireProgram('mvn', ['-version']);
  await mkdir(CACHE, { recursive: true });
  const filling = await mkdtemp(join(CACHE, 'filling-'));
  try {
    const goals = ['-q', '-B', '-ntp', '-f', POM, 'dependency:copy-dependencies', `-DoutputDirectory=${filling}`];
    await run('mvn', goals, { timeout: FETCH_TIMEOUT });
    await rename(filling, folder);
  } catch (error) {
    await rm(filling, { recursive: true, force: true });
    if (!existsSync(folder)) throw new Error(`Maven could not fetch Neo4j. ${NEEDED}`, { cause: error });
  }
  return folder;
};

const requireProgram = async (program: string, options: readonly string[]): Promise<void> => {
  await run(program, [...options]).catch((error: unknown) => {
    throw new Error(`${program} does not run here. ${NEEDED}`, { cause: error });
  });
};
