/** What runs on compute threads: the pure, heavy steps. Exports are named by {@link ComputePool}. */
import { collapseMotifs, type MotifGroup } from '../collapse/collapse-motifs.ts';
import type { CouplingGraph } from '../collapse/coupling-graph.ts';
import { type BlockChange, type CouplingBlock, coupleBlock } from '../coupling/couple-block.ts';

export const couple = (block: CouplingBlock): BlockChange => coupleBlock(block);

export const collapse = (graph: CouplingGraph): readonly MotifGroup[] => collapseMotifs(graph);
