import type { Tool } from './tool.ts';
import { activateTool } from './tools/activate.ts';
import { assembleTool } from './tools/assemble.ts';
import { bundleTool } from './tools/bundle.ts';
import { collapseTool } from './tools/collapse.ts';
import { corporaTool } from './tools/corpora.ts';
import { expandTool } from './tools/expand.ts';
import { occurrencesTool } from './tools/occurrences.ts';
import { readTool } from './tools/read.ts';
import { searchTool } from './tools/search.ts';

/** In the order in which a client lists them. */
export const TOOLS: readonly Tool[] = [
  corporaTool,
  searchTool,
  activateTool,
  assembleTool,
  expandTool,
  occurrencesTool,
  bundleTool,
  readTool,
  collapseTool,
];
