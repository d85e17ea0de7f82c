import { SECOND, type SettingReader } from './setting-reader.ts';

/** How language models reach the graph. */
export interface McpConfig {
  /** Whether the server offers `/mcp`. */
  readonly served: boolean;
  readonly sessionsMax: number;
  /** ms without a request, after which a session ends. */
  readonly idleTimeout: number;
  /** The running server that `mcp` asks; null: the graph itself, or the server that has it open. */
  readonly url: string | null;
  /** What it shows to that server; null for nothing. */
  readonly key: string | null;
}

export const readMcp = (read: SettingReader): McpConfig =>
  Object.freeze({
    served: read('mcp'),
    sessionsMax: read('mcpSessionsMax'),
    idleTimeout: read('mcpIdleTimeout') * SECOND,
    url: read('serverUrl'),
    key: read('serverKey') || null,
  });
