import { resolve } from 'node:path';
import { z } from 'zod';
import { between, DAY, HOUR, integer, type Setting } from './setting.ts';

const STORE_KINDS = ['embedded', 'neo4j'] as const;

/** A password in an address would be printed with it. */
const parseNeo4jUri = (text: string): string => {
  const { protocol, hostname, username, password } = new URL(text);
  z.enum(['neo4j:', 'neo4j+s:', 'neo4j+ssc:', 'bolt:', 'bolt+s:', 'bolt+ssc:']).parse(protocol);
  z.string().min(1).parse(hostname);
  z.literal('').parse(username + password);
  return text;
};

/** Where the graph is kept. */
export const STORE_SETTINGS = {
  store: {
    variable: 'HYPERSCENE_STORE',
    option: null,
    expected: `one of ${STORE_KINDS.join(', ')}`,
    fallback: 'embedded',
    about: 'where the graph is kept: in a file of the data folder, or on a Neo4j server',
    secret: false,
    parse: (text: string) => z.enum(STORE_KINDS).parse(text),
  },
  neo4jUri: {
    variable: 'HYPERSCENE_NEO4J_URI',
    option: null,
    expected: 'an address like neo4j://host:7687 or bolt://host:7687, with +s or +ssc for TLS and without a password',
    fallback: 'neo4j://localhost:7687',
    about: 'address of the Neo4j server or cluster',
    secret: false,
    parse: parseNeo4jUri,
  },
  neo4jDatabase: {
    variable: 'HYPERSCENE_NEO4J_DATABASE',
    option: null,
    expected: 'a name of 3 to 63 letters, digits, dots and dashes, or empty for the home database of the user',
    fallback: '',
    about: 'database on that server; empty takes the home database of the user',
    secret: false,
    parse: (text: string) =>
      text === ''
        ? null
        : z
            .string()
            .regex(/^[a-z][a-z\d.-]{2,62}$/iu)
            .parse(text),
  },
  neo4jUser: {
    variable: 'HYPERSCENE_NEO4J_USER',
    option: null,
    expected: 'a name',
    fallback: 'neo4j',
    about: 'user who signs in with the password',
    secret: false,
    parse: (text: string) => text,
  },
  neo4jPassword: {
    variable: 'HYPERSCENE_NEO4J_PASSWORD',
    option: null,
    expected: 'a password',
    fallback: '',
    about: 'password of that user',
    secret: true,
    parse: (text: string) => text,
  },
  neo4jToken: {
    variable: 'HYPERSCENE_NEO4J_TOKEN',
    option: null,
    expected: 'a token',
    fallback: '',
    about: 'token of single sign-on, in place of user and password',
    secret: true,
    parse: (text: string) => text,
  },
  neo4jCaFile: {
    variable: 'HYPERSCENE_NEO4J_CA_FILE',
    option: null,
    expected: 'a PEM file',
    fallback: '',
    about: 'certificate of the authority that signed the server, for an address without +s or +ssc',
    secret: false,
    parse: (text: string) => (text === '' ? null : resolve(text)),
  },
  neo4jPoolMax: {
    variable: 'HYPERSCENE_NEO4J_POOL_MAX',
    option: null,
    expected: between(2, 1000),
    fallback: '50',
    about: 'connections at most, to each server; a migration takes two',
    secret: false,
    parse: integer(2, 1000),
  },
  neo4jConnectTimeout: {
    variable: 'HYPERSCENE_NEO4J_CONNECT_TIMEOUT',
    option: null,
    expected: between(1, HOUR),
    fallback: '30',
    about: 'seconds to wait for a connection',
    secret: false,
    parse: integer(1, HOUR),
  },
  neo4jReadTimeout: {
    variable: 'HYPERSCENE_NEO4J_READ_TIMEOUT',
    option: null,
    expected: between(1, DAY),
    fallback: '60',
    about: 'seconds after which the server ends a read',
    secret: false,
    parse: integer(1, DAY),
  },
  neo4jWriteTimeout: {
    variable: 'HYPERSCENE_NEO4J_WRITE_TIMEOUT',
    option: null,
    expected: between(1, DAY),
    fallback: '3600',
    about: 'seconds after which the server ends a transaction that writes; a large document is one',
    secret: false,
    parse: integer(1, DAY),
  },
  neo4jRetryTimeout: {
    variable: 'HYPERSCENE_NEO4J_RETRY_TIMEOUT',
    option: null,
    expected: between(0, HOUR),
    fallback: '30',
    about: 'seconds for which a transaction that failed by chance is tried again',
    secret: false,
    parse: integer(0, HOUR),
  },
} as const satisfies Record<string, Setting<unknown>>;
