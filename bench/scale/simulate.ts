import type { StepsResult } from '../steps/summary.ts';
import { ASSUMED } from './assumptions.ts';
import { type Bulk, type Killed, simulateBulk, simulateKills } from './bulk.ts';
import { type Inputs, inputsFrom } from './inputs.ts';
import { type Limit, limitsOf } from './limits.ts';
import { type ModelCost, modelCosts } from './model.ts';
import type { PlacementRule } from './placement.ts';
import { ENGINES, type Engine, type Plan, planFor } from './plan.ts';
import { SENSITIVE, type Sensitivity, sensitivityOf } from './sensitivity.ts';

export const SCALES = [1e6, 1e7, 1e8, 1e10] as const;

/** Exponents of the law of corpora's sizes: web sites have 0.7 to 0.9. */
const TAILS = [0.9, ASSUMED.corpora.alpha, 1.5] as const;
/** Documents of each simulated stream. */
const DOCUMENTS = 6000;
const DOCUMENTS_BULK = 3000;
const DOCUMENTS_SENSITIVITY = 2000;

export interface PlacementComparison {
  readonly rule: PlacementRule;
  readonly plan: Plan;
}

export interface ScaleResult {
  readonly measured: string;
  readonly inputs: Inputs;
  readonly plans: readonly Plan[];
  readonly bulk: readonly Bulk[];
  readonly kills: readonly Killed[];
  /** 10⁸ scenes in the embedded store, by either rule. */
  readonly placements: readonly PlacementComparison[];
  /** 10¹⁰ scenes on Neo4j with a tenth cached, by how heavy the tail of corpora is. */
  readonly tails: readonly { readonly alpha: number; readonly plan: Plan }[];
  readonly limits: readonly Limit[];
  readonly sensitivity: readonly {
    readonly engine: Engine;
    readonly scenes: number;
    readonly rows: readonly Sensitivity[];
  }[];
  readonly model: readonly ModelCost[];
}

/** All of it, from what was measured and the seed alone: the same again each time. */
export const simulateScale = (steps: StepsResult): ScaleResult => {
  const inputs = inputsFrom(steps);
  const { seed } = ASSUMED;
  const bulk = (['embedded', 'neo4j'] as const).map((engine) => simulateBulk(inputs, engine, seed, DOCUMENTS_BULK));
  const busyOf = (engine: Engine): number => bulk[engine === 'embedded' ? 0 : 1]?.apart.busiestWriter ?? Number.NaN;
  const options = { seed, documents: DOCUMENTS, rule: 'emptiest' } as const;
  const plans = SCALES.flatMap((scenes) =>
    ENGINES.map((engine) => planFor(inputs, scenes, engine, { ...options, writerBusy: busyOf(engine) })),
  );
  const planOf = (engine: Engine, scenes: number): Plan => {
    const plan = plans.find((each) => each.engine === engine && each.scenes === scenes);
    if (plan === undefined) throw new Error(`no plan for ${scenes} scenes on ${engine}`);
    return plan;
  };
  return {
    measured: steps.date,
    ...{ inputs, plans, bulk, kills: simulateKills(inputs, seed, DOCUMENTS_BULK) },
    placements: (['hash', 'emptiest'] as const).map((rule) => ({
      rule,
      plan: planFor(inputs, 1e8, 'embedded', {
        ...options,
        ...{ rule, documents: DOCUMENTS_SENSITIVITY, writerBusy: busyOf('embedded') },
      }),
    })),
    tails: TAILS.map((alpha) => ({
      alpha,
      plan:
        alpha === ASSUMED.corpora.alpha
          ? planOf('neo4j, a tenth cached', 1e10)
          : planFor(inputs, 1e10, 'neo4j, a tenth cached', {
              ...options,
              ...{ alpha, documents: DOCUMENTS_SENSITIVITY, writerBusy: busyOf('neo4j') },
            }),
    })),
    limits: limitsOf(inputs),
    sensitivity: SENSITIVE.map(({ engine, scenes }) => ({
      ...{ engine, scenes },
      rows: sensitivityOf(inputs, planOf(engine, scenes), {
        ...{ seed, documents: DOCUMENTS_SENSITIVITY, writerBusy: busyOf(engine) },
      }),
    })),
    model: SCALES.map((scenes) => modelCosts(scenes)),
  };
};
