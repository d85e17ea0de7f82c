import { type Command, Option } from 'commander';
import { FOLDED_RUNGS, type FoldedRung } from '../activation/fold.ts';
import { openTokenizer } from '../main.ts';
import { formatCode, formatOccurrence } from '../scene/hypertoken.ts';
import { type AssembledContext, assembleContext, CHOICE_DEFAULT, type WrittenPiece } from '../worker/assemble-job.ts';
import { type ActivationOptions, activateRequest, addActivationOptions } from './activation-options.ts';
import { activationLine, noteActivation } from './activation-output.ts';
import { examples, parseCount } from './options.ts';
import type { Session } from './session.ts';
import type { Column } from './table.ts';
import { writeTable } from './write-table.ts';

interface AssembleOptions extends ActivationOptions {
  readonly tokens: number;
  readonly rung: FoldedRung;
}

export const addAssembleCommand = (program: Command, session: Session): void => {
  addActivationOptions(program.command('assemble'), CHOICE_DEFAULT)
    .description(
      "choose what of the activated scenes fits into a model's context: the most activated whole, others folded",
    )
    .requiredOption('--tokens <n>', 'positions that there are', parseCount)
    .addOption(
      new Option('--rung <rung>', 'how a scene is written that does not go in whole')
        .choices(FOLDED_RUNGS)
        .default('hyperlexeme'),
    )
    .addHelpText(
      'after',
      examples(
        'assemble "тихая тоска перед дождём" --corpus stories --tokens 300',
        'assemble "quiet longing before the rain" --corpus stories --tokens 100 --rung occurrence --labels en',
        'assemble --code Δ14:7 --tokens 300 --json',
      ),
    )
    .action((query: string | undefined, options: AssembleOptions) => choose(session, query, options));
};

const choose = async (session: Session, query: string | undefined, options: AssembleOptions): Promise<void> => {
  const request = { ...activateRequest(query, options), ...wanted(options) };
  const tokenizer = await openTokenizer();
  await session.withApplication(async ({ store, reader }) => {
    const assembled = await assembleContext({ store, reader, tokenizer, signal: session.signal }, request);
    noteActivation(session, assembled.activation, options.labels);
    session.note(describe(assembled, options));
    if (session.json) await writeLines(session, assembled, options);
    else await writeTable(session.output, COLUMNS, [assembled.pieces]);
  });
};

const wanted = ({ tokens, rung, labels }: AssembleOptions) => ({ tokens, rung, labels });

/** `299 of 300 positions (o200k_base): whole 11, folded 7, in motifs 4, in communities 90, dropped 88 scenes, 3 of them uncoupled` */
const describe = ({ pieces, dropped, positions, tokenizer }: AssembledContext, { tokens }: AssembleOptions): string => {
  const scenesOf = (form: WrittenPiece['form']): number =>
    pieces.filter((piece) => piece.form === form).reduce((sum, { scenes }) => sum + scenes.length, 0);
  const bare = dropped.filter(({ why }) => why === 'uncoupled').length;
  return `${positions} of ${tokens} positions (${tokenizer}): whole ${scenesOf('whole')}, folded ${scenesOf('folded')}, in motifs ${scenesOf('motif')}, in communities ${scenesOf('community')}, dropped ${dropped.length} scenes, ${bare} of them uncoupled`;
};

const writeLines = async (
  session: Session,
  { activation, pieces, dropped, positions, tokenizer }: AssembledContext,
  { tokens }: AssembleOptions,
): Promise<void> => {
  await session.output.json(activationLine(activation));
  await session.output.json({ type: 'context', tokenizer, tokens, positions, pieces: pieces.length });
  for (const piece of pieces) await session.output.json(pieceLine(piece));
  for (const { scene, why } of dropped)
    await session.output.json({
      type: 'dropped',
      scene: scene.id,
      code: formatCode(scene.code),
      ordinal: scene.ordinal,
      why,
    });
};

const pieceLine = ({ form, rung, positions, occurrence, scenes, text }: WrittenPiece): unknown => ({
  type: 'piece',
  form,
  rung,
  positions,
  code: formatCode(occurrence.code),
  ordinal: occurrence.ordinal,
  scenes: scenes.map(({ id }) => id),
  text,
});

const COLUMNS: readonly Column<WrittenPiece>[] = [
  { title: 'form', cell: ({ form }) => form },
  { title: 'positions', cell: ({ positions }) => String(positions), align: 'right' },
  { title: 'code', cell: ({ occurrence }) => formatOccurrence(occurrence) },
  { title: 'scenes', cell: ({ scenes }) => String(scenes.length), align: 'right' },
  { title: 'text', cell: ({ text }) => text, flexible: true },
];
