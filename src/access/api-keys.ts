import { HypersceneError } from '../errors.ts';
import { type ApiKey, hashSecret, keyFileStamp, readKeyFile } from './key-file.ts';
import { type Principal, withIncluded } from './principal.ts';

/** ms. For so long a key that was revoked is still taken. */
const STALE_MS = 2000;
/** Stamp of a file that cannot be looked at. */
const UNKNOWN = 'unknown';

/** The keys of a file, read again when it changes, so that one is revoked without a restart. */
export interface ApiKeys {
  /** @throws HypersceneError UNAUTHENTICATED; BAD_KEY_FILE, UNREADABLE_FILE for a file that was damaged meanwhile */
  find(secret: string): Promise<Principal>;
}

/**
 * @param now ms since 1970
 * @throws HypersceneError BAD_KEY_FILE, UNREADABLE_FILE
 */
export const openApiKeys = async (path: string, now: () => number = Date.now): Promise<ApiKeys> => {
  let stamp = await keyFileStamp(path);
  let current = load(path);
  await current;
  let checked = now();
  const refresh = async (): Promise<void> => {
    if (now() - checked < STALE_MS) return;
    checked = now();
    const changed = await keyFileStamp(path).catch(() => UNKNOWN);
    if (changed === stamp && changed !== UNKNOWN) return;
    stamp = changed;
    // A file that is gone holds no key, and a damaged one, or one that cannot be read, none that can be known: to take the old
    // ones would undo whoever revoked one.
    current = load(path);
    current.catch(() => undefined);
  };
  return {
    find: async (secret) => {
      await refresh();
      const key = (await current).get(hashSecret(secret));
      if (key === undefined) throw new HypersceneError('UNAUTHENTICATED', 'no such key');
      if (key.expires !== null && Date.parse(key.expires) <= now())
        throw new HypersceneError('UNAUTHENTICATED', `the key ${key.name} has expired`, { came: key.expires });
      return { id: `key:${key.name}`, workspace: key.workspace, scopes: withIncluded(key.scopes) };
    },
  };
};

const load = async (path: string): Promise<ReadonlyMap<string, ApiKey>> =>
  new Map(((await readKeyFile(path)) ?? []).map((key) => [key.sha256, key]));
