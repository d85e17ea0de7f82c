import type { Command } from 'commander';
import { type ScoredParts, scoreParts } from '../../worker/model/score-parts.ts';
import type { Session } from '../session.ts';
import type { Column } from '../table.ts';
import { writeTable } from '../write-table.ts';
import { labelOf, noteProvenance, noteWritten, writtenLine } from './model-output.ts';
import { addPartsCommand, LAST_PART } from './parts-command.ts';

export const addScoreCommand = (model: Command, session: Session): void =>
  addPartsCommand(model, session, {
    name: 'score',
    description: 'how likely each part is after those before it, by natural logarithms',
    argument: LAST_PART,
    examples: [
      'model score "He stood at the door."',
      'model score --text "He stood at" --text " the door"',
      'model score --scene 1f0c…:text --text "Он вошёл." --json',
    ],
    ask: scoreParts,
    write: writeScore,
  });

const writeScore = async (session: Session, scored: ScoredParts): Promise<void> => {
  if (session.json) return writeLines(session, scored);
  noteWritten(session, scored.written);
  await writeTable(session.output, COLUMNS, [rowsOf(scored)]);
  noteProvenance(session, scored.usage, scored.provenance);
};

interface Row {
  readonly part: string;
  readonly tokens: number;
  readonly sum: number;
  readonly what: string;
}

/** The last one is of all, with what parts them. */
const rowsOf = ({ tokens, sum, ofParts, written }: ScoredParts): readonly Row[] => [
  ...ofParts.map((part, i) => ({ part: String(i + 1), ...part, what: labelOf(written, i) })),
  { part: 'all', tokens: tokens.filter(({ logProbability }) => logProbability !== null).length, sum, what: '' },
];

const COLUMNS: readonly Column<Row>[] = [
  { title: 'part', cell: ({ part }) => part },
  { title: 'tokens', cell: ({ tokens }) => String(tokens), align: 'right' },
  { title: 'ln p', cell: ({ sum }) => sum.toFixed(3), align: 'right' },
  {
    title: 'perplexity',
    cell: ({ tokens, sum }) => (tokens === 0 ? '·' : Math.exp(-sum / tokens).toFixed(2)),
    align: 'right',
  },
  { title: 'what', cell: ({ what }) => what, flexible: true },
];

const writeLines = async (
  session: Session,
  { tokens, sum, ofParts, written, usage, provenance }: ScoredParts,
): Promise<void> => {
  await session.output.json(writtenLine(written));
  for (const [part, scored] of ofParts.entries()) await session.output.json({ type: 'part', part, ...scored });
  for (const token of tokens) await session.output.json({ type: 'token', ...token });
  await session.output.json({ type: 'end', sum, usage, provenance });
};
