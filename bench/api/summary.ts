import { median } from '../store/figures.ts';
import type { ApiResult } from './bench.ts';
import { HELD_MAX, type HostileResult } from './hostile.ts';
import type { OperationResult, Round } from './side-by-side.ts';
import type { SoakResult } from './soak.ts';

const ms = (n: number): string => n.toFixed(2);
const whole = (n: number): string => Math.round(n).toLocaleString('en');
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** The result for people. */
export const summarise = (result: ApiResult): string => {
  const { cpu, cores, memoryGb, system, node, packages } = result.machine;
  const versions = Object.entries(packages).map(([name, version]) => `${name} ${version}`);
  return [
    `# The API on the embedded store, ${whole(result.scenes)} scenes and ${whole(result.couplings)} couplings`,
    '',
    `${result.date}. ${cpu}, ${cores} cores, ${memoryGb} GB, ${system}; Node ${node}, ${versions.join(', ')}.`,
    `Load of the machine before and after, the bench itself counted in: ${result.load1Before}, ${result.load1After}.`,
    `${result.connections} connections; ${cores} cores hold the client, the server that answers and the store's thread. How it is measured: \`bench/README.md\`.`,
    '',
    ...describeOperations(result.operations),
    ...(result.soak === null ? [] : describeSoak(result.soak)),
    ...(result.hostile === null ? [] : describeHostile(result.hostile)),
  ].join('\n');
};

const of = (rounds: readonly Round[], what: (round: Round) => number): number => median(rounds.map(what));

const describeOperations = (operations: readonly OperationResult[]): readonly string[] => {
  if (operations.length === 0) return [];
  const rows = operations.map(({ operation, questions, bytes, storeCalls, ours, bare, ratio }) => [
    operation,
    whole(questions),
    whole(bytes),
    storeCalls.least === storeCalls.most ? whole(storeCalls.most) : `${storeCalls.least} to ${storeCalls.most}`,
    whole(of(ours, ({ perSecond }) => perSecond)),
    whole(of(bare, ({ perSecond }) => perSecond)),
    `${ratio.toFixed(2)}×`,
    ms(of(ours, ({ p99 }) => p99)),
    ms(of(bare, ({ p99 }) => p99)),
    `${ms(of(ours, ({ threadMs }) => threadMs))} of ${ms(of(ours, ({ processMs }) => processMs))}`,
    `${ms(of(bare, ({ threadMs }) => threadMs))} of ${ms(of(bare, ({ processMs }) => processMs))}`,
  ]);
  const head = [
    'operation',
    'questions',
    'bytes',
    'statements',
    'answers a second',
    'bare',
    '',
    'p99 ms',
    'bare',
    'CPU ms an answer, thread of process',
    'bare',
  ];
  const rounds = operations[0]?.ours.length ?? 0;
  return [`Medians of ${rounds} rounds of each side, by turns.`, '', table(head, rows), ''];
};

const describeSoak = (soak: SoakResult): readonly string[] => {
  const { minutes, requests, perSecond, p50, p99, failed, failure, writes, samples, slopes, collected } = soak;
  const watched = soak.subscriptions;
  const held = samples.map(({ heldMs }) => heldMs).toSorted((x, y) => x - y);
  return [
    `## ${minutes} minutes of mixed load`,
    '',
    `${whole(requests)} requests, ${whole(perSecond)} a second, p50 ${ms(p50)} ms, p99 ${ms(p99)} ms; ${whole(writes)} statements wrote. ` +
      `Failed: ${failed}${failure === null ? '' : `, the first: \`${failure.slice(0, 200)}\``}.`,
    watched === null
      ? 'No subscriptions: the server has none.'
      : `${watched.open} subscriptions open, told ${whole(watched.events)} times, the least of them ${whole(watched.fewest)} times; errors: ${watched.errors}.`,
    `The event loop was held at most ${ms(median(held))} ms within 5 s at the median, ${ms(held.at(-1) ?? Number.NaN)} ms at the longest.`,
    '',
    table(
      ['', 'before', 'after', 'MB a minute after the first fifth'],
      [
        ['resident, MB', whole(collected.before.rssMb), whole(collected.after.rssMb), slopes.rss.toFixed(2)],
        [
          'heap after a full collection, MB',
          collected.before.heapMb.toFixed(1),
          collected.after.heapMb.toFixed(1),
          `${slopes.heap.toFixed(2)} (lows)`,
        ],
        ['outside of the heap, MB', collected.before.externalMb.toFixed(1), collected.after.externalMb.toFixed(1), ''],
      ],
    ),
    '',
  ];
};

const describeHostile = (hostile: readonly HostileResult[]): readonly string[] => {
  const above = hostile.filter(({ held }) => held.least > HELD_MAX);
  const rows = hostile.map(({ name, bytes, status, code, asExpected, held, threadMs, waitedMs }) => [
    name,
    whole(bytes),
    `${status} ${code ?? 'answered'}${asExpected ? '' : ' (unexpected)'}`,
    `${ms(held.least)} to ${ms(held.most)}`,
    ms(threadMs),
    ms(waitedMs),
  ]);
  return [
    '## Hostile queries',
    '',
    `${hostile.length} of them; ${above.length} held the event loop for more than ${HELD_MAX} ms each of the times it was sent.`,
    '',
    table(['query', 'bytes', 'answer', 'event loop held, ms', 'CPU of the thread, ms', 'others waited, ms'], rows),
    '',
  ];
};
