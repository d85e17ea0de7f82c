import { openEmbeddedStore } from '../../src/store/embedded/open-embedded-store.ts';
import { describeGraphStore } from './graph-store.ts';

describe('the embedded graph store', () =>
  describeGraphStore({ kind: 'embedded', persistent: true, open: (path) => openEmbeddedStore({ path }) }));
