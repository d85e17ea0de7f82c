import { HypersceneError } from '../errors.ts';
import type { ExportId } from '../export/export-id.ts';
import { type Code, code, formatCode, formatOccurrence, type OccurrenceRef, parseCode } from '../scene/hypertoken.ts';
import { type CorpusName, corpusName } from '../scene/name.ts';
import type { DocumentId, SceneId } from '../scene/scene.ts';
import { exportOfJob } from '../worker/export-of-job.ts';
import type { JobId } from '../worker/job-queue.ts';

/** What a global id names: the schema's type and the id within it. */
export type GlobalId =
  | { readonly type: 'Corpus'; readonly id: CorpusName }
  | { readonly type: 'Document'; readonly id: DocumentId }
  | { readonly type: 'Scene'; readonly id: SceneId }
  | { readonly type: 'Hypertoken'; readonly id: Code }
  | { readonly type: 'Occurrence'; readonly id: OccurrenceRef }
  | { readonly type: 'Job'; readonly id: JobId }
  | { readonly type: 'Export'; readonly id: ExportId };

const KEY = /^[0-9a-f]{32}$/u;

/** base64url of `type:local id`: opaque to clients, readable to whoever debugs one. */
export const encodeGlobalId = (global: GlobalId): string =>
  Buffer.from(`${global.type}:${localId(global)}`).toString('base64url');

const localId = (global: GlobalId): string => {
  switch (global.type) {
    case 'Corpus':
    case 'Document':
    case 'Scene':
    case 'Job':
    case 'Export':
      return global.id;
    case 'Hypertoken':
      return formatCode(global.id);
    case 'Occurrence':
      return formatOccurrence(global.id);
  }
};

/**
 * The reverse of {@link encodeGlobalId}, and of nothing else: each object has exactly one id.
 * @throws HypersceneError BAD_ARGUMENT
 */
export const decodeGlobalId = (text: string): GlobalId => {
  const decoded = Buffer.from(text, 'base64url').toString('utf8');
  const colon = decoded.indexOf(':');
  const global = parseLocalId(decoded.slice(0, colon), decoded.slice(colon + 1));
  if (global === null || encodeGlobalId(global) !== text) throw badId(text, 'a global id');
  return global;
};

const parseLocalId = (type: string, local: string): GlobalId | null => {
  try {
    switch (type) {
      case 'Corpus':
        return { type, id: corpusName(local) };
      case 'Document':
        return KEY.test(local) ? { type, id: local as DocumentId } : null;
      case 'Scene':
        return KEY.test(local) ? { type, id: local as SceneId } : null;
      case 'Job':
        return KEY.test(local) ? { type, id: local as JobId } : null;
      case 'Export':
        return KEY.test(local) ? { type, id: local as ExportId } : null;
      case 'Hypertoken':
        return { type, id: code(parseCode(local).code) };
      case 'Occurrence': {
        const { code: of, ordinal } = parseCode(local);
        return ordinal === null ? null : { type, id: { code: of, ordinal } };
      }
      default:
        return null;
    }
  } catch (error) {
    if (error instanceof HypersceneError) return null;
    throw error;
  }
};

/** A scene by its global id, or by the key that stands in exports. @throws HypersceneError BAD_ARGUMENT */
export const decodeSceneId = (text: string): SceneId => {
  // 32 hex digits are base64url as well, but what they decode to never starts with `Scene:`.
  if (KEY.test(text)) return text as SceneId;
  const global = decodeGlobalId(text);
  if (global.type !== 'Scene') throw badId(text, 'the global id of a scene');
  return global.id;
};

/** @throws HypersceneError BAD_ARGUMENT */
export const decodeJobId = (text: string): JobId => {
  const global = decodeGlobalId(text);
  if (global.type !== 'Job') throw badId(text, 'the global id of a job');
  return global.id;
};

/** An export by its own global id or by that of the job that writes it. @throws HypersceneError BAD_ARGUMENT */
export const decodeExportId = (text: string): ExportId => {
  const global = decodeGlobalId(text);
  if (global.type === 'Export') return global.id;
  if (global.type === 'Job') return exportOfJob(global.id);
  throw badId(text, 'the global id of an export or of its job');
};

const badId = (text: string, expected: string): HypersceneError =>
  new HypersceneError('BAD_ARGUMENT', 'bad id', { expected, came: JSON.stringify(text.slice(0, 80)) });
