import { createHash } from 'node:crypto';
import type { WorkspaceName } from '../../scene/name.ts';
import type { GraphArchive, GraphRecord, RecordSink, Section } from '../graph-archive.ts';
import { recordText } from '../record-text.ts';
import { FORMAT, FORMAT_VERSION, type Header, type SectionBegin, type SectionEnd, type Trailer } from './format.ts';

/** Characters handed on at once. */
const TEXT_UNITS = 2 ** 18;

export interface BackupRequest {
  readonly archive: GraphArchive;
  readonly store: string;
  readonly product: string;
  readonly created: Date;
  readonly workspaces: readonly WorkspaceName[];
  readonly signal?: AbortSignal | undefined;
  /** Takes whole lines; a slow one holds the reading back. */
  readonly write: (text: string) => Promise<void>;
  readonly onScenes?: ((done: number, total: number) => void) | undefined;
}

/**
 * Writes a backup as text, section by section, while others write into the store.
 * @throws HypersceneError as {@link GraphArchive.copy}; what was written before is then no backup, for want of a trailer
 */
export const writeBackup = async (request: BackupRequest): Promise<void> => {
  const { archive, workspaces, product, created, store, signal, write, onScenes } = request;
  const text = new LineWriter(write);
  let scenes = 0;
  for (const workspace of workspaces) scenes += (await archive.count(workspace)).scenes;
  await text.line({
    format: FORMAT,
    version: FORMAT_VERSION,
    product,
    created: created.toISOString(),
    store,
    migration: await archive.migration(),
    workspaces,
    scenes,
  } satisfies Header);
  const sink = new SectionWriter(text, (done) => onScenes?.(done, scenes));
  for (const workspace of workspaces) await archive.copy(workspace, sink, signal);
  await text.end();
};

class SectionWriter implements RecordSink {
  readonly #text: LineWriter;
  readonly #onScenes: (done: number) => void;
  #section = 0;
  #scenes = 0;

  constructor(text: LineWriter, onScenes: (done: number) => void) {
    this.#text = text;
    this.#onScenes = onScenes;
  }

  async begin(section: Section): Promise<void> {
    this.#section += 1;
    await this.#text.line({ section: this.#section, ...section } satisfies SectionBegin);
  }

  async take(records: readonly GraphRecord[]): Promise<void> {
    for (const record of records) {
      if ('node' in record && record.node === 'scene') this.#scenes += 1;
      await this.#text.add(recordText(record));
    }
    this.#onScenes(this.#scenes);
  }

  async end(whole: boolean): Promise<void> {
    await this.#text.line({ section: this.#section, whole } satisfies SectionEnd);
  }
}

/** Gathers lines, counts them and takes their digest. */
class LineWriter {
  readonly #write: (text: string) => Promise<void>;
  readonly #hash = createHash('sha256');
  #text = '';
  #lines = 0;

  constructor(write: (text: string) => Promise<void>) {
    this.#write = write;
  }

  line(value: object): Promise<void> {
    return this.add(JSON.stringify(value));
  }

  async add(line: string): Promise<void> {
    this.#text += `${line}\n`;
    this.#lines += 1;
    if (this.#text.length >= TEXT_UNITS) await this.#flush();
  }

  async #flush(): Promise<void> {
    const text = this.#text;
    this.#text = '';
    this.#hash.update(text);
    await this.#write(text);
  }

  async end(): Promise<void> {
    await this.#flush();
    const trailer: Trailer = { lines: this.#lines, sha256: this.#hash.digest('hex') };
    await this.#write(`${JSON.stringify(trailer)}\n`);
  }
}
