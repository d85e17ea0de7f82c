import { HypersceneError } from '../../errors.ts';
import type { WorkspaceName } from '../../scene/name.ts';
import type { GraphDatabase } from '../graph-store.ts';
import { MemoryStore } from './memory-store.ts';
import { emptyWorkspace } from './workspace-state.ts';

/** A graph that lives as long as the process: the model the other stores are compared with, and a store for tests. */
export const openMemoryStore = (): GraphDatabase => {
  const stores = new Map<WorkspaceName, MemoryStore>();
  let open = true;
  const checkOpen = (): void => {
    if (!open) throw new HypersceneError('STORE_CLOSED', 'the store is closed');
  };
  return {
    kind: 'memory',
    location: 'memory',
    workspace: (name) => {
      const store = stores.get(name) ?? new MemoryStore(name, emptyWorkspace(), checkOpen);
      stores.set(name, store);
      return store;
    },
    archive: null,
    close: async () => {
      open = false;
    },
  };
};
