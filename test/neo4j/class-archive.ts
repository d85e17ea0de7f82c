import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openNeo4jStore } from '../../src/store/neo4j/open-neo4j-store.ts';
import { startNeo4jServer } from './neo4j-server.ts';
import { storeOptions } from './store-options.ts';

const run = promisify(execFile);

/**
 * Neo4j's classes as Java has laid them out in memory (JEP 350), made once and kept beside the jars: a server starts and
 * migrates in 10 s of a processor in place of 17. 117 MB, made in 30 s. Java takes no archive that another version made, so its
 * version is in the name.
 * @returns the options of Java
 */
export const classArchive = async (jars: string): Promise<readonly string[]> => {
  const { stderr } = await run('java', ['-version']);
  const version = createHash('sha256').update(stderr).digest('hex').slice(0, 8);
  const path = join(jars, `classes-${version}.jsa`);
  if (!existsSync(path)) await makeArchive(jars, path);
  return [`-XX:SharedArchiveFile=${path}`];
};

const makeArchive = async (jars: string, path: string): Promise<void> => {
  const home = await mkdtemp(join(tmpdir(), 'hyperscene-neo4j-classes-'));
  const unfinished = `${path}.${process.pid}`;
  try {
    const java = [`-XX:ArchiveClassesAtExit=${unfinished}`];
    const server = await startNeo4jServer({ jars, home, password: 'which classes it needs', java });
    await (await openNeo4jStore(storeOptions(server))).close();
    await server.stop();
    await rename(unfinished, path);
  } finally {
    await rm(unfinished, { force: true });
    await rm(home, { recursive: true, force: true });
  }
};
