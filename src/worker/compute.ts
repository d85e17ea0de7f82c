/** What runs on compute threads: the pure, heavy steps. Exports are named by {@link ComputePool}. */
import { type CommunityLevel, type CommunityOptions, collapseCommunities } from '../collapse/collapse-communities.ts';
import type { MotifGroup } from '../collapse/collapse-motifs.ts';
import type { CouplingGraph } from '../collapse/coupling-graph.ts';
import { type DescriptionLength, descriptionLength } from '../collapse/graph-description.ts';
import { regroupMotifs } from '../collapse/regroup-motifs.ts';
import type { StandingCollapse } from '../collapse/standing-collapse.ts';
import { type BlockChange, type CouplingBlock, coupleBlock } from '../coupling/couple-block.ts';

export interface CollapseTask {
  readonly graph: CouplingGraph;
  /** Of an earlier collapse. */
  readonly standing: StandingCollapse;
  readonly options: CommunityOptions;
}

/** All levels above 0. */
export interface Collapsed {
  readonly motifs: readonly MotifGroup[];
  /** Level 2 and above. */
  readonly levels: readonly CommunityLevel[];
  /** Of the coupling graph, told with these motifs and without any. */
  readonly description: DescriptionLength;
}

export const couple = (block: CouplingBlock): BlockChange => coupleBlock(block);

export const collapse = ({ graph, standing, options }: CollapseTask): Collapsed => {
  const motifs = regroupMotifs(graph, standing);
  const levels = collapseCommunities(graph, motifs, options, standing);
  return { motifs, levels, description: descriptionLength(graph, motifs) };
};
