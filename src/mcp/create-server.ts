import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js';
import type { CallToolResult, RequestId, ServerNotification, ServerRequest } from '@modelcontextprotocol/sdk/types.js';
import type { Ask } from './ask.ts';
import { failure, isFault } from './failure.ts';
import { INSTRUCTIONS } from './instructions.ts';
import { addResources } from './resources.ts';
import type { Tool } from './tool.ts';
import { TOOLS } from './tools.ts';
import { Watch } from './watch.ts';

/** What is asked of a logger: pino's, or fastify's own. */
export interface McpLogger {
  /** Faults of the program. */
  error(fields: object, message: string): void;
  /** What clients did wrong, and connections that broke off. */
  debug(fields: object, message: string): void;
}

export interface McpServerOptions {
  readonly ask: Ask;
  /** The program's. */
  readonly version: string;
  readonly logger: McpLogger;
  /** A request was cancelled, and nothing will be answered to it. */
  readonly onCancelled?: (request: RequestId) => void;
}

type Extra = RequestHandlerExtra<ServerRequest, ServerNotification>;

/** The tools and resources for one client, not connected yet. */
export const createMcpServer = (options: McpServerOptions): McpServer => {
  const server = new McpServer(
    { name: 'hyperscene', title: 'Hyperscene', version: options.version },
    { instructions: INSTRUCTIONS },
  );
  server.server.onerror = (err) => options.logger.debug({ err }, 'MCP connection');
  for (const tool of TOOLS) addTool(server, tool, options);
  addResources(server, options.ask);
  return server;
};

const addTool = (server: McpServer, tool: Tool, options: McpServerOptions): void => {
  const { name, title, description, input, output, annotations } = tool;
  server.registerTool(
    name,
    { title, description, inputSchema: input, outputSchema: output, annotations: { title, ...annotations } },
    (given: unknown, extra: Extra) => call(tool, given, extra, options),
  );
};

const call = async (
  tool: Tool,
  given: unknown,
  extra: Extra,
  { ask, logger, onCancelled }: McpServerOptions,
): Promise<CallToolResult> => {
  const { signal, requestId } = extra;
  if (onCancelled !== undefined) signal.addEventListener('abort', () => onCancelled(requestId), { once: true });
  const watch = openWatch(extra);
  try {
    const { output, text } = await tool.run(given, ask, { signal, onProgress: watch?.onProgress });
    return { content: [{ type: 'text', text }], structuredContent: { ...output } };
  } catch (error) {
    if (isFault(error)) logger.error({ err: error, tool: tool.name }, 'MCP tool failed');
    return failure(error);
  } finally {
    watch?.close();
  }
};

const openWatch = ({ _meta, sendNotification }: Extra): Watch | undefined =>
  _meta?.progressToken === undefined ? undefined : new Watch({ token: _meta.progressToken, send: sendNotification });
