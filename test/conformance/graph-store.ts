import { describeDocuments } from './documents.ts';
import { type StoreAdapter, useStore } from './store-adapter.ts';

/** What every implementation of the store's port must do. */
export const describeGraphStore = (adapter: StoreAdapter): void => {
  const open = useStore(adapter);
  describe('documents', () => describeDocuments(open));
};
