import { Piscina } from 'piscina';
import type { EncodedRowGroup, encodeFooter, encodeRowGroup, FooterTask, RowGroupTask } from './encode-parquet.ts';

const ROW_GROUP: keyof { encodeRowGroup: typeof encodeRowGroup } = 'encodeRowGroup';
const FOOTER: keyof { encodeFooter: typeof encodeFooter } = 'encodeFooter';

export interface ParquetThread {
  /** The pages go to the thread, and are empty here afterwards. */
  rowGroup(task: RowGroupTask): Promise<EncodedRowGroup>;
  footer(task: FooterTask): Promise<Uint8Array<ArrayBuffer>>;
  close(): Promise<void>;
}

/** A thread that was begun anew takes 0.3 s for its first rows: it outlives the reading of a row group from a slow store. */
const IDLE_MS = 60_000;

/** To encode 10,000 scenes takes some tenths of a second, which would hold up the event loop. The thread starts when first needed. */
export const openParquetThread = (): ParquetThread => {
  const file = import.meta.url.endsWith('.ts') ? './encode-parquet.ts' : './encode-parquet.js';
  const pool = new Piscina({
    filename: new URL(file, import.meta.url).href,
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: IDLE_MS,
    // V8 would let it grow to 48 MB and keep it; with 16 it is as fast.
    resourceLimits: { maxYoungGenerationSizeMb: 16 },
  });
  return {
    rowGroup: (task) => {
      const transferList = task.pages.map(({ buffer }) => buffer);
      return pool.run(task, { name: ROW_GROUP, transferList }) as Promise<EncodedRowGroup>;
    },
    footer: (task) => pool.run(task, { name: FOOTER }) as Promise<Uint8Array<ArrayBuffer>>,
    close: () => pool.close({ force: true }),
  };
};
