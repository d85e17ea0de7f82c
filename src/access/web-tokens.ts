import { readFile } from 'node:fs/promises';
import { createLocalJWKSet, createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { HypersceneError } from '../errors.ts';
import { type WorkspaceName, workspaceName } from '../scene/name.ts';
import { isScope, type Principal, type Scope, withIncluded } from './principal.ts';

export interface WebTokenConfig {
  /** An address, or the absolute path of a file, that holds a JSON Web Key Set. */
  readonly keySet: URL | string;
  readonly issuer: string;
  readonly audience: string;
  /** The claim that names the workspace. */
  readonly workspaceClaim: string;
}

/** JSON Web Tokens of another system (RFC 7519), signed with a key of its set (RFC 7517). */
export interface WebTokens {
  /** @throws HypersceneError UNAUTHENTICATED, KEY_SET_UNREACHABLE */
  verify(token: string): Promise<Principal>;
}

/** Public keys only: with a shared secret whoever can check a token could make one. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
/** Seconds by which two machines' clocks may differ. */
const CLOCK_TOLERANCE = 30;

/** @throws HypersceneError BAD_CONFIG for a file that is no key set */
export const openWebTokens = async (config: WebTokenConfig): Promise<WebTokens> => {
  const keys = await openKeySet(config.keySet);
  const { issuer, audience } = config;
  const options = {
    issuer,
    audience,
    algorithms: ALGORITHMS,
    clockTolerance: CLOCK_TOLERANCE,
    requiredClaims: ['exp', 'sub'],
  };
  return {
    verify: async (token) => {
      try {
        const { payload } = await jwtVerify(token, keys, options);
        return principalOf(payload, config.workspaceClaim);
      } catch (error) {
        throw asRefusal(error);
      }
    },
  };
};

const openKeySet = async (keySet: URL | string): Promise<JWTVerifyGetKey> => {
  if (keySet instanceof URL) return createRemoteJWKSet(keySet);
  try {
    return createLocalJWKSet(JSON.parse(await readFile(keySet, 'utf8')));
  } catch (cause) {
    throw new HypersceneError('BAD_CONFIG', 'bad HYPERSCENE_JWKS', {
      expected: 'an address or a file that holds a JSON Web Key Set',
      came: JSON.stringify(keySet),
      cause,
    });
  }
};

const principalOf = (payload: JWTPayload, workspaceClaim: string): Principal => ({
  id: `token:${payload.iss}|${payload.sub}`,
  workspace: workspaceOf(payload[workspaceClaim], workspaceClaim),
  scopes: withIncluded(scopesOf(payload)),
});

const workspaceOf = (claim: unknown, name: string): WorkspaceName => {
  if (typeof claim !== 'string')
    throw new HypersceneError('UNAUTHENTICATED', 'the token names no workspace', { expected: `a claim ${name}` });
  return workspaceName(claim);
};

/** `scope` as words (RFC 8693) or a list; `hyperscene:read` counts as `read`, since one server of tokens knows many services. */
const scopesOf = ({ scope, scp }: JWTPayload): readonly Scope[] => {
  const claim = scope ?? scp;
  const words = typeof claim === 'string' ? claim.split(' ') : Array.isArray(claim) ? claim.map(String) : [];
  return words.map((word) => word.replace(/^hyperscene:/u, '')).filter(isScope);
};

/** Of what a stranger sent nothing comes back. */
const asRefusal = (error: unknown): HypersceneError => {
  if (error instanceof HypersceneError && error.code === 'UNAUTHENTICATED') return error;
  if (error instanceof errors.JWTExpired) return new HypersceneError('UNAUTHENTICATED', 'the token has expired');
  if (error instanceof errors.JWTClaimValidationFailed)
    return new HypersceneError('UNAUTHENTICATED', `the token's claim ${error.claim} does not fit`);
  if (!isRefused(error))
    return new HypersceneError('KEY_SET_UNREACHABLE', 'the keys of tokens cannot be fetched', { cause: error });
  return new HypersceneError('UNAUTHENTICATED', 'the token is not valid');
};

/** What of jose's own codes is the fault of the server of keys; what is no error of jose is of the network. */
const KEY_SET_FAULTS = ['ERR_JOSE_GENERIC', 'ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID'];

const isRefused = (error: unknown): boolean =>
  error instanceof HypersceneError || (error instanceof errors.JOSEError && !KEY_SET_FAULTS.includes(error.code));
