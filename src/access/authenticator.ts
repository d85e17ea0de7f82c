import { HypersceneError } from '../errors.ts';
import type { WorkspaceName } from '../scene/name.ts';
import { type ApiKeys, openApiKeys } from './api-keys.ts';
import type { Credentials } from './credentials.ts';
import { looksLikeKey } from './key-file.ts';
import { localPrincipal, type Principal } from './principal.ts';
import type { WebTokenConfig, WebTokens } from './web-tokens.ts';

export interface AuthenticatorConfig {
  /** Absolute path; null where there are no keys. */
  readonly keysFile: string | null;
  readonly webTokens: WebTokenConfig | null;
  /** Whose graph is reached where nobody need sign in. */
  readonly workspace: WorkspaceName;
}

/** Tells who asks. */
export interface Authenticator {
  /** Nobody need sign in: whoever reaches the port may do everything. */
  readonly isOpen: boolean;
  /** @throws HypersceneError UNAUTHENTICATED; BAD_KEY_FILE, UNREADABLE_FILE, KEY_SET_UNREACHABLE */
  authenticate(credentials: Credentials): Promise<Principal>;
}

const HOW = 'Authorization: Bearer, with a key or a token';

/** @throws HypersceneError BAD_CONFIG, BAD_KEY_FILE, UNREADABLE_FILE */
export const openAuthenticator = async ({
  keysFile,
  webTokens,
  workspace,
}: AuthenticatorConfig): Promise<Authenticator> => {
  const keys = keysFile === null ? null : await openApiKeys(keysFile);
  // Their library is loaded where tokens are taken at all.
  const tokens = webTokens === null ? null : await (await import('./web-tokens.ts')).openWebTokens(webTokens);
  if (keys === null && tokens === null) {
    const everyone = localPrincipal(workspace);
    return { isOpen: true, authenticate: async () => everyone };
  }
  return {
    isOpen: false,
    authenticate: async (credentials) => {
      switch (credentials.type) {
        case 'none':
          throw new HypersceneError('UNAUTHENTICATED', 'not signed in', { expected: HOW });
        case 'unreadable':
          throw new HypersceneError('UNAUTHENTICATED', 'credentials that cannot be read', { expected: HOW });
        case 'bearer':
          return identify(credentials.secret, keys, tokens);
      }
    },
  };
};

const identify = (secret: string, keys: ApiKeys | null, tokens: WebTokens | null): Promise<Principal> => {
  if (keys !== null && (tokens === null || looksLikeKey(secret))) return keys.find(secret);
  if (tokens !== null) return tokens.verify(secret);
  throw new HypersceneError('UNAUTHENTICATED', 'no such key');
};
