/** What 10⁶ to 10¹⁰ scenes take, simulated from what each step costs. See `bench/README.md` and `docs/scale.md`. */

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkOut, tell, writeReport } from './report.ts';
import { withMarkedPart } from './scale/marked.ts';
import { simulateScale } from './scale/simulate.ts';
import { describeScale } from './scale/summary.ts';
import type { StepsResult } from './steps/summary.ts';

const ROOT = join(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    /** What bench:steps wrote. */
    steps: { type: 'string', default: join(ROOT, 'bench/results/steps.json') },
    /** A document in which the tables stand between marks. */
    write: { type: 'string' },
    out: { type: 'string', default: join(ROOT, 'bench/results/scale.json') },
  },
});

const { out, write } = values;
checkOut(out);
const steps = JSON.parse(await readFile(values.steps, 'utf8')) as StepsResult;
const result = simulateScale(steps);
// Loads of single shards are of use to the simulation alone.
const plans = result.plans.map(({ loads, ...plan }) => plan);
const placements = result.placements.map(({ rule, plan: { loads, ...plan } }) => ({ rule, plan }));
const tails = result.tails.map(({ alpha, plan: { loads, ...plan } }) => ({ alpha, plan }));
await writeReport(out, { ...result, plans, placements, tails }, () => `# Scale, simulated\n\n${describeScale(result)}`);
if (write !== undefined) {
  await writeFile(write, withMarkedPart(await readFile(write, 'utf8'), describeScale(result)));
  tell(`wrote ${write}`);
}
