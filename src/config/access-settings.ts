import { resolve } from 'node:path';
import { z } from 'zod';
import { between, integer, onOff, type Setting } from './setting.ts';

/** A key set is fetched from a server whose answer may be trusted. */
const parseKeySet = (text: string): URL | string | null => {
  if (text === '') return null;
  if (!/^https?:/iu.test(text)) return resolve(text);
  const url = new URL(text);
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  z.literal(true).parse(url.protocol === 'https:' || isLocal);
  return url;
};

const HOST = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/iu;

const parseHosts = (text: string): readonly string[] =>
  z.array(z.string().regex(HOST)).parse(text === '' ? [] : text.toLowerCase().split(/\s*,\s*/u));

const RATE_CEILING = 1_000_000;
const SUBSCRIPTIONS_CEILING = 100_000;

/** Who may ask for what, and how often. */
export const ACCESS_SETTINGS = {
  keysFile: {
    variable: 'HYPERSCENE_KEYS_FILE',
    option: null,
    expected: 'a file that `hyperscene key create` writes',
    fallback: '',
    about: 'API keys; empty takes keys.json of the data folder, if it is there. With keys, every request needs one',
    secret: false,
    parse: (text: string) => (text === '' ? null : resolve(text)),
  },
  keySet: {
    variable: 'HYPERSCENE_JWKS',
    option: null,
    expected: 'an https address, or a file, that holds a JSON Web Key Set',
    fallback: '',
    about: 'public keys of the JSON Web Tokens that are taken in place of API keys',
    secret: false,
    parse: parseKeySet,
  },
  tokenIssuer: {
    variable: 'HYPERSCENE_JWT_ISSUER',
    option: null,
    expected: 'the `iss` of tokens',
    fallback: '',
    about: 'who must have issued a token; needed with HYPERSCENE_JWKS',
    secret: false,
    parse: (text: string) => text,
  },
  tokenAudience: {
    variable: 'HYPERSCENE_JWT_AUDIENCE',
    option: null,
    expected: 'the `aud` of tokens',
    fallback: '',
    about: 'whom a token must be meant for; needed with HYPERSCENE_JWKS',
    secret: false,
    parse: (text: string) => text,
  },
  workspaceClaim: {
    variable: 'HYPERSCENE_JWT_WORKSPACE_CLAIM',
    option: null,
    expected: 'the name of a claim',
    fallback: 'workspace',
    about: 'claim of a token that names the workspace it opens',
    secret: false,
    parse: (text: string) => z.string().min(1).parse(text),
  },
  rateLimit: {
    variable: 'HYPERSCENE_RATE_LIMIT',
    option: null,
    expected: between(0, RATE_CEILING),
    fallback: '3000',
    about:
      "requests a minute that one key, or one token's subject, may make; 0 sets no limit. Where nobody signs in there is none",
    secret: false,
    parse: integer(0, RATE_CEILING),
  },
  refusalLimit: {
    variable: 'HYPERSCENE_REFUSAL_LIMIT',
    option: null,
    expected: between(1, RATE_CEILING),
    fallback: '60',
    about: 'requests a minute with no valid key that one address may make',
    secret: false,
    parse: integer(1, RATE_CEILING),
  },
  allowedHosts: {
    variable: 'HYPERSCENE_ALLOWED_HOSTS',
    option: null,
    expected: 'host names with commas between them, with a port where it matters',
    fallback: '',
    about: "names by which the server may be reached besides this machine's own; with keys, empty allows all",
    secret: false,
    parse: parseHosts,
  },
  introspection: {
    variable: 'HYPERSCENE_INTROSPECTION',
    option: null,
    expected: 'on or off',
    fallback: 'on',
    about: 'whether the schema may be asked for',
    secret: false,
    parse: onOff,
  },
  page: {
    variable: 'HYPERSCENE_PAGE',
    option: null,
    expected: 'on or off',
    fallback: 'on',
    about: 'whether there is a page at /',
    secret: false,
    parse: onOff,
  },
  subscriptionsMax: {
    variable: 'HYPERSCENE_SUBSCRIPTIONS_MAX',
    option: null,
    expected: between(1, SUBSCRIPTIONS_CEILING),
    fallback: '1000',
    about: 'subscriptions that one key may have open at once',
    secret: false,
    parse: integer(1, SUBSCRIPTIONS_CEILING),
  },
} as const satisfies Record<string, Setting<unknown>>;
