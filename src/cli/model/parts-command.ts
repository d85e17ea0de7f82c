import type { Command } from 'commander';
import type { ModelContext } from '../../worker/model/model-context.ts';
import type { PartsRequest } from '../../worker/model/score-parts.ts';
import { examples } from '../options.ts';
import type { Session } from '../session.ts';
import {
  addPartOptions,
  formOf,
  type GivenTexts,
  joinedText,
  needsGraph,
  PARTS_HELP,
  type PartOptions,
  partsOf,
} from './part-options.ts';
import { addCallOptions, type CallOptions, withModel } from './with-model.ts';

/** A command that asks the model once of parts, and then tells what it answered. */
interface PartsCommand<Answer> {
  readonly name: string;
  readonly description: string;
  /** Texts that stand without an option, and what becomes of them. */
  readonly argument: readonly [name: string, about: string];
  readonly examples: readonly string[];
  /** What such texts are; one together unless told. */
  readonly texts?: GivenTexts;
  readonly ask: (context: ModelContext, request: PartsRequest) => Promise<Answer>;
  readonly write: (session: Session, answer: Answer) => Promise<void>;
}

/** What the argument of a command is whose texts are one part. */
export const LAST_PART = ['[text...]', 'the last part; - for standard input'] as const;

export const addPartsCommand = <Answer>(model: Command, session: Session, spec: PartsCommand<Answer>): void => {
  const command = model
    .command(spec.name)
    .description(spec.description)
    .argument(...spec.argument);
  const given = addPartOptions(command);
  addCallOptions(command)
    .addHelpText('after', PARTS_HELP)
    .addHelpText('after', examples(...spec.examples))
    .action(async (words: readonly string[], options: PartOptions & CallOptions) => {
      const parts = await partsOf(session, { given, texts: spec.texts ?? joinedText }, words, options);
      const request = { parts, labels: options.labels, form: formOf(options) };
      await withModel(session, { ...options, graph: needsGraph(parts) ? 'needed' : 'none' }, async (context) => {
        const answer = await spec.ask(context, request);
        session.endProgress();
        await spec.write(session, answer);
      });
    });
};
