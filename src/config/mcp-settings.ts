import { z } from 'zod';
import { between, DAY, integer, onOff, type Setting } from './setting.ts';

const SESSIONS_CEILING = 100_000;

/** http or https, without a password, which would be printed with it. */
const serverUrl = (text: string): string | null => {
  if (text === '') return null;
  const { protocol, username, password } = new URL(text);
  z.enum(['http:', 'https:']).parse(protocol);
  z.literal('').parse(username + password);
  return text;
};

/** How language models reach the graph. */
export const MCP_SETTINGS = {
  mcp: {
    variable: 'HYPERSCENE_MCP',
    option: null,
    expected: 'on or off',
    fallback: 'on',
    about: 'whether serve offers its tools for language models at /mcp',
    secret: false,
    parse: onOff,
  },
  mcpSessionsMax: {
    variable: 'HYPERSCENE_MCP_SESSIONS_MAX',
    option: null,
    expected: between(1, SESSIONS_CEILING),
    fallback: '1000',
    about: 'sessions of /mcp at most; the one that was unused for longest gives way',
    secret: false,
    parse: integer(1, SESSIONS_CEILING),
  },
  mcpIdleTimeout: {
    variable: 'HYPERSCENE_MCP_IDLE_TIMEOUT',
    option: null,
    expected: between(1, DAY),
    fallback: '14400',
    about: 'seconds without a request after which a session of /mcp ends',
    secret: false,
    parse: integer(1, DAY),
  },
  serverUrl: {
    variable: 'HYPERSCENE_URL',
    option: '--url',
    expected: 'an address like http://127.0.0.1:4000, without a password',
    fallback: '',
    about: 'running server that mcp asks; empty opens the graph, or asks the server that has it open',
    secret: false,
    parse: serverUrl,
  },
  serverKey: {
    variable: 'HYPERSCENE_KEY',
    option: null,
    expected: 'a key of that server',
    fallback: '',
    about: 'key that mcp shows to the server that it asks',
    secret: true,
    parse: (text: string) =>
      z
        .string()
        .regex(/^[\x21-\x7e]*$/u)
        .parse(text),
  },
} as const satisfies Record<string, Setting<unknown>>;
