/** The bare engine in a thread of its own: what a server needs that is to do anything else. Started by `hand-thread.ts`. */

import { parentPort, workerData } from 'node:worker_threads';
import { openHandGrafeo } from './hand-grafeo.ts';
import type { Asked } from './hand-thread.ts';

const { database } = await openHandGrafeo(workerData as string);

const answer = async ({ id, statements }: Asked): Promise<void> => {
  const results = await Promise.all(statements.map(({ text, parameters }) => database.executeCypher(text, parameters)));
  parentPort?.postMessage({ id, results: results.map((result) => ({ columns: result.columns, rows: result.rows() })) });
};

parentPort?.on('message', (asked: Asked | null) => {
  if (asked !== null) return void answer(asked);
  database.close();
  parentPort?.close();
});
parentPort?.postMessage(null);
