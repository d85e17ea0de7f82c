import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { HypersceneError } from '../../errors.ts';
import type { WorkspaceName } from '../../scene/name.ts';
import type { GraphRecord } from '../graph-archive.ts';
import { backupLines } from './backup-lines.ts';
import { type Header, parseLine, SCENE_LINE, unreadable } from './format.ts';

/** A backup that was read to its end and found whole. */
export interface CheckedBackup {
  readonly path: string;
  readonly header: Header;
  /** Records of each workspace. */
  readonly records: ReadonlyMap<WorkspaceName, number>;
  readonly scenes: number;
  /** Sections that were begun anew. */
  readonly void: ReadonlySet<number>;
}

/**
 * Reads a backup to its end before anyone acts on it.
 * @throws HypersceneError UNREADABLE_FILE, BACKUP_UNREADABLE, BACKUP_TOO_NEW, CANCELLED
 */
export const checkBackup = async (path: string, signal?: AbortSignal): Promise<CheckedBackup> => {
  let header: Header | null = null;
  const voided = new Set<number>();
  const records = new Map<WorkspaceName, number>();
  let section: SectionCount | null = null;
  let scenes = 0;
  for await (const lines of linesOf(path, signal, (found) => {
    header = found;
  }))
    for (const line of lines) {
      if (!isSectionLine(line)) {
        if (section === null) throw unreadable('records within a section', JSON.stringify(line.slice(0, 80)));
        section.records += 1;
        if (line.startsWith(SCENE_LINE)) section.scenes += 1;
        continue;
      }
      const value = parseLine(line);
      if (typeof value['workspace'] === 'string') {
        section = { workspace: value['workspace'] as WorkspaceName, records: 0, scenes: 0 };
        continue;
      }
      if (section === null) throw unreadable('the beginning of a section', JSON.stringify(line.slice(0, 80)));
      if (value['whole'] === true) {
        records.set(section.workspace, (records.get(section.workspace) ?? 0) + section.records);
        scenes += section.scenes;
      } else voided.add(Number(value['section']));
      section = null;
    }
  if (section !== null) throw unreadable('the end of the last section', 'none');
  if (header === null) throw unreadable('a header', 'nothing');
  return { path, header, records, scenes, void: voided };
};

interface SectionCount {
  readonly workspace: WorkspaceName;
  records: number;
  scenes: number;
}

/** Keys stand in the order in which they are written, so that most lines need no parsing. */
const isSectionLine = (line: string): boolean => line.startsWith('{"section":');

/**
 * The records of one workspace of a checked backup. It is checked again on the way.
 * @param isWanted tells by a line's beginning, `{"node":"scene",` or `{"edge":"NEXT",`; others are not looked at
 * @throws HypersceneError BACKUP_UNREADABLE when the file changed since
 */
export async function* recordsOf(
  { path, void: voided }: CheckedBackup,
  workspace: WorkspaceName,
  signal?: AbortSignal,
  isWanted: (line: string) => boolean = () => true,
): AsyncGenerator<readonly GraphRecord[]> {
  let wanted = false;
  for await (const lines of linesOf(path, signal)) {
    const records: GraphRecord[] = [];
    for (const line of lines) {
      if (isSectionLine(line)) {
        const { section, workspace: of } = parseLine(line);
        wanted = of === workspace && !voided.has(Number(section));
      } else if (wanted && isWanted(line)) records.push(toRecord(line));
    }
    if (records.length > 0) yield records;
  }
}

const isProperties = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

const toRecord = (line: string): GraphRecord => {
  const { node, edge, from, to, properties } = parseLine(line);
  const isNode = typeof node === 'string';
  const isEdge = typeof edge === 'string' && typeof from === 'string' && typeof to === 'string';
  if (isProperties(properties) && isNode) return { node, properties } as GraphRecord;
  if (isProperties(properties) && isEdge) return { edge, from, to, properties } as GraphRecord;
  throw unreadable('a node or an edge', JSON.stringify(line.slice(0, 80)));
};

/** Zlib's own messages say what is wrong with the bytes; the system's, with the file. */
const readingError = (path: string, error: unknown): unknown => {
  if (error instanceof HypersceneError) return error;
  const { code, name } = error as NodeJS.ErrnoException;
  if (name === 'AbortError') return new HypersceneError('CANCELLED', 'cancelled', { cause: error });
  if (code?.startsWith('Z_')) return unreadable('bytes compressed by gzip', String(error), error);
  if (code === 'ERR_INVALID_STATE' || code === undefined) return error;
  return new HypersceneError('UNREADABLE_FILE', 'the backup cannot be read', { at: path, came: code, cause: error });
};

async function* linesOf(
  path: string,
  signal?: AbortSignal,
  onHeader?: (header: Header) => void,
): AsyncGenerator<readonly string[]> {
  const file = createReadStream(path, signal === undefined ? {} : { signal });
  const gunzip = createGunzip();
  file.on('error', (error) => gunzip.destroy(error));
  file.pipe(gunzip);
  try {
    yield* backupLines(gunzip, onHeader);
  } catch (error) {
    throw readingError(path, error);
  } finally {
    file.destroy();
    gunzip.destroy();
  }
}
