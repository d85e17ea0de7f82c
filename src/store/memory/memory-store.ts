import { HypersceneError } from '../../errors.ts';
import type { Code, Hypertoken, Occurrence, OccurrenceRef } from '../../scene/hypertoken.ts';
import { formatOccurrence } from '../../scene/hypertoken.ts';
import type { CorpusName, DocumentName, WorkspaceName } from '../../scene/name.ts';
import { type DocumentId, documentId, type SceneId } from '../../scene/scene.ts';
import { orderOf, positionOf, rankOf } from '../corpus-order.ts';
import type {
  CorpusRecord,
  DeleteReport,
  GraphDatabase,
  GraphStore,
  HypertokenFilter,
  HypertokenRecord,
  OccurrenceFilter,
  Page,
  PageRequest,
  SceneFilter,
  SceneRange,
  StoredScene,
} from '../graph-store.ts';
import { checkLevel } from '../level.ts';
import { checkLimit, openPage, toPage } from '../paging.ts';
import { checkPositions, checkRanges } from '../scene-range.ts';
import { compareText } from '../text-order.ts';
import {
  allCouplings,
  byPair,
  clearMemoryCouplings,
  couplingsOfScene,
  hasAll,
  memorySubgraph,
  scenesWith,
  writeMemoryCouplings,
} from './memory-couplings.ts';
import { removeScenes } from './remove-memory-scenes.ts';
import {
  allOccurrences,
  emptyWorkspace,
  type MemoryCorpus,
  type MemoryDocument,
  occurrenceCounts,
  requireCorpus,
  sceneOf,
  scenesOf,
  type WorkspaceState,
} from './workspace-state.ts';
import { writeMemoryCollapse } from './write-memory-collapse.ts';
import { writeMemoryDocument } from './write-memory-document.ts';
