import { HypersceneError } from '../errors.ts';
import { SECOND, type SettingReader } from './setting-reader.ts';
import { SETTINGS } from './settings.ts';

/** Where the graph is kept. */
export type StoreConfig = { readonly kind: 'embedded' } | Neo4jConfig;

export interface Neo4jConfig {
  readonly kind: 'neo4j';
  readonly uri: string;
  /** null: the user's home database. */
  readonly database: string | null;
  readonly credentials:
    | { readonly type: 'password'; readonly user: string; readonly password: string }
    | { readonly type: 'token'; readonly token: string }
    | { readonly type: 'none' };
  /** Absolute path of a PEM file. */
  readonly caFile: string | null;
  readonly poolMax: number;
  /** All in ms. */
  readonly connectTimeout: number;
  readonly readTimeout: number;
  readonly writeTimeout: number;
  readonly retryTimeout: number;
}

export const readStore = (read: SettingReader): StoreConfig => {
  if (read('store') === 'embedded') return Object.freeze({ kind: 'embedded' });
  return Object.freeze({
    kind: 'neo4j',
    uri: read('neo4jUri'),
    database: read('neo4jDatabase'),
    credentials: readCredentials(read),
    caFile: readCaFile(read),
    poolMax: read('neo4jPoolMax'),
    connectTimeout: read('neo4jConnectTimeout') * SECOND,
    readTimeout: read('neo4jReadTimeout') * SECOND,
    writeTimeout: read('neo4jWriteTimeout') * SECOND,
    retryTimeout: read('neo4jRetryTimeout') * SECOND,
  });
};

/** A server without authentication is given neither. */
const readCredentials = (read: SettingReader): Neo4jConfig['credentials'] => {
  const [token, password] = [read('neo4jToken'), read('neo4jPassword')];
  if (token !== '' && password !== '')
    throw new HypersceneError('BAD_CONFIG', 'two ways to sign in to Neo4j', {
      expected: `${SETTINGS.neo4jToken.variable} or ${SETTINGS.neo4jPassword.variable}`,
      came: 'both',
    });
  if (token !== '') return { type: 'token', token };
  return password === '' ? { type: 'none' } : { type: 'password', user: read('neo4jUser'), password };
};

const readCaFile = (read: SettingReader): string | null => {
  const file = read('neo4jCaFile');
  if (file !== null && read('neo4jUri').includes('+'))
    throw new HypersceneError('BAD_CONFIG', `${SETTINGS.neo4jCaFile.variable} does not go with this address`, {
      expected: 'neo4j:// or bolt://, which TLS is then used with all the same',
      came: read('neo4jUri'),
    });
  return file;
};
