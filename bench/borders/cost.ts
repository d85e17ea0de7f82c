import { leiden } from '../../src/collapse/leiden/leiden.ts';
import { modularity } from '../../src/collapse/leiden/modularity.ts';
import { networkOf } from '../../src/collapse/leiden/network.ts';
import type { ReadDocument } from './pipeline.ts';
import { AS_THEY_ARE, labelOf, WEIGHINGS, weighed } from './weighing.ts';

/** What communities found with one weighing are worth to the couplings as they are; means over documents. */
export interface WeighingCost {
  readonly weighing: string;
  /** At γ = 1, of the couplings as they are. */
  readonly modularity: number;
  /** Of the weight of all couplings as they are, 0 to 1. */
  readonly within: number;
  readonly communities: number;
  /** Scenes that the next one in the text is of the same community with, 0 to 1. */
  readonly staying: number;
}

/** Leiden at γ = 1 with each weighing. */
export const weighingCosts = (documents: readonly ReadDocument[]): readonly WeighingCost[] =>
  WEIGHINGS.filter(({ sequence }) => sequence === 1).map((weighing) => {
    const all = documents.map((document) => {
      const nodes = document.scenes;
      const { communityOf, communities } = leiden({ nodes, ...weighed(document, weighing) });
      const network = networkOf({ nodes, ...weighed(document, AS_THEY_ARE) });
      const staying = communityOf.subarray(1).filter((community, i) => community === communityOf[i]).length;
      return {
        modularity: modularity(network, communityOf, communities, 1),
        within: modularity(network, communityOf, communities, 0),
        communities,
        staying: staying / (nodes - 1),
      };
    });
    const mean = (of: (one: (typeof all)[number]) => number): number =>
      all.reduce((sum, one) => sum + of(one), 0) / all.length;
    return {
      weighing: labelOf(weighing),
      modularity: mean((one) => one.modularity),
      within: mean((one) => one.within),
      communities: mean((one) => one.communities),
      staying: mean((one) => one.staying),
    };
  });
