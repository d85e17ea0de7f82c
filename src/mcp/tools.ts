import type { Tool } from './tool.ts';
import { activateTool } from './tools/activate.ts';
import { assembleTool } from './tools/assemble.ts';
import { bundleTool } from './tools/bundle.ts';
import { collapseTool } from './tools/collapse.ts';
import { completeTool } from './tools/complete.ts';
import { corporaTool } from './tools/corpora.ts';
import { expandTool } from './tools/expand.ts';
import { modelTool } from './tools/model.ts';
import { modelBudgetTool } from './tools/model-budget.ts';
import { occurrencesTool } from './tools/occurrences.ts';
import { predictNextTool } from './tools/predict-next.ts';
import { readTool } from './tools/read.ts';
import { readScenesTool } from './tools/read-scenes.ts';
import { scoreTool } from './tools/score.ts';
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
  modelTool,
  completeTool,
  predictNextTool,
  scoreTool,
  modelBudgetTool,
  readScenesTool,
];
