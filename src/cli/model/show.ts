import type { Command } from 'commander';
import type { Config } from '../../config.ts';
import { describeCompression } from '../../main/model.ts';
import type { ModelDescription, PackSummary } from '../../model/language-model.ts';
import type { KvSize, ModelCompression, WeightType } from '../../model/model-compression.ts';
import { examples } from '../options.ts';
import type { Session } from '../session.ts';
import type { Column } from '../table.ts';
import { writeTable } from '../write-table.ts';
import { bytes, count, FACTS, type Fact, percent } from './model-output.ts';
import { withModel } from './with-model.ts';

export const addShowCommand = (model: Command, session: Session): void => {
  model
    .command('show', { isDefault: true })
    .description('what the model is and what it saves, by the header of its file; the packs; needs no graph')
    .addHelpText('after', examples('model', 'model show --json'))
    .action(() => show(session));
};

const show = async (session: Session): Promise<void> => {
  const config = session.config();
  const { signal, onModelProgress: onProgress } = session;
  await withModel(session, { graph: 'none' }, async ({ model }) => {
    const [found, description, packs] = [
      await describeCompression(config, { signal, onProgress }),
      await model.describe(),
      await model.packs(),
    ];
    session.endProgress();
    const { path = null, compression = null } = found ?? {};
    if (session.json)
      return session.output.json({
        kind: model.kind,
        path,
        ...description,
        compression,
        limits: limitsOf(config),
        packs,
      });
    await writeTable(session.output, FACTS, [
      [
        ...identity(description, path),
        ...(compression === null ? [] : compressionFacts(compression, description)),
        ...memoryFacts(config, compression),
      ],
    ]);
    await writePacks(session, packs, config);
  });
};

const limitsOf = ({ model: { processes, memory } }: Config) => ({ processes, memory });

const identity = (description: ModelDescription, path: string | null): readonly Fact[] => {
  const { name, sha256, architecture, parameters, layers, vocabulary, trainedContext } = description;
  const told = [
    architecture,
    parameters === null ? null : `${count(parameters)} parameters`,
    layers === null ? null : `${layers} layers`,
    vocabulary === null ? null : `${count(vocabulary)} tokens`,
    trainedContext === null ? null : `trained on ${count(trainedContext)} positions`,
  ].filter((each) => each !== null);
  return [
    ['model', [name, ...told].join(', ')],
    ...(path === null ? [] : [['file', path] as const]),
    ...(sha256 === null ? [] : [['sha256', sha256] as const]),
  ];
};

const compressionFacts = (
  { weights, kv, attention, experts, parameters, files }: ModelCompression,
  { context, slots }: ModelDescription,
): readonly Fact[] => [
  [
    'weights',
    `${bytes(weights.bytes)}, ${bytes(weights.f16Bytes)} in f16: ${times(weights.f16Bytes, weights.bytes)} less, ${weights.bitsPerParameter?.toFixed(2) ?? '·'} bits a parameter${files > 1 ? `; of the first of ${files} files` : ''}`,
  ],
  ...weights.types.map(
    (one): Fact => [
      `  ${one.type}`,
      `${bitsText(one)}: ${bytes(one.bytes)}, ${percent(one.share)}, tensors: ${one.tensors}`,
    ],
  ),
  ...kv.map((one): Fact => [`KV in ${one.type}`, kvText(one, kv[0], { context, slots: slots ?? 1 })]),
  ['attention', attentionText(attention)],
  [
    'experts',
    experts === null
      ? 'none: all parameters are used for each token'
      : `${experts.used ?? '·'} of ${experts.all} for each token${parameters.active === null ? '' : `, ${count(parameters.active)} of ${count(parameters.all)} parameters`}`,
  ],
];

/** `Q4_1` holds numbers of 4 bits; with the scales of their blocks they take 5. */
const bitsText = ({ type, bits }: WeightType): string => {
  const bare = /^I?Q(\d)/u.exec(type)?.[1];
  return bare === undefined ? `${bits} bits` : `${bare} bits, ${bits} with scales`;
};

const kvText = (
  { bytesPerPosition, bytesPerContext, why }: KvSize,
  whole: KvSize | undefined,
  { context, slots }: { readonly context: number; readonly slots: number },
): string => {
  if (bytesPerPosition === null || bytesPerContext === null) return `not told: ${why}`;
  const less = whole?.bytesPerPosition ? times(whole.bytesPerPosition, bytesPerPosition) : null;
  const saved = less === null || bytesPerPosition === whole?.bytesPerPosition ? '' : `, ${less} less`;
  return `${count(bytesPerPosition)} bytes a position${saved}; ${bytes(bytesPerContext)} for ${count(context)} positions, ${bytes(bytesPerContext * slots)} for ${slots} such slots`;
};

const attentionText = (attention: ModelCompression['attention']): string => {
  if (attention === null) return 'not told';
  const { heads, kvHeads, f16BytesUngrouped } = attention;
  if (heads === kvHeads) return `${heads} heads, each with keys and values of its own`;
  const without = f16BytesUngrouped === null ? '' : `; without, ${count(f16BytesUngrouped)} bytes a position in f16`;
  return `${heads} heads share ${kvHeads} of keys and values: ${times(heads, kvHeads)} less${without}`;
};

const times = (more: number, less: number): string => `${(more / less).toFixed(2)} times`;

const memoryFacts = ({ model }: Config, compression: ModelCompression | null): readonly Fact[] =>
  compression === null
    ? [['memory', 'that of its server']]
    : [
        ['KV kept in', `${model.kv} (HYPERSCENE_MODEL_KV)`],
        [
          'memory',
          `${bytes(compression.predictedBytes)} predicted for a process; ${model.processes} at most, which may take ${bytes(model.memory)} together`,
        ],
      ];

const PACKS: readonly Column<PackSummary>[] = [
  { title: 'pack', cell: ({ name }) => name },
  { title: 'codes', cell: ({ rows }) => count(rows.codes), align: 'right' },
  { title: 'facets', cell: ({ rows }) => count(rows.facets), align: 'right' },
  { title: 'scenes', cell: ({ rows }) => count(rows.scenes), align: 'right' },
  { title: 'predicted', cell: ({ predicted }) => count(predicted), align: 'right' },
  { title: 'adapter', cell: ({ hasAdapter }) => (hasAdapter ? 'yes' : 'no') },
  { title: 'usable', cell: ({ unusable }) => unusable ?? 'yes', flexible: true },
];

const writePacks = async (session: Session, packs: readonly PackSummary[], { model }: Config): Promise<void> => {
  if (packs.length === 0)
    return session.note(
      model.packs === null ? 'no packs: HYPERSCENE_PACKS names no folder' : `no packs in ${model.packs}`,
    );
  await session.output.line('');
  await writeTable(session.output, PACKS, [packs]);
};
