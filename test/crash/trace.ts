/**
 * Reads what `strace -f -y` wrote of a writing process and checks that no acknowledgement came before its bytes were on the
 * disk. A call that another thread's stands within takes effect at its end if it is a synchronisation, which covers what
 * was written before its beginning, and at its beginning if it is an acknowledgement.
 */

/** One system call, in the order of the listing. */
interface Call {
  readonly line: number;
  readonly name: string;
  readonly args: string;
  /** The file of the first descriptor, as `-y` shows it; '' without. */
  readonly file: string;
  readonly failed: boolean;
}

export interface TraceReport {
  readonly acknowledgements: number;
  readonly logWrites: number;
  readonly logSyncs: number;
  readonly logFiles: number;
  readonly checkpoints: number;
  /** What came in the wrong order, in words with the line of the listing; empty when all is well. */
  readonly faults: readonly string[];
}

export const TRACED =
  'openat,creat,write,pwrite64,writev,pwritev,pwritev2,fdatasync,fsync,rename,renameat,renameat2,unlink,unlinkat,ftruncate,mkdir,mkdirat';

/** Not `ftruncate`: the database cuts off what is free after its header is on the disk, and may as well not have. */
const WRITES = new Set(['write', 'pwrite64', 'writev', 'pwritev', 'pwritev2']);
const SYNCS = new Set(['fdatasync', 'fsync']);
const UNFINISHED = ' <unfinished ...>';

const parse = (listing: string): readonly { readonly start: Call; readonly end: Call }[] => {
  const open = new Map<string, Call>();
  const calls: { start: Call; end: Call }[] = [];
  for (const [i, text] of listing.split('\n').entries()) {
    const [, thread = '', rest = ''] = /^(\d+)\s+(.*)$/u.exec(text) ?? [];
    const [, resumed, tail = ''] = /^<\.\.\. (\w+) resumed>(.*)$/u.exec(rest) ?? [];
    const failed = / = -1 /u.test(rest);
    if (resumed !== undefined) {
      const start = open.get(thread);
      open.delete(thread);
      if (start !== undefined) calls.push({ start, end: { ...start, args: start.args + tail, failed, line: i + 1 } });
      continue;
    }
    const [, name = '', args = ''] = /^(\w+)\((.*)$/u.exec(rest) ?? [];
    if (name === '') continue;
    const file = (/^\d+<([^>]*)>/u.exec(args)?.[1] ?? '').replace(/ \(deleted\)$/u, '');
    const call = { line: i + 1, name, args, file, failed };
    if (rest.endsWith(UNFINISHED)) open.set(thread, call);
    else calls.push({ start: call, end: call });
  }
  // What never ended, of a process that was killed, began all the same.
  for (const start of open.values())
    calls.push({ start, end: { ...start, failed: true, line: Number.MAX_SAFE_INTEGER } });
  return calls;
};

type Event = { readonly at: number; readonly phase: 'start' | 'end'; readonly call: Call; readonly started: number };

const events = (listing: string): readonly Event[] =>
  parse(listing)
    .flatMap(({ start, end }): Event[] => [
      { at: start.line, phase: 'start', call: start, started: start.line },
      { at: end.line, phase: 'end', call: end, started: start.line },
    ])
    .sort((x, y) => x.at - y.at || (x.phase === 'start' ? -1 : 1));

/**
 * @param listing of `strace -f -y -s 64 -e trace=…TRACED`
 * @param database the path of the database's file
 */
export const checkTrace = (listing: string, database: string): TraceReport => {
  const state = new TraceState(database);
  for (const event of events(listing)) state.take(event);
  return state.report();
};

/** Of a new log, made by a checkpoint beside the writers: it says nothing of what they wrote, which lies in the log before. */
const isHeader = (args: string): boolean => args.includes('>, "GRAFWAL\\0');

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/'));

class TraceState {
  readonly #database: string;
  readonly #faults: string[] = [];
  /** Line of the last write to each file that is not synchronised. */
  readonly #dirty = new Map<string, number>();
  /** Entries of a folder, files and folders, made since it was synchronised, with the line. */
  readonly #entries = new Map<string, number>();
  readonly #logs = new Set<string>();
  /** Those of them that hold more than their header. */
  readonly #recorded = new Set<string>();
  #acknowledgements = 0;
  #writes = 0;
  #syncs = 0;
  #checkpoints = 0;

  constructor(database: string) {
    this.#database = database;
  }

  take({ phase, call, started, at }: Event): void {
    const { name, file, args, failed } = call;
    if (phase === 'start' && name === 'write' && /^1</u.test(args) && /"ack \d/u.test(args)) this.#acknowledge(at);
    if (phase === 'start' && WRITES.has(name) && this.#isOurs(file) && !isHeader(args)) this.#write(file, at);
    if (phase === 'end' && !failed && SYNCS.has(name)) this.#sync(file, started);
    if (phase === 'end' && !failed) this.#changeFolder(name, args, at);
  }

  #isLog(file: string): boolean {
    return file.startsWith(`${this.#database}.wal/`) && /\/wal_\d+\.log$/u.test(file);
  }

  #isOurs(file: string): boolean {
    return file === this.#database || this.#isLog(file);
  }

  #write(file: string, at: number): void {
    if (this.#isLog(file)) {
      this.#writes += 1;
      this.#recorded.add(file);
    }
    this.#dirty.set(file, at);
  }

  /** It covers what was written before it began. */
  #sync(file: string, started: number): void {
    if (this.#isLog(file)) this.#syncs += 1;
    if ((this.#dirty.get(file) ?? Number.MAX_SAFE_INTEGER) < started) this.#dirty.delete(file);
    for (const [entry, made] of this.#entries)
      if (folderOf(entry) === file && made < started) this.#entries.delete(entry);
  }

  #changeFolder(name: string, args: string, at: number): void {
    const paths = [...args.matchAll(/"((?:[^"\\]|\\.)*)"/gu)].map(([, path = '']) => path);
    const [first = '', second = ''] = paths;
    if (name === 'openat' && args.includes('O_CREAT') && this.#isLog(first)) {
      this.#logs.add(first);
      this.#entries.set(first, at);
    }
    if (name.startsWith('mkdir') && (this.#database.startsWith(`${first}/`) || first === `${this.#database}.wal`))
      this.#entries.set(first, at);
    if (name.startsWith('rename') && second === this.#database) this.#entries.set(second, at);
    if (name.startsWith('unlink') && this.#isLog(first)) this.#dropLog(first, at);
  }

  /** A checkpoint takes an old log away: what it held must be in the database's file, and on the disk. */
  #dropLog(log: string, at: number): void {
    this.#checkpoints += 1;
    if (this.#dirty.has(this.#database))
      this.#faults.push(`line ${at}: ${log} is removed before the database's file is synchronised`);
    this.#dirty.delete(log);
    this.#entries.delete(log);
  }

  #acknowledge(at: number): void {
    this.#acknowledgements += 1;
    for (const [file, written] of this.#dirty)
      if (this.#isLog(file))
        this.#faults.push(`line ${at}: acknowledged, but ${file} is not synchronised since line ${written}`);
    for (const [entry, made] of this.#entries)
      if (!this.#logs.has(entry) || this.#recorded.has(entry))
        this.#faults.push(
          `line ${at}: acknowledged, but the folder of ${entry}, made in line ${made}, is not synchronised`,
        );
  }

  report(): TraceReport {
    return {
      acknowledgements: this.#acknowledgements,
      logWrites: this.#writes,
      logSyncs: this.#syncs,
      logFiles: this.#logs.size,
      checkpoints: this.#checkpoints,
      faults: this.#faults,
    };
  }
}
