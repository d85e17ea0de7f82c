import { RUNGS } from '../../activation/rung.ts';
import { corpusName } from '../../scene/name.ts';
import { budgetOf } from '../../worker/budget-job.ts';
import { COLLAPSE_STATES } from '../collapse-states.ts';
import type { Resolvers } from '../generated/resolver-types.ts';

export const budgetResolvers = {
  Query: {
    budget: async (_, { of, labels, scenesMax }, { store, reader, signal, counter }) => {
      const source = of.text === undefined ? { corpus: corpusName(of.corpus) } : { text: of.text };
      return budgetOf({ store, reader, signal, counter }, { source, labels, scenesMax });
    },
  },
  Budget: {
    sceneCount: ({ scenes }) => scenes,
    groups: ({ rows }) => rows,
    withoutFigureCount: ({ withoutFigure }) => withoutFigure,
    codeCount: ({ codes }) => codes,
    collapse: ({ collapse }) => collapse && COLLAPSE_STATES[collapse],
  },
  BudgetLanguage: {
    sceneCount: ({ scenes }) => scenes,
    withoutFigureCount: ({ withoutFigure }) => withoutFigure,
    codeCount: ({ codes }) => codes,
  },
  BudgetLevel: {
    occurrenceCount: ({ occurrences }) => occurrences,
    codeCount: ({ codes }) => codes,
  },
  BudgetGroup: {
    sceneCount: ({ scenes }) => scenes,
    rungs: ({ positions }) => RUNGS.map((rung) => ({ rung, ...positions[rung] })),
  },
} satisfies Resolvers;
