import { RUNGS } from '../../activation/rung.ts';
import { corpusName } from '../../scene/name.ts';
import { budgetOf } from '../../worker/budget-job.ts';
import type { Resolvers } from '../generated/resolver-types.ts';

export const budgetResolvers = {
  Query: {
    budget: async (_, { of, labels, scenesMax }, { store, reader, signal, tokenizer }) => {
      const source = of.text === undefined ? { corpus: corpusName(of.corpus) } : { text: of.text };
      return budgetOf({ store, reader, signal, tokenizer: await tokenizer() }, { source, labels, scenesMax });
    },
  },
  Budget: {
    sceneCount: ({ scenes }) => scenes,
    groups: ({ rows }) => rows,
  },
  BudgetGroup: {
    sceneCount: ({ scenes }) => scenes,
    rungs: ({ positions }) => RUNGS.map((rung) => ({ rung, ...positions[rung] })),
  },
} satisfies Resolvers;
