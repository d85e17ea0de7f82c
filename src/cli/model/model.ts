import type { Command } from 'commander';
import { examples } from '../options.ts';
import type { Session } from '../session.ts';
import { addModelBudgetCommand } from './budget.ts';
import { addCompleteCommand } from './complete.ts';
import { addEmbedCommand } from './embed.ts';
import { addFetchCommand } from './fetch.ts';
import { addPredictCommand } from './predict.ts';
import { addModelReadCommand } from './read.ts';
import { addScoreCommand } from './score.ts';
import { addShowCommand } from './show.ts';

export const addModelCommand = (program: Command, session: Session): void => {
  const model = program
    .command('model')
    .description('the language model: what it is and saves; it goes on from texts, scenes and codes, scores and embeds')
    .addHelpText(
      'after',
      examples('model', 'model complete "The prince stood at the door and" --tokens-max 20', 'model fetch'),
    );
  for (const add of COMMANDS) add(model, session);
};

const COMMANDS = [
  addShowCommand,
  addFetchCommand,
  addCompleteCommand,
  addPredictCommand,
  addScoreCommand,
  addEmbedCommand,
  addModelBudgetCommand,
  addModelReadCommand,
] as const;
