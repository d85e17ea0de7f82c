import type { GraphStore } from '../store/graph-store.ts';
import type { ComputePool } from './compute-pool.ts';

/** What is being done to which document or corpus, for a progress bar or a subscription. */
export interface Progress {
  readonly stage:
    | 'reading'
    | 'filling'
    | 'coupling'
    | 'collapsing'
    | 'backing up'
    | 'restoring'
    | 'merging'
    | 'exporting';
  /** The document's, the corpus's or the file's name. */
  readonly subject: string;
  readonly done: number;
  readonly total: number;
  readonly unit: 'bytes' | 'scenes' | 'couplings' | 'records';
}

/** What every job is given: the graph it works on, threads to work with, a way to stop it, a way to watch it. */
export interface JobContext {
  readonly store: GraphStore;
  readonly compute: ComputePool;
  /** Aborting makes the job throw CANCELLED between two transactions; what was acknowledged stays, the rest was never written. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}
