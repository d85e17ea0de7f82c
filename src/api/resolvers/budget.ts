import { RUNGS } from '../../activation/rung.ts';
import { registryLevels } from '../../export/corpus-statistics.ts';
import { SceneLevels } from '../../export/scene-levels.ts';
import { corpusName } from '../../scene/name.ts';
import type { GraphStore } from '../../store/graph-store.ts';
import { type BudgetLevels, budgetOf } from '../../worker/budget-job.ts';
import type { Resolvers } from '../generated/resolver-types.ts';

const levelsOf = (store: GraphStore): BudgetLevels => {
  const levels = new SceneLevels(store);
  return { placesOf: (scenes) => levels.of(scenes), registry: (corpus) => registryLevels(store, corpus) };
};

export const budgetResolvers = {
  Query: {
    budget: async (_, { of, labels, scenesMax }, { store, reader, signal, counter }) => {
      const source = of.text === undefined ? { corpus: corpusName(of.corpus) } : { text: of.text };
      const context = { store, levels: levelsOf(store), reader, signal, counter };
      return budgetOf(context, { source, labels, scenesMax });
    },
  },
  Budget: {
    sceneCount: ({ scenes }) => scenes,
    groups: ({ rows }) => rows,
    withoutFigureCount: ({ withoutFigure }) => withoutFigure,
    codeCount: ({ codes }) => codes,
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
