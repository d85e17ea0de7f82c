import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { RequestOptions } from '@modelcontextprotocol/sdk/shared/protocol.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { bearer } from '../server/keys.ts';

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of tools they have just called
export type Output = any;

export interface Called {
  readonly text: string;
  readonly output: Output;
  readonly isError: boolean;
}

/** The SDK's own client, which checks what comes against the tool's output schema. */
export interface TestClient {
  readonly client: Client;
  call(tool: string, given?: Record<string, unknown>, options?: RequestOptions): Promise<Called>;
  close(): Promise<void>;
}

const connect = async (transport: Transport, end: () => Promise<void>): Promise<TestClient> => {
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(transport);
  return {
    client,
    call: async (name, given = {}, options = {}) => {
      const result = await client.callTool({ name, arguments: given }, undefined, options);
      const [content] = result.content as readonly { readonly type: string; readonly text: string }[];
      if (content?.type !== 'text') throw new TypeError('a tool that answers no text');
      return { text: content.text, output: result.structuredContent, isError: result.isError === true };
    },
    close: async () => {
      await end();
      await client.close();
    },
  };
};

/** Over Streamable HTTP; closing ends the session. */
export const connectHttp = (url: string, key?: string): Promise<TestClient> => {
  const options = key === undefined ? {} : { requestInit: { headers: bearer(key) } };
  const transport = new StreamableHTTPClientTransport(new URL('/mcp', url), options);
  // The SDK's declarations do not hold under exactOptionalPropertyTypes.
  return connect(transport as Transport, () => transport.terminateSession());
};

export interface StdioClient extends TestClient {
  /** What came on standard error. */
  readonly stderr: () => string;
}

/** A process of the real command line. */
export const connectStdio = async (
  launcher: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<StdioClient> => {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [launcher, 'mcp', ...args],
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stderr: 'pipe',
  });
  let stderr = '';
  transport.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk.toString('utf8');
  });
  const connected = await connect(transport, async () => {});
  return { ...connected, stderr: () => stderr };
};
