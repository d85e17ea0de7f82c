import { table } from '../steps/table.ts';
import { ASSUMED } from './assumptions.ts';
import { BULK_SHARDS } from './bulk.ts';
import { writerMs } from './documents.ts';
import type { EngineCosts } from './inputs.ts';
import type { Plan } from './plan.ts';
import type { ScaleResult } from './simulate.ts';

const figure = (value: number): string => {
  if (!Number.isFinite(value)) return '∞';
  const rounded = Number(value.toPrecision(3));
  return rounded >= 1e15 || (rounded !== 0 && Math.abs(rounded) < 1e-4)
    ? rounded.toExponential(1)
    : rounded.toLocaleString('en', { maximumSignificantDigits: 3 });
};
const percent = (share: number): string => `${figure(share * 100)} %`;
const gb = (bytes: number): string => `${figure(bytes / 1e9)} GB`;
const POWERS: Readonly<Record<number, string>> = { 1e6: '10⁶', 1e7: '10⁷', 1e8: '10⁸', 1e10: '10¹⁰' };
const power = (scenes: number): string => POWERS[scenes] ?? figure(scenes);
const duration = (seconds: number): string =>
  seconds < 120
    ? `${figure(seconds)} s`
    : seconds < 7200
      ? `${figure(seconds / 60)} min`
      : `${figure(seconds / 3600)} h`;

const costs = ({ inputs }: ScaleResult): string => {
  const { embedded, neo4j } = inputs;
  const of = (name: string, how: string, value: (costs: EngineCosts) => number): readonly string[] => [
    name,
    figure(value(embedded)),
    figure(value(neo4j)),
    how,
  ];
  const both = (name: string, how: string, value: number): readonly string[] => [
    name,
    figure(value),
    figure(value),
    how,
  ];
  return table([
    ['a scene', 'embedded', 'Neo4j', ''],
    both('bytes of text', 'measured', inputs.bytesAScene),
    both('couplings', 'measured', inputs.couplingsAScene),
    both('occurrences above level 0', 'measured', inputs.occurrencesAScene),
    both('reading, ms of a core', 'measured', inputs.readMs),
    of('storing, ms of the writer', 'measured, 1,000,000 and 100,000 scenes', (c) => c.storeMs),
    of('coupling: asking, ms', 'measured; Neo4j’s by its ratio on “100 ids”', (c) => c.coupleAskMs),
    both('coupling: finding, ms of a core', 'measured', inputs.coupleMs),
    of('coupling: writing, ms of the writer', 'measured', (c) => c.coupleWriteMs),
    both('collapsing: finding, ms of a core', 'measured', inputs.collapse.ms),
    of('collapsing: writing, ms of the writer', 'measured; Neo4j’s by its ratio of storing', (c) => c.collapseStoreMs),
    ['**the writer is held, ms**', figure(writerMs(embedded, true)), figure(writerMs(neo4j, false)), 'computed'],
    of('bytes in memory', 'slope of two loads; Neo4j’s store and a tenth', (c) => c.memoryBytes),
    of('bytes on disk', 'measured, 7,740 scenes', (c) => c.diskBytes),
  ]);
};

const planRows = (plans: readonly Plan[]): string =>
  table([
    [
      'scenes',
      'engine',
      'machines: store',
      'workers',
      'memory',
      'disk',
      'all at once, hours',
      'of it the largest corpus’ collapse',
      'fullest shard to the mean',
      'moved',
      'corpora no shard holds',
    ],
    ...plans.map((plan) => [
      power(plan.scenes),
      plan.engine,
      figure(plan.storeMachines),
      plan.engine === 'embedded' ? 'its own cores' : figure(plan.workerMachines),
      gb(plan.memoryBytes),
      gb(plan.diskBytes),
      figure(plan.bulkHours),
      figure(plan.largestCollapseHours),
      figure(plan.placement.fullest / plan.placement.mean),
      percent(plan.placement.movedScenes / plan.scenes),
      `${plan.placement.tooLarge} of ${figure(plan.corpora)}`,
    ]),
  ]);

const streamRows = (plans: readonly Plan[]): string =>
  table([
    [
      'scenes',
      'engine',
      'documents a second',
      'done in p50',
      'p99',
      'queue: mean',
      'most',
      'cores computing',
      'taken',
      'busiest writer',
      'Redis',
      'answers p50 ms',
      'p99 ms',
      'hottest shard busy',
    ],
    ...plans.map(({ stream, reads, ...plan }) => [
      power(plan.scenes),
      plan.engine,
      figure(plan.documentsASecond),
      duration(stream.latency.p50),
      duration(stream.latency.p99),
      figure(stream.queueMean),
      figure(stream.queueMost),
      percent(stream.computing),
      percent(stream.taken),
      percent(stream.busiestWriter),
      percent(plan.redis),
      figure(reads.p50),
      figure(reads.p99),
      percent(reads.utilisation),
    ]),
  ]);

const bulkRows = ({ bulk }: ScaleResult): string =>
  table([
    [`${BULK_SHARDS} shards, all at once`, 'hours', 'busiest writer', 'document done p50', 'cores taken'],
    ...bulk.flatMap(({ engine, apart, plain }) =>
      (
        [
          ['shards have a share of the workers each', apart],
          ['one queue for all', plain],
        ] as const
      ).map(([how, result]) => [
        `${engine}, ${how}`,
        figure(result.seconds / 3600),
        percent(result.busiestWriter),
        duration(result.latency.p50),
        percent(result.taken),
      ]),
    ),
  ]);

const killRows = ({ kills }: ScaleResult): string =>
  table([
    [
      `${BULK_SHARDS} shards, all at once, a machine is killed`,
      'a job may stall',
      'kills',
      'jobs stalled',
      'given up',
      'done twice',
      'work lost',
      'hours',
    ],
    ...kills.map(({ meanTimeBetweenKills, stalledMax, result }) => [
      `every ${meanTimeBetweenKills > 86_400 ? `${figure(meanTimeBetweenKills / 86_400)} days` : duration(meanTimeBetweenKills)}`,
      `${stalledMax}×`,
      figure(result.kills),
      figure(result.stalled),
      `${figure(result.givenUp)} of ${figure(result.jobs)}`,
      figure(result.doneAtMost - 1),
      percent(result.wasted),
      figure(result.seconds / 3600),
    ]),
  ]);

const placementRows = ({ placements }: ScaleResult): string =>
  table([
    [
      '10⁸ scenes, embedded: a new corpus goes',
      'shards',
      'fullest to the mean',
      'corpora moved',
      'scenes moved',
      'all at once, hours',
    ],
    ...placements.map(({ rule, plan }) => [
      rule === 'hash' ? 'to the shard of its hash' : 'to the emptiest shard',
      figure(plan.placement.shards),
      figure(plan.placement.fullest / plan.placement.mean),
      figure(plan.placement.moves),
      percent(plan.placement.movedScenes / plan.scenes),
      figure(plan.bulkHours),
    ]),
  ]);

const tailRows = ({ tails }: ScaleResult): string =>
  table([
    [
      '10¹⁰ scenes, Neo4j, a tenth cached: α',
      'corpora',
      'largest corpus',
      'corpora no shard holds',
      'scenes in them',
      'all at once, hours',
      'of it the largest corpus’ collapse',
      'its columns in memory',
    ],
    ...tails.map(({ alpha, plan }) => [
      figure(alpha),
      figure(plan.corpora),
      figure(plan.largestCorpus),
      figure(plan.placement.tooLarge),
      percent(plan.placement.tooLargeScenes / plan.scenes),
      figure(plan.bulkHours),
      figure(plan.largestCollapseHours),
      gb(plan.largestCollapseBytes),
    ]),
  ]);

const limitRows = ({ limits }: ScaleResult): string =>
  table([
    ['ends at', 'scenes', 'of one', ''],
    ...limits.map(({ what, scenes, of, basis }) => [what, figure(scenes), of, basis]),
  ]);

const sensitivityRows = ({ sensitivity }: ScaleResult): readonly string[] =>
  sensitivity.flatMap(({ engine, scenes, rows }) => [
    `${power(scenes)} scenes, ${engine}: half less / half more of`,
    '',
    table([
      ['', 'machines: store', 'all at once, hours', 'document done p50', 'p99'],
      ...rows.map(({ what, less, more }) => [
        what,
        `${figure(less.machines)} / ${figure(more.machines)}`,
        `${figure(less.hours)} / ${figure(more.hours)}`,
        `${duration(less.p50)} / ${duration(more.p50)}`,
        `${duration(less.p99)} / ${duration(more.p99)}`,
      ]),
    ]),
    '',
  ]);

const modelRows = ({ model }: ScaleResult): string =>
  table([
    ['scenes', 'tokens in', 'out', 'days of 16 cores, the small model', 'days of one GPU, vLLM'],
    ...model.map((cost) => [
      power(cost.scenes),
      figure(cost.tokensIn),
      figure(cost.tokensOut),
      figure(cost.smallMachineDays),
      figure(cost.gpuDays),
    ]),
  ]);

/** What `docs/scale.md` shows between its marks, and `bench/results/scale.md`. */
export const describeScale = (result: ScaleResult): string =>
  [
    `Costs measured ${result.measured.slice(0, 10)}; seed ${ASSUMED.seed}.`,
    '',
    '#### What a scene costs',
    '',
    costs(result),
    '',
    '#### Machines and hours (simulated)',
    '',
    planRows(result.plans),
    '',
    '#### Documents that come evenly, and answers (simulated)',
    '',
    streamRows(result.plans),
    '',
    '#### One queue or a share of the workers (simulated)',
    '',
    bulkRows(result),
    '',
    '#### Workers that are killed (simulated)',
    '',
    killRows(result),
    '',
    '#### Where a corpus goes (simulated)',
    '',
    placementRows(result),
    '',
    '#### How heavy the tail of corpora is (simulated)',
    '',
    tailRows(result),
    '',
    '#### Where each thing ends',
    '',
    limitRows(result),
    '',
    '#### Half less, half more (simulated)',
    '',
    ...sensitivityRows(result),
    '#### A model that reads every scene (computed from assumptions)',
    '',
    modelRows(result),
    '',
  ].join('\n');
