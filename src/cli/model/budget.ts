import type { Command } from 'commander';
import { RUNGS } from '../../activation/rung.ts';
import { type ModelBudget, modelBudget, type PartBudget } from '../../worker/model/model-budget.ts';
import type { Session } from '../session.ts';
import type { Column } from '../table.ts';
import { writeTable } from '../write-table.ts';
import { bytes, count, FACTS, type Fact, labelOf, noteWritten, writtenLine } from './model-output.ts';
import { addPartsCommand, LAST_PART } from './parts-command.ts';

export const addModelBudgetCommand = (model: Command, session: Session): void =>
  addPartsCommand(model, session, {
    name: 'budget',
    description: "what parts take of the model's context on each rung, and of memory: predicted and measured",
    argument: LAST_PART,
    examples: [
      'model budget "He stood at the door."',
      'model budget --scene 1f0c… --occurrence Δ14:7 --pack NAME',
      'model budget --context "тихая тоска" --corpus books --tokens 300 --json',
    ],
    ask: async (context, request) => {
      const { context: room } = await context.model.describe();
      return { ...(await modelBudget(context, request)), context: room };
    },
    write: writeBudget,
  });

interface Told extends ModelBudget {
  /** Positions of one sequence. */
  readonly context: number;
}

const writeBudget = async (session: Session, told: Told): Promise<void> => {
  if (session.json) return writeLine(session, told);
  noteWritten(session, told.written);
  await writeTable(session.output, COLUMNS, [told.parts.map((part, i) => ({ ...part, ...nameOf(told, i) }))]);
  await session.output.line('');
  await writeTable(session.output, FACTS, [factsOf(told)]);
};

const writeLine = (session: Session, { written, ...told }: Told): Promise<void> =>
  session.output.json({ ...told, written: writtenLine(written) });

interface Row extends PartBudget {
  readonly part: number;
  readonly kind: string;
  readonly what: string;
}

const nameOf = ({ written }: ModelBudget, i: number): Pick<Row, 'part' | 'kind' | 'what'> => ({
  part: i + 1,
  kind: written.parts[i]?.kind ?? '',
  what: labelOf(written, i),
});

const COLUMNS: readonly Column<Row>[] = [
  { title: 'part', cell: ({ part }) => String(part), align: 'right' },
  { title: 'kind', cell: ({ kind }) => kind },
  { title: 'positions', cell: ({ positions }) => count(positions), align: 'right' },
  ...RUNGS.map(
    (rung): Column<Row> => ({
      title: rung === 'text' ? 'as text' : rung,
      cell: ({ onRungs }) => (onRungs[rung] === null ? '·' : count(onRungs[rung])),
      align: 'right',
    }),
  ),
  { title: 'what', cell: ({ what }) => what, flexible: true },
];

const factsOf = ({ positions, context, rungs, memory, processes }: Told): readonly Fact[] => [
  ['positions', `${count(positions)} of the ${count(context)} that the context has`],
  ...rungs
    .filter(({ items }) => items > 0)
    .map((on): Fact => [`on ${on.rung}`, `${count(on.positions)}, items: ${count(on.items)}`]),
  ...(memory === null
    ? ([['memory', 'the model does not tell']] as const)
    : ([
        ['KV cache', `${bytes(memory.kvBytes)}, ${count(memory.bytesPerPosition)} bytes a position`],
        ['KV of the context', `${bytes(memory.contextKvBytes)}, all of its positions in all slots`],
        ['weights', bytes(memory.weightBytes)],
        ['predicted', `${bytes(memory.predictedBytes)}, weights and context`],
      ] as const)),
  ...processes.map(
    ({ pid, predictedBytes, residentBytes }): Fact => [
      `process ${pid ?? '·'}`,
      `${residentBytes === null ? 'not measured' : `${bytes(residentBytes)} measured`}, ${bytes(predictedBytes)} predicted`,
    ],
  ),
];
