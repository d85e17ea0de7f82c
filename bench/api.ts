/** How fast the API answers, what long load leaves behind, and what hostile queries cost. See `bench/README.md`. */

import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startChild } from './api/child.ts';
import { fill, questionsOf } from './api/fill.ts';
import { OPERATION_NAMES } from './api/operations.ts';
import { compare, startBare } from './api/side-by-side.ts';
import { checkOut, inFolder, wholeNumber, writeReport } from './report.ts';
import { load1, machine } from './store/figures.ts';

const ROOT = join(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    corpora: { type: 'string', default: join(ROOT, 'data/stories') },
    connections: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '5' },
    /** Of one round. */
    seconds: { type: 'string', default: '5' },
    /** Only these, by commas. */
    operations: { type: 'string', default: OPERATION_NAMES.join() },
    /** A folder for CPU profiles of our server's threads. */
    profile: { type: 'string' },
    out: { type: 'string', default: join(ROOT, 'bench/results/api.json') },
  },
});

const options = {
  connections: wholeNumber('connections', values.connections),
  rounds: wholeNumber('rounds', values.rounds),
  seconds: wholeNumber('seconds', values.seconds),
};
const asked = OPERATION_NAMES.filter((name) => values.operations.split(',').includes(name));
checkOut(values.out);

const run = async (folder: string) => {
  const load1Before = load1();
  const ours = await startChild('./hyperscene-server.ts', join(folder, 'data'), values.profile ?? null);
  const filled = await fill(ours, values.corpora);
  const { measured } = await questionsOf(ours);
  const bare = await startBare(ours, measured, folder);
  const operations = await compare(ours, bare, measured, asked, options);
  await bare.stop();
  await ours.stop();
  return { date: new Date().toISOString(), machine: machine(), load1Before, ...options, ...filled, operations };
};

await writeReport(values.out, await inFolder('api', run), () => '');
