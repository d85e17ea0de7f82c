import { randomBytes } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Reader } from '../../src/reading/reader.ts';
import { corpusName, documentName, workspaceName } from '../../src/scene/name.ts';
import type { Language } from '../../src/scene/scene.ts';
import { openNeo4jStore } from '../../src/store/neo4j/open-neo4j-store.ts';
import { collapseCorpus } from '../../src/worker/collapse-job.ts';
import type { ComputePool } from '../../src/worker/compute-pool.ts';
import { readIntoCorpus } from '../../src/worker/read-job.ts';
import { neo4jJars } from '../../test/neo4j/neo4j-jars.ts';
import { startNeo4jServer } from '../../test/neo4j/neo4j-server.ts';
import { storeOptions } from '../../test/neo4j/store-options.ts';
import { inFolder } from '../report.ts';
import type { Work } from './prose.ts';

/** Bytes of all files in a folder, to its bottom. */
export const bytesOf = async (folder: string): Promise<number> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
};

export interface Neo4jDisk {
  readonly scenes: number;
  readonly couplings: number;
  /** Of the database's folder: after the server was stopped, and so had written all of it, less what it takes with no scene in it. */
  readonly bytesAScene: number;
}

const HEAP = '768m';

/** The same jobs on a real server, whose folder is weighed before and after. */
export const weighNeo4j = (
  context: { readonly reader: Reader; readonly compute: ComputePool },
  works: ReadonlyMap<Language, readonly Work[]>,
  tell: (line: string) => void,
): Promise<Neo4jDisk> =>
  inFolder('steps-neo4j', async (home) => {
    const data = join(home, 'data', 'databases', 'neo4j');
    const options = { jars: await neo4jJars(), home, heap: HEAP, password: randomBytes(12).toString('hex') };
    const empty = await startNeo4jServer(options);
    await (await openNeo4jStore(storeOptions(empty))).close();
    await empty.stop();
    const before = await bytesOf(data);
    const server = await startNeo4jServer(options);
    const database = await openNeo4jStore(storeOptions(server));
    const store = database.workspace(workspaceName('steps'));
    let [scenes, couplings] = [0, 0];
    for (const [lang, some] of works) {
      const corpus = corpusName(lang);
      for (const { name, text } of some) {
        await readIntoCorpus({ ...context, store }, { corpus, name: documentName(name), source: { text } });
        tell(`neo4j: ${name}`);
      }
      await collapseCorpus({ ...context, store }, corpus);
      const record = await store.corpus(corpus);
      scenes += record?.scenes ?? 0;
      couplings += record?.couplings ?? 0;
    }
    await database.close();
    await server.stop();
    return { scenes, couplings, bytesAScene: ((await bytesOf(data)) - before) / scenes };
  });
