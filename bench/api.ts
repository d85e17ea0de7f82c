/** How fast the API answers, what long load leaves behind, and what hostile queries cost. See `bench/README.md`. */

import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchApi } from './api/bench.ts';
import { OPERATION_NAMES } from './api/operations.ts';
import { summarise } from './api/summary.ts';
import { checkOut, inFolder, wholeNumber, writeReport } from './report.ts';

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
    minutes: { type: 'string', default: '10' },
    subscriptions: { type: 'string', default: '200' },
    'no-soak': { type: 'boolean', default: false },
    'no-hostile': { type: 'boolean', default: false },
    /** A folder for CPU profiles of our server's threads. */
    profile: { type: 'string' },
    out: { type: 'string', default: join(ROOT, 'bench/results/api.json') },
  },
});

const operationsOf = (given: string) =>
  given.split(',').map((name) => {
    const found = OPERATION_NAMES.find((one) => one === name);
    if (found === undefined) throw new Error(`--operations: expected of ${OPERATION_NAMES.join()}, came ${name}`);
    return found;
  });

const options = {
  corpora: values.corpora,
  connections: wholeNumber('connections', values.connections),
  rounds: wholeNumber('rounds', values.rounds),
  seconds: wholeNumber('seconds', values.seconds),
  operations: operationsOf(values.operations),
  minutes: values['no-soak'] ? 0 : wholeNumber('minutes', values.minutes),
  subscriptions: wholeNumber('subscriptions', values.subscriptions),
  hostile: !values['no-hostile'],
  profile: values.profile ?? null,
};
checkOut(values.out);
await writeReport(values.out, await inFolder('api', (folder) => benchApi(folder, options)), summarise);
