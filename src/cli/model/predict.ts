import type { Command } from 'commander';
import { HypersceneError } from '../../errors.ts';
import { figureKey } from '../../scene/figure.ts';
import { type Code, formatCode, parseCode } from '../../scene/hypertoken.ts';
import type { Language } from '../../scene/scene.ts';
import {
  PREDICTED_MAX,
  type PredictedCode,
  type PredictedCodes,
  predictNextCodes,
} from '../../worker/model/predict-next-codes.ts';
import { examples, labelsOption, parseCount, parsedBy } from '../options.ts';
import type { Session } from '../session.ts';
import type { Column } from '../table.ts';
import { writeTable } from '../write-table.ts';
import { noteProvenance, noteSubstitutions, percent } from './model-output.ts';
import { addCallOptions, type CallOptions, withModel } from './with-model.ts';

interface PredictOptions extends CallOptions {
  readonly k: number;
  readonly labels: Language;
}

const parseAnyCode = parsedBy(parseCode);

export const addPredictCommand = (model: Command, session: Session): void => {
  const command = model
    .command('predict')
    .description('the likeliest codes to follow a sequence of them, by a pack that was trained for it')
    .argument('<codes...>', 'Δ14 Δ3 …, in their order; also D14 and 14', together)
    .option('-k, --k <n>', `codes at most, up to ${PREDICTED_MAX}`, parseCount, 5)
    .addOption(labelsOption());
  addCallOptions(command)
    .addHelpText('after', examples('model predict Δ14 Δ3 --pack NAME', 'model predict 14 3 --k 20 --pack NAME --json'))
    .action((codes: readonly Code[], options: PredictOptions) => predict(session, codes, options));
};

const together = (text: string, before: readonly Code[] = []): readonly Code[] => {
  const { code, ordinal } = parseAnyCode(text);
  if (ordinal !== null)
    throw new HypersceneError('USAGE', 'bad code', { expected: 'codes without ordinals, Δ14', came: text });
  return [...before, code];
};

const predict = async (
  session: Session,
  codes: readonly Code[],
  { k, labels, ...options }: PredictOptions,
): Promise<void> => {
  await withModel(session, { ...options, graph: 'needed' }, async (context) => {
    const predicted = await predictNextCodes(context, { codes, k, labels });
    session.endProgress();
    if (session.json) return writeLines(session, predicted);
    noteSubstitutions(session, predicted.substitutions);
    await writeTable(session.output, COLUMNS, [predicted.codes]);
    session.note(`that a code comes at all: ${percent(predicted.mass)}`);
    noteProvenance(session, predicted.usage, predicted.provenance);
  });
};

const COLUMNS: readonly Column<PredictedCode>[] = [
  { title: 'code', cell: ({ code }) => (code === null ? '·' : formatCode(code)) },
  { title: 'probability', cell: ({ probability }) => percent(probability), align: 'right' },
  { title: 'level', cell: ({ level }) => (level === null ? '·' : String(level)), align: 'right' },
  { title: 'hyperlexeme', cell: ({ hyperlexeme, digest }) => hyperlexeme ?? digest, widthMax: 40 },
  { title: 'facets', cell: ({ figures }) => figures.map(figureKey).join(' ') || '·', flexible: true },
];

const writeLines = async (
  session: Session,
  { codes, mass, substitutions, usage, provenance }: PredictedCodes,
): Promise<void> => {
  for (const { kind: _, code, ...predicted } of codes)
    await session.output.json({ type: 'code', code: code === null ? null : formatCode(code), ...predicted });
  await session.output.json({ type: 'end', mass, substitutions, usage, provenance });
};
