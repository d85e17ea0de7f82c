import { open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import writeFileAtomic from 'write-file-atomic';
import { HypersceneError } from '../../errors.ts';
import { makePrivateFolder } from '../../store/private-folder.ts';
import { syncFolder } from '../../store/sync-folder.ts';
import { isJobId } from '../job-id.ts';
import type { JobId } from '../job-queue.ts';
import { formatJob, parseJob, type StoredJob } from '../stored-job.ts';

/** What was found of earlier processes. */
export interface FoundJobs {
  /** The oldest first. */
  readonly jobs: readonly StoredJob[];
  /** Files that hold no job, left where they are. */
  readonly damaged: readonly { readonly file: string; readonly cause: unknown }[];
}

const JOB = '.json';
const TEXT = '.txt';
const PRIVATE = 0o600;

/** One file for a job and one for its text, which only their owner may read; each is there whole or not at all, also after a power cut. */
export class JobFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Reads all that is there and clears texts without a job. @throws HypersceneError STORE_FAILED, DISK_FULL */
  async open(): Promise<FoundJobs> {
    await makePrivateFolder(this.#folder);
    const names = (await readdir(this.#folder)).toSorted();
    const jobs: StoredJob[] = [];
    const damaged: { file: string; cause: unknown }[] = [];
    for (const name of names.filter((each) => each.endsWith(JOB))) {
      const file = join(this.#folder, name);
      try {
        const job = parseJob(await readFile(file, 'utf8'));
        if (`${job.id}${JOB}` !== name) throw new TypeError(`holds the job ${job.id}`);
        jobs.push(job);
      } catch (cause) {
        damaged.push({ file, cause });
      }
    }
    const gone = new Set(jobs.filter(({ textKept }) => !textKept).map(({ id }) => id));
    const kept = names.filter((name) => name.endsWith(JOB)).map((name) => name.slice(0, -JOB.length));
    await this.#clear(names, new Set(kept.filter((id) => !gone.has(id as JobId))));
    return { jobs, damaged };
  }

  /** Also of what `write-file-atomic` had not renamed yet when it was killed: `NAME.json.1234567`. */
  async #clear(names: readonly string[], texts: ReadonlySet<string>): Promise<void> {
    for (const name of names) {
      const [id = '', end, part] = name.split('.');
      if (isJobId(id) && (part !== undefined || (`.${end}` === TEXT && !texts.has(id)))) await this.#remove(name);
    }
  }

  /** @throws HypersceneError DISK_FULL, STORE_FAILED */
  write(job: StoredJob): Promise<void> {
    return this.#guard(async () => {
      await writeFileAtomic(join(this.#folder, job.id + JOB), formatJob(job), { mode: PRIVATE });
      await syncFolder(this.#folder);
    });
  }

  /** Before the job itself is written. @throws HypersceneError DISK_FULL, STORE_FAILED */
  async writeText(id: JobId, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    await this.#guard(async () => {
      const file = await open(this.textPath(id), 'w', PRIVATE);
      try {
        for await (const chunk of chunks) {
          await file.writeFile(chunk);
          await setImmediate();
        }
        await file.sync();
      } finally {
        await file.close();
      }
    }).catch(async (error: unknown) => {
      await this.removeText(id);
      throw error;
    });
  }

  textPath(id: JobId): string {
    return join(this.#folder, id + TEXT);
  }

  removeText(id: JobId): Promise<void> {
    return this.#remove(id + TEXT);
  }

  /** The job first: a text without one is cleared at the next start. */
  async remove(id: JobId): Promise<void> {
    await this.#remove(id + JOB);
    await this.removeText(id);
  }

  #remove(name: string): Promise<void> {
    return rm(join(this.#folder, name), { force: true });
  }

  async #guard(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (cause) {
      const { code, message } = cause as NodeJS.ErrnoException;
      const full = code === 'ENOSPC' || code === 'EDQUOT';
      throw new HypersceneError(full ? 'DISK_FULL' : 'STORE_FAILED', 'a job cannot be kept', {
        at: this.#folder,
        came: message,
        cause,
      });
    }
  }
}
