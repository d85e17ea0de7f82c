import type { ModelDescription } from '../../src/model/language-model.ts';
import { table } from '../steps/table.ts';
import type { Machine } from '../store/figures.ts';
import type { CancelFigures } from './cancel.ts';
import type { RungFigures } from './rungs.ts';
import type { SoakMinute } from './soak.ts';
import type { ThroughputFigures } from './throughput.ts';

export interface ModelResult {
  readonly date: string;
  readonly machine: Machine;
  readonly load1Before: number;
  readonly model: ModelDescription;
  readonly threads: number;
  readonly rungs: readonly RungFigures[];
  /** Kinds of scenes among them. */
  readonly kinds: number;
  readonly throughput: readonly ThroughputFigures[];
  readonly cancel: CancelFigures;
  readonly memory: { readonly predictedBytes: number; readonly residentBytes: number | null };
  readonly soak: readonly SoakMinute[];
}

const mebibytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MiB`;
const figure = (value: number): string => String(Number(value.toPrecision(3)));

const rungRows = (rungs: readonly RungFigures[]): readonly (readonly string[])[] => {
  const textOf = (lang: string): number =>
    rungs.find((each) => each.lang === lang && each.rung === 'text')?.positions ?? Number.NaN;
  return [
    [
      'language',
      'rung',
      'scenes',
      'positions a scene',
      'shorter than text',
      'prompt, ms a scene',
      'keys and values, kB a scene',
    ],
    ...rungs.map(({ lang, rung, scenes, positions, promptTime, kvBytes }) => [
      lang,
      rung,
      `${scenes}`,
      figure(positions),
      `${figure(textOf(lang) / positions)}×`,
      figure(promptTime),
      figure(kvBytes / 1000),
    ]),
  ];
};

const throughputRows = (all: readonly ThroughputFigures[]): readonly (readonly string[])[] => {
  const sides = [...new Set(all.map(({ side }) => side))];
  const rate = (side: string, together: number): number =>
    all.find((each) => each.side === side && each.together === together)?.tokensASecond ?? Number.NaN;
  const peer = sides.at(-1) ?? '';
  const own = sides.slice(0, -1);
  return [
    ['requests together', ...sides.map((side) => `${side}: tokens a second`), ...own.map((side) => `${side}: ratio`)],
    ...[...new Set(all.map(({ together }) => together))].map((together) => [
      `${together}`,
      ...sides.map((side) => figure(rate(side, together))),
      ...own.map((side) => figure(rate(side, together) / rate(peer, together))),
    ]),
  ];
};

export const summarise = (result: ModelResult): string => {
  const { date, machine, load1Before, model, threads, rungs, kinds, throughput, cancel, memory, soak } = result;
  const { cpu, cores, system, node, packages } = machine;
  const versions = Object.entries(packages).map(([name, version]) => `${name} ${version}`);
  const last = soak.at(-1);
  return [
    '# The model',
    '',
    `${date}. ${cpu}, ${cores} cores, ${system}, Node ${node}, ${versions.join(', ')}; load before ${load1Before}.`,
    `${model.name} (${model.quantization?.type}), ${threads} thread(s), sequences of ${model.context} positions.`,
    '',
    '## Rungs',
    '',
    `Prompts of ten scenes, each alone and from an empty cache; ${kinds} kinds of scenes. The rows of facets, occurrences and codes are untrained:`,
    'what they take is measured, not what they say. The tokenizer knows little Russian.',
    '',
    table(rungRows(rungs)),
    '',
    '## Throughput',
    '',
    table(throughputRows(throughput)),
    '',
    'Prompts of some 180 positions are part of the time. The ratio is to the peer, which is compiled for AVX2; the worker is beside it as it is, with the build',
    'for the processor, and with the one for AVX2.',
    '',
    '## Cancel',
    '',
    `Until the slot is free, ms: while reading a prompt p50 ${figure(cancel.reading.p50)}, p95 ${figure(cancel.reading.p95)}; ` +
      `while generating p50 ${figure(cancel.generating.p50)}, p95 ${figure(cancel.generating.p95)}.`,
    '',
    '## Memory',
    '',
    `${mebibytes(memory.predictedBytes)} reckoned before loading, ${memory.residentBytes === null ? 'not told' : mebibytes(memory.residentBytes)} resident after the run.`,
    '',
    last === undefined
      ? 'No soak in this run.'
      : `Soak of ${last.minute} minutes, ${last.requests} requests, ${last.cancelled} of them left: ` +
        soak.map(({ minute, resident }) => `${minute}: ${mebibytes(resident)}`).join(', '),
    '',
  ].join('\n');
};
