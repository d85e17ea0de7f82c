import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Authenticator, openAuthenticator } from '../../src/access/authenticator.ts';
import { createKey } from '../../src/access/change-keys.ts';
import { SCOPES, type Scope } from '../../src/access/principal.ts';
import { DEFAULT_WORKSPACE, workspaceName } from '../../src/scene/name.ts';

/** A key for each scope of the default workspace, and one that may do all in another. */
export type Keys = Readonly<Record<Scope | 'elsewhere', string>>;

export interface KeyRing {
  readonly path: string;
  readonly keys: Keys;
  readonly authenticator: Authenticator;
  remove(): void;
}

export const openKeyRing = async (): Promise<KeyRing> => {
  const folder = mkdtempSync(join(tmpdir(), 'hyperscene-keys-'));
  const path = join(folder, 'keys.json');
  const keys = { read: '', write: '', admin: '', elsewhere: '' };
  for (const scope of SCOPES)
    keys[scope] = await createKey(path, { name: scope, scopes: [scope], workspace: DEFAULT_WORKSPACE, expires: null });
  const workspace = workspaceName('elsewhere');
  keys.elsewhere = await createKey(path, { name: 'elsewhere', scopes: ['admin'], workspace, expires: null });
  const authenticator = await openAuthenticator({ keysFile: path, webTokens: null, workspace: DEFAULT_WORKSPACE });
  return { path, keys, authenticator, remove: () => rmSync(folder, { recursive: true }) };
};

export const bearer = (key: string): { readonly authorization: string } => ({ authorization: `Bearer ${key}` });
