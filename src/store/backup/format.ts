import { z } from 'zod';
import { HypersceneError } from '../../errors.ts';
import { type WorkspaceName, workspaceName } from '../../scene/name.ts';

/**
 * A backup is lines of JSON, compressed by gzip: a header; for each section a beginning, its records and an end that
 * says whether it counts; a trailer with the number of lines before it and the SHA-256 of their bytes. What is cut off
 * lacks the trailer, what was altered has another digest.
 *
 * Within a section records stand in an order that a merge relies on: the corpus; some of its documents in their order, then
 * all their chunks, then their scenes in their order, some hundred nodes and then what leads from them; occurrences somewhere
 * behind their first scene, some nodes and then what leads from them: views together as have 10,000 scenes at most.
 */
export const FORMAT = 'hyperscene-backup';

/** Grows when an older program would restore a backup wrongly. A property more is none such change, a relationship is. 2: GATHERS. */
export const FORMAT_VERSION = 2;

export interface Header {
  readonly format: typeof FORMAT;
  readonly version: number;
  /** Version of the program that wrote it. */
  readonly product: string;
  /** ISO 8601. */
  readonly created: string;
  /** Which kind of store it was taken from. */
  readonly store: string;
  /** The highest migration of the graph it was taken from. */
  readonly migration: number;
  readonly workspaces: readonly WorkspaceName[];
  /** Scenes there were when it began, for whoever waits. */
  readonly scenes: number;
}

export interface SectionBegin {
  readonly section: number;
  readonly workspace: WorkspaceName;
  readonly of: string;
}

export interface SectionEnd {
  readonly section: number;
  readonly whole: boolean;
}

export interface Trailer {
  readonly lines: number;
  readonly sha256: string;
}

/** How the line of a scene begins: keys stand in the order in which they are written. */
export const SCENE_LINE = '{"node":"scene",';

const headerShape = z.looseObject({
  format: z.literal(FORMAT),
  version: z.int().min(1),
  product: z.string(),
  created: z.string(),
  store: z.string(),
  migration: z.int().min(0),
  workspaces: z.array(z.string().transform(workspaceName)),
  scenes: z.int().min(0),
});

export const unreadable = (expected: string, came: string, cause?: unknown): HypersceneError =>
  new HypersceneError('BACKUP_UNREADABLE', 'not a whole backup', { expected, came, cause });

/** @throws HypersceneError BACKUP_UNREADABLE, BACKUP_TOO_NEW */
export const parseHeader = (line: string): Header => {
  const value = parseLine(line);
  const { format, version } = value as Partial<Header>;
  if (format !== FORMAT) throw unreadable(`a header of format ${FORMAT}`, JSON.stringify(line.slice(0, 80)));
  if (typeof version === 'number' && version > FORMAT_VERSION)
    throw new HypersceneError('BACKUP_TOO_NEW', 'the backup was written by a newer version', {
      expected: `format version ${FORMAT_VERSION} at most`,
      came: `${version}`,
    });
  const header = headerShape.safeParse(value);
  if (!header.success) throw unreadable('a header with all its fields', z.prettifyError(header.error));
  return header.data;
};

/** @throws HypersceneError BACKUP_UNREADABLE */
export const parseLine = (line: string): Readonly<Record<string, unknown>> => {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Told below, with what came.
  }
  throw unreadable('lines of JSON objects', JSON.stringify(line.slice(0, 80)));
};
