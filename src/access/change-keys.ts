import { HypersceneError } from '../errors.ts';
import type { WorkspaceName } from '../scene/name.ts';
import { type ApiKey, hashSecret, newSecret, readKeyFile, writeKeyFile } from './key-file.ts';
import type { Scope } from './principal.ts';

export interface NewKey {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly workspace: WorkspaceName;
  /** null: it stays until it is revoked. */
  readonly expires: Date | null;
}

const NAME = /^[\w.@-]{1,64}$/u;

/**
 * Adds a key to a file, which it makes.
 * @returns what the caller signs in with: kept nowhere
 * @throws HypersceneError BAD_NAME, KEY_EXISTS, BAD_KEY_FILE, UNREADABLE_FILE, UNWRITABLE_FILE
 */
export const createKey = async (path: string, { name, scopes, workspace, expires }: NewKey): Promise<string> => {
  if (!NAME.test(name))
    throw new HypersceneError('BAD_NAME', 'bad name of a key', {
      expected: '1 to 64 letters, digits, dots, dashes, underscores and @',
      came: JSON.stringify(name.slice(0, 80)),
    });
  const keys = (await readKeyFile(path)) ?? [];
  if (keys.some((key) => key.name === name))
    throw new HypersceneError('KEY_EXISTS', 'a key of this name is there already', { came: name, at: path });
  const secret = newSecret();
  const key: ApiKey = {
    name,
    sha256: hashSecret(secret),
    scopes: [...scopes],
    workspace,
    created: new Date().toISOString(),
    expires: expires?.toISOString() ?? null,
  };
  await write(path, [...keys, key]);
  return secret;
};

/** A server takes the key no more within two seconds. @throws HypersceneError KEY_NOT_FOUND and as {@link createKey} */
export const revokeKey = async (path: string, name: string): Promise<ApiKey> => {
  const keys = (await readKeyFile(path)) ?? [];
  const revoked = keys.find((key) => key.name === name);
  if (revoked === undefined)
    throw new HypersceneError('KEY_NOT_FOUND', 'no key of this name', { came: JSON.stringify(name), at: path });
  await write(
    path,
    keys.filter((key) => key !== revoked),
  );
  return revoked;
};

const write = async (path: string, keys: readonly ApiKey[]): Promise<void> => {
  try {
    await writeKeyFile(path, keys);
  } catch (cause) {
    throw new HypersceneError('UNWRITABLE_FILE', 'the keys cannot be written', {
      at: path,
      came: (cause as Error).message,
      cause,
    });
  }
};
