import { describeAgents } from './agents.ts';
import { describeOneRevision } from './at-one-revision.ts';
import { describeReadingBesideAWriter } from './beside-a-writer.ts';
import { describeCouplings } from './couplings.ts';
import { describeDocuments } from './documents.ts';
import { describeHypertokens } from './hypertokens.ts';
import { describeImports } from './imports.ts';
import { describeIsolation } from './isolation.ts';
import { describeMerging } from './merging.ts';
import { describeMergingOfViews } from './merging-views.ts';
import { describeScenes } from './scenes.ts';
import { describeSearch } from './search.ts';
import { describeSearchOfManyDocuments } from './search-many-documents.ts';
import { type StoreAdapter, useStore } from './store-adapter.ts';
import { describeViews } from './views.ts';

/** What every implementation of the store's port must do. */
export const describeGraphStore = (adapter: StoreAdapter): void => {
  const open = useStore(adapter);
  describe('documents', () => describeDocuments(open));
  describe('scenes', () => describeScenes(open));
  describe('agents', () => describeAgents(open));
  describe('search', () => describeSearch(open));
  describe('search of many documents', () => describeSearchOfManyDocuments(open));
  describe('couplings', () => describeCouplings(open));
  describe('hypertokens', () => describeHypertokens(open));
  describe('views', () => describeViews(open));
  describe('imports', () => describeImports(open));
  describe('a reader beside a writer', () => describeReadingBesideAWriter(open));
  describe('reading at one revision', () => describeOneRevision(open));
  describe('workspaces', () => describeIsolation(open));
  describe('merging', () => describeMerging(open));
  describe('merging of views', () => describeMergingOfViews(open));
};
