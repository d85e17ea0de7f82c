import { createHash, randomBytes } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { HypersceneError } from '../errors.ts';
import { workspaceName } from '../scene/name.ts';
import { SCOPES } from './principal.ts';

const keyShape = z.strictObject({
  name: z.string().regex(/^[\w.@-]{1,64}$/u),
  sha256: z.string().regex(/^[\da-f]{64}$/u),
  scopes: z.array(z.enum(SCOPES)).min(1),
  workspace: z.string().transform(workspaceName),
  created: z.iso.datetime(),
  expires: z.iso.datetime().nullable(),
});
const fileShape = z.strictObject({ keys: z.array(keyShape) });

/** One API key as it is kept: its hash, never itself. 256 random bits need no slow hash. */
export type ApiKey = z.infer<typeof keyShape>;

/** By which a key is known for one, in a leaked file or a log. */
const PREFIX = 'hs_';

/** A new key, to be shown once: 256 random bits. */
export const newSecret = (): string => `${PREFIX}${randomBytes(32).toString('base64url')}`;

export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Where it is told apart whether it is a key at all. */
export const looksLikeKey = (secret: string): boolean => secret.startsWith(PREFIX);

/**
 * The keys of a file; null where there is none.
 * @throws HypersceneError BAD_KEY_FILE, UNREADABLE_FILE
 */
export const readKeyFile = async (path: string): Promise<readonly ApiKey[] | null> => {
  const text = await readText(path);
  return text === null ? null : parseKeys(text, path);
};

const readText = async (path: string): Promise<string | null> => {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    return absentOrThrow(path, cause);
  }
};

/** A file that is not there is none; one that cannot be looked at is no open door. */
const absentOrThrow = (path: string, cause: unknown): null => {
  if (['ENOENT', 'ENOTDIR'].includes((cause as NodeJS.ErrnoException).code ?? '')) return null;
  throw new HypersceneError('UNREADABLE_FILE', 'the keys cannot be read', { at: path, cause });
};

const parseKeys = (text: string, path: string): readonly ApiKey[] => {
  try {
    const { keys } = fileShape.parse(JSON.parse(text));
    const names = new Set(keys.map(({ name }) => name));
    if (names.size < keys.length) throw new TypeError('two keys of one name');
    return keys;
  } catch (cause) {
    const came = cause instanceof z.ZodError ? z.prettifyError(cause).replaceAll('\n', ' ') : String(cause);
    throw new HypersceneError('BAD_KEY_FILE', 'the file of keys is damaged', {
      expected: 'what `hyperscene key create` writes',
      came,
      at: path,
    });
  }
};

/** In one go, so that a server that reads it meanwhile sees the old keys or the new. Only its owner may read it. */
export const writeKeyFile = (path: string, keys: readonly ApiKey[]): Promise<void> =>
  writeFileAtomic(path, `${JSON.stringify({ keys }, null, 2)}\n`, { mode: 0o600 });

/** By what a file that changed is known; null where there is none. @throws HypersceneError UNREADABLE_FILE */
export const keyFileStamp = async (path: string): Promise<string | null> => {
  const found = await stat(path).catch((cause: unknown) => absentOrThrow(path, cause));
  return found === null ? null : `${found.ino} ${found.size} ${found.mtimeMs}`;
};
