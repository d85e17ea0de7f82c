/** What runs on compute threads: the pure, heavy steps. Exports are named by {@link ComputePool}. */
import { type CommunityLevel, type CommunityOptions, collapseCommunities } from '../collapse/collapse-communities.ts';
import { collapseMotifs, type MotifGroup } from '../collapse/collapse-motifs.ts';
import type { CouplingGraph } from '../collapse/coupling-graph.ts';
import { type BlockChange, type CouplingBlock, coupleBlock } from '../coupling/couple-block.ts';

export interface CollapseTask {
  readonly graph: CouplingGraph;
  readonly options: CommunityOptions;
}

/** All levels above 0. */
export interface Collapsed {
  readonly motifs: readonly MotifGroup[];
  /** Level 2 and above. */
  readonly levels: readonly CommunityLevel[];
}

export const couple = (block: CouplingBlock): BlockChange => coupleBlock(block);

export const collapse = ({ graph, options }: CollapseTask): Collapsed => {
  const motifs = collapseMotifs(graph);
  return { motifs, levels: collapseCommunities(graph, motifs, options) };
};
