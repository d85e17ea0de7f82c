import { HypersceneError } from '../errors.ts';
import type { SettingReader } from './setting-reader.ts';
import { SETTINGS } from './settings.ts';

/** Who may ask for what, and how often. */
export interface AccessConfig {
  /** Absolute path of the file of API keys; null takes that of the data folder, where it is there. */
  readonly keysFile: string | null;
  /** What JSON Web Tokens are checked by; null where none are taken. */
  readonly webTokens: WebTokensConfig | null;
  /** Requests a minute of one caller; 0 sets no limit. */
  readonly rateLimit: number;
  /** Requests a minute of one address without a valid key. */
  readonly refusalLimit: number;
  /** Host names, with a port where it matters, besides this machine's own. */
  readonly allowedHosts: readonly string[];
  readonly introspection: boolean;
  readonly page: boolean;
  /** Open at once, of one caller. */
  readonly subscriptionsMax: number;
}

export interface WebTokensConfig {
  /** An address, or the absolute path of a file. */
  readonly keySet: URL | string;
  readonly issuer: string;
  readonly audience: string;
  readonly workspaceClaim: string;
}

export const readAccess = (read: SettingReader): AccessConfig =>
  Object.freeze({
    keysFile: read('keysFile'),
    webTokens: readWebTokens(read),
    rateLimit: read('rateLimit'),
    refusalLimit: read('refusalLimit'),
    allowedHosts: read('allowedHosts'),
    introspection: read('introspection'),
    page: read('page'),
    subscriptionsMax: read('subscriptionsMax'),
  });

/** A token that was issued for another service, or by another's issuer with the same keys, must not open this one. */
const readWebTokens = (read: SettingReader): WebTokensConfig | null => {
  const keySet = read('keySet');
  if (keySet === null) return null;
  const [issuer, audience] = [read('tokenIssuer'), read('tokenAudience')];
  if (issuer === '' || audience === '')
    throw new HypersceneError('BAD_CONFIG', `${SETTINGS.keySet.variable} alone is not enough`, {
      expected: `${SETTINGS.tokenIssuer.variable} and ${SETTINGS.tokenAudience.variable} with it`,
      came: issuer === '' ? 'no issuer' : 'no audience',
    });
  return { keySet, issuer, audience, workspaceClaim: read('workspaceClaim') };
};
