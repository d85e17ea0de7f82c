import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import { isInitializeRequest } from '@modelcontextprotocol/sdk/types.js';
import type { Ask } from './ask.ts';
import { createMcpServer, type McpServerOptions } from './create-server.ts';
import { rpcError } from './rpc-error.ts';

export interface SessionsOptions extends Pick<McpServerOptions, 'version' | 'logger'> {
  /** Sessions at most. */
  readonly sessionsMax: number;
  /** ms without a request, after which a session ends. */
  readonly idleTimeout: number;
}

export interface SessionRequest {
  readonly request: Request;
  /** Parsed already; undefined where there is none. */
  readonly body: unknown;
  /** Who asks: a session answers only to who began it. */
  readonly owner: string;
  /** With the rights of this very request. */
  readonly ask: Ask;
  /** Calls back when the answer has gone out, or nobody waits for it any more. */
  readonly onEnd: (ended: () => void) => void;
}

interface Session {
  readonly server: McpServer;
  readonly transport: WebStandardStreamableHTTPServerTransport;
  readonly owner: string;
  /** Requests that are not answered yet. */
  open: number;
  /** When the last one was. */
  usedAt: number;
}

/**
 * The clients of Streamable HTTP. Sessions, and not a server for each request, since a cancellation is a request of its own
 * that has to find the call it stops.
 */
export class HttpSessions {
  readonly #options: SessionsOptions;
  readonly #sessions = new Map<string, Session>();
  readonly #asking = new AsyncLocalStorage<Ask>();
  readonly #timer: NodeJS.Timeout;
  #closing = false;
  /** Sessions that have no id yet. */
  #beginning = 0;

  constructor(options: SessionsOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.#endIdle(), Math.min(options.idleTimeout, SWEEP_MS)).unref();
  }

  get size(): number {
    return this.#sessions.size;
  }

  async handle(asked: SessionRequest): Promise<Response> {
    const id = asked.request.headers.get('mcp-session-id');
    if (id !== null) return this.#resume(id, asked);
    // A client that comes by POST with anything else is told by the transport what it lacks.
    if (asked.request.method === 'POST' && isInitializeRequest(asked.body)) return this.#begin(asked);
    return rpcError(400, -32000, 'Bad Request: Mcp-Session-Id header is required');
  }

  /** Takes no new session, and ends each one as soon as its requests are answered. */
  drain(): void {
    this.#closing = true;
    clearInterval(this.#timer);
    for (const session of this.#sessions.values()) this.#endIfUnused(session);
  }

  /** Ends all, and stops what is under way. */
  async close(): Promise<void> {
    this.drain();
    await Promise.all([...this.#sessions.values()].map(({ server }) => server.close()));
  }

  async #resume(id: string, asked: SessionRequest): Promise<Response> {
    const session = this.#sessions.get(id);
    // Whose session it is, is nobody else's business.
    if (session === undefined || session.owner !== asked.owner) return rpcError(404, -32001, 'Session not found');
    return this.#pass(session, asked);
  }

  async #begin(asked: SessionRequest): Promise<Response> {
    if (this.#closing) return rpcError(503, -32000, 'the server stops');
    const { sessionsMax } = this.#options;
    if (this.#sessions.size + this.#beginning >= sessionsMax && !this.#endLongestUnused())
      return rpcError(503, -32000, `too many sessions; expected at most ${sessionsMax} at once`);
    this.#beginning += 1;
    try {
      return await this.#pass(await this.#open(asked.owner), asked);
    } finally {
      this.#beginning -= 1;
    }
  }

  async #open(owner: string): Promise<Session> {
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => void this.#sessions.set(id, session),
    });
    const server = createMcpServer({
      ...this.#options,
      ask: (...asked) => this.#ask(...asked),
      // Nothing will come any more, and the protocol leaves the stream open.
      onCancelled: (request) => transport.closeSSEStream(request),
    });
    const session: Session = { server, transport, owner, open: 0, usedAt: performance.now() };
    await server.connect(transport);
    server.server.onclose = () => {
      if (transport.sessionId !== undefined) this.#sessions.delete(transport.sessionId);
    };
    return session;
  }

  async #pass(session: Session, { request, body, ask, onEnd }: SessionRequest): Promise<Response> {
    session.open += 1;
    onEnd(() => {
      session.open -= 1;
      session.usedAt = performance.now();
      if (this.#closing) this.#endIfUnused(session);
    });
    return this.#asking.run(ask, () => session.transport.handleRequest(request, { parsedBody: body }));
  }

  readonly #ask: Ask = (...asked) => {
    const ask = this.#asking.getStore();
    if (ask === undefined) throw new TypeError('a tool was called outside of any request');
    return ask(...asked);
  };

  #endIfUnused(session: Session): void {
    if (session.open === 0) void session.server.close();
  }

  #endIdle(): void {
    const now = performance.now();
    for (const session of this.#sessions.values())
      if (now - session.usedAt >= this.#options.idleTimeout) this.#endIfUnused(session);
  }

  /** Its client begins a new one when it comes back. Says whether there was one. */
  #endLongestUnused(): boolean {
    const unused = [...this.#sessions.values()].filter(({ open }) => open === 0);
    const longest = unused.sort((a, b) => a.usedAt - b.usedAt)[0];
    if (longest === undefined) return false;
    void longest.server.close();
    return true;
  }
}

/** ms between two looks for sessions that are idle for too long. */
const SWEEP_MS = 60_000;
