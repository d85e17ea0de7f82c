import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { simulateQueue } from '../../../bench/scale/queue.ts';
import type { Job } from '../../../bench/scale/queue-model.ts';
import { openReader } from '../../../src/reading/read-document.ts';
import { corpusName, documentName, workspaceName } from '../../../src/scene/name.ts';
import { openEmbeddedStore } from '../../../src/store/embedded/open-embedded-store.ts';
import { openComputePool } from '../../../src/worker/compute-pool.ts';
import { readIntoCorpus } from '../../../src/worker/read-job.ts';

const STORIES = ['ru/tolstoy-rabotnik-emelyan.txt', 'en/poe-masque-of-the-red-death.txt'];
const PARTS = 6;

interface Ran {
  readonly began: number;
  readonly ended: number;
}

/** Six documents of each story, so that there are more jobs than workers. */
const readParts = async (): Promise<readonly string[]> => {
  const parts: string[] = [];
  for (const story of STORIES) {
    const paragraphs = (await readFile(join(import.meta.dirname, '../../../data/stories', story), 'utf8')).split(
      '\n\n',
    );
    const size = Math.ceil(paragraphs.length / PARTS);
    for (let from = 0; from < paragraphs.length; from += size)
      parts.push(paragraphs.slice(from, from + size).join('\n\n'));
  }
  return parts;
};

it('says of two real workers, by how long each job took, when the last of them is done and in what order they are taken', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hyperscene-bench-test-'));
  const database = await openEmbeddedStore({ path: join(folder, 'graph') });
  const store = database.workspace(workspaceName('pool'));
  const [reader, compute] = [await openReader(), openComputePool({ threadsMax: 1 })];
  try {
    const parts = await readParts();
    const pool = pLimit(2);
    const start = performance.now();
    const ran = await Promise.all(
      parts.map((text, i) =>
        pool(async (): Promise<Ran> => {
          const began = (performance.now() - start) / 1000;
          const name = documentName(`part ${i}`);
          await readIntoCorpus({ store, compute, reader }, { corpus: corpusName('stories'), name, source: { text } });
          return { began, ended: (performance.now() - start) / 1000 };
        }),
      ),
    );
    expect((await store.corpus(corpusName('stories')))?.documents).toBe(parts.length);

    const jobs = ran.map(({ began, ended }, id): Job => {
      const phases = [{ kind: 'compute' as const, seconds: ended - began }];
      return { id, shard: 0, writer: 0, arrival: 0, phases, group: -1 };
    });
    const simulated = simulateQueue(jobs, {
      ...{
        seed: 1,
        machines: 1,
        coresAMachine: 2,
        runningAShard: Number.POSITIVE_INFINITY,
        redisSeconds: 0,
        warmUp: 0,
      },
      faults: {
        ...{ meanTimeBetweenKills: Number.POSITIVE_INFINITY, restartSeconds: 0, lockSeconds: 30, stalledInterval: 30 },
        ...{ stalledMax: 1, failureShare: 0, backoffSeconds: 1, attempts: 1 },
      },
    });
    expect(simulated).toMatchObject({ done: parts.length, doneAtMost: 1 });
    const real = Math.max(...ran.map(({ ended }) => ended));
    expect(simulated.seconds / real).toBeGreaterThan(0.95);
    expect(simulated.seconds / real).toBeLessThan(1.05);
    const begins = ran.map(({ began }) => began);
    expect(begins).toEqual(begins.toSorted((x, y) => x - y));
  } finally {
    await Promise.all([reader.close(), compute.close()]);
    await database.close();
    await rm(folder, { recursive: true, force: true });
  }
});
