import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { HypersceneError } from '../../errors.ts';
import { isAlive } from '../../store/is-alive.ts';
import { makePrivateFolder } from '../../store/private-folder.ts';

/** Of a filling that nobody has gone on with for a week nobody will. */
const KEPT_FOR = 7 * 24 * 3_600_000;
/** A process of another machine, or another container, cannot be asked whether it lives: one that wrote nothing for so long does not. */
const SILENT_FOR = 3_600_000;
const END = '.jsonl';
const NEW_LINE = 0x0a;
const READ_BYTES = 2 ** 18;

/**
 * Where what a model filled in is kept while a document is read: in a file, so that it takes no memory, and so that a reading that was cut
 * off asks the model for no scene twice. Each has a file of its own, KEY.MACHINE.PROCESS.NUMBER.jsonl; one that its process left behind is
 * taken over by renaming it, which one of two succeeds in.
 */
export class FillJournals {
  readonly #folder: string;
  readonly #open = new Set<string>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * @param of what the same filling has the same of, whoever begins it
   * @throws HypersceneError STORE_FAILED, DISK_FULL
   */
  async open(of: readonly string[]): Promise<FillJournal> {
    await makePrivateFolder(this.#folder);
    const key = sum(JSON.stringify(of));
    const name = [key, MACHINE, process.pid, randomUUID()].join('.') + END;
    const path = join(this.#folder, name);
    return guarded(this.#folder, async () => {
      for (const left of await this.#leftBehind(key)) {
        const isTaken = await rename(join(this.#folder, left), path).then(
          () => true,
          () => false,
        );
        if (isTaken) break;
      }
      const handle = await open(path, 'a+', 0o600);
      this.#open.add(name);
      return new FillJournal(path, handle, () => this.#open.delete(name));
    });
  }

  /** Clears what is too old on the way. */
  async #leftBehind(key: string): Promise<readonly string[]> {
    const left: string[] = [];
    for (const name of await readdir(this.#folder)) {
      const [of, machine, pid] = name.split('.');
      if (!name.endsWith(END) || this.#open.has(name)) continue;
      const age = await ageOf(join(this.#folder, name));
      if (age === null || (machine === MACHINE ? isOfAnother(Number(pid)) : age < SILENT_FOR)) continue;
      if (age > KEPT_FOR) await rm(join(this.#folder, name), { force: true });
      else if (of === key) left.push(name);
    }
    return left;
  }
}

const sum = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);
const MACHINE = sum(hostname());

/** ms; null where it is gone meanwhile. */
const ageOf = async (path: string): Promise<number | null> => {
  const found = await stat(path).catch(() => null);
  return found === null ? null : Date.now() - found.mtimeMs;
};

/** This process knows which journals it has open; a file with its number is one that it, or a process of that number before it, left. */
const isOfAnother = (pid: number): boolean => pid !== process.pid && isAlive(pid);

/** Lines of JSON: first those are taken that stand there, then others are added. */
export class FillJournal {
  readonly #path: string;
  readonly #handle: FileHandle;
  readonly #onClose: () => void;
  #standing: AsyncGenerator<Buffer> | null;
  /** Bytes of lines that were taken or added. */
  #length = 0;
  #isClosed = false;

  constructor(path: string, handle: FileHandle, onClose: () => void) {
    this.#path = path;
    this.#handle = handle;
    this.#onClose = onClose;
    this.#standing = linesOf(path);
  }

  /**
   * The next line that stands there, where it is the one that is looked for; null from the first on that is not: what stands behind goes.
   * @throws HypersceneError DISK_FULL, STORE_FAILED
   */
  async take<T>(isWanted: (line: unknown) => T | null): Promise<T | null> {
    if (this.#standing === null) return null;
    const { value, done } = await guarded(this.#path, () => (this.#standing as AsyncGenerator<Buffer>).next());
    const found = done === true ? null : isWanted(parsed(value));
    if (found !== null && done !== true) {
      this.#length += value.byteLength + 1;
      return found;
    }
    await this.#standing.return(undefined);
    this.#standing = null;
    await guarded(this.#path, () => this.#handle.truncate(this.#length));
    return null;
  }

  /** Behind what was taken. @throws HypersceneError DISK_FULL, STORE_FAILED */
  async add(line: unknown): Promise<void> {
    if (this.#standing !== null) throw new HypersceneError('INTERNAL', 'a line before those that stand were taken');
    const bytes = Buffer.from(`${JSON.stringify(line)}\n`);
    await guarded(this.#path, () => this.#handle.appendFile(bytes));
    this.#length += bytes.byteLength;
  }

  /** All of them, from the first. @throws HypersceneError STORE_FAILED */
  async *lines(): AsyncGenerator<unknown, void, undefined> {
    for await (const line of linesOf(this.#path)) yield parsed(line);
  }

  /** Leaves it for whoever goes on. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#standing?.return(undefined);
    await this.#handle.close();
    this.#onClose();
  }

  async remove(): Promise<void> {
    await this.close();
    await rm(this.#path, { force: true });
  }
}

/** Whole lines: the last one of a process that was killed may be cut off. */
async function* linesOf(path: string): AsyncGenerator<Buffer, void, undefined> {
  let rest: Buffer[] = [];
  for await (const chunk of createReadStream(path, { highWaterMark: READ_BYTES }) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let to = chunk.indexOf(NEW_LINE); to >= 0; to = chunk.indexOf(NEW_LINE, from)) {
      yield Buffer.concat([...rest, chunk.subarray(from, to)]);
      rest = [];
      from = to + 1;
    }
    rest.push(chunk.subarray(from));
  }
}

/** Null for what is none, as blocks that a power cut left empty. */
const parsed = (line: Buffer): unknown => {
  try {
    return JSON.parse(line.toString('utf8'));
  } catch {
    return null;
  }
};

const guarded = async <T>(at: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const isFull = code === 'ENOSPC' || code === 'EDQUOT';
    throw new HypersceneError(isFull ? 'DISK_FULL' : 'STORE_FAILED', 'what a model filled in cannot be kept', {
      at,
      came: message,
      cause,
    });
  }
};
