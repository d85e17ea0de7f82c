import type { GraphStore } from '../../src/store/graph-store.ts';
import { type BenchDocument, CORPUS, couplingsOf, partsOf } from './documents.ts';
import type { Loader } from './loading.ts';

/** What is measured: documents and their couplings through the port, as the jobs write them. */
export const storeLoader = (store: GraphStore): Loader => ({
  begin: async () => {
    await store.corpora({ first: 1 });
  },
  write: async (document: BenchDocument) => {
    await store.writeDocument(document.input, partsOf(document));
  },
  couple: async (document: BenchDocument) => {
    const put = couplingsOf(document);
    await store.writeCouplings(CORPUS, { put, remove: [], coupled: document.scenes.map(({ id }) => id) });
  },
});
