import type { Readable, Writable } from 'node:stream';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { Ask } from './ask.ts';
import { createMcpServer, type McpLogger } from './create-server.ts';

/** Bytes of the longest message: 4 MiB of text whose Cyrillic letters stand as `\uXXXX`, 6 bytes for 2. */
const MESSAGE_BYTES_MAX = 16 * 2 ** 20;

export interface StdioOptions {
  readonly ask: Ask;
  readonly version: string;
  readonly stdin: Readable;
  /** Nothing but the protocol's messages is written to it. */
  readonly stdout: Writable;
  /** Aborting it stops what is under way. */
  readonly signal: AbortSignal;
  readonly logger: McpLogger;
}

/**
 * Serves one client over standard input and output. Ends when the input has ended and what was asked is answered, when a
 * message is too long, or when the signal aborts; calls under way are stopped then, and have stopped when it ends.
 */
export const serveStdio = async ({ ask, version, stdin, stdout, signal, logger }: StdioOptions): Promise<void> => {
  const running = new Running();
  const server = createMcpServer({ ask: running.counted(ask), version, logger });
  const ended = new Promise<void>((resolve) => {
    stdin.once('end', () => void running.settled().then(resolve));
    stdin.once('close', () => void running.settled().then(resolve));
    server.server.onclose = resolve;
    signal.addEventListener('abort', () => resolve(), { once: true });
    if (signal.aborted) resolve();
  });
  await server.connect(new StdioServerTransport(stdin, stdout, { maxBufferSize: MESSAGE_BYTES_MAX }));
  await ended;
  await server.close();
  await running.settled();
};

/** What is under way. */
class Running {
  readonly #asked = new Set<Promise<unknown>>();

  counted(ask: Ask): Ask {
    return (...asked) => {
      const answer = ask(...asked);
      this.#asked.add(answer);
      const done = (): void => void this.#asked.delete(answer);
      answer.then(done, done);
      return answer;
    };
  }

  /** Resolves when nothing is, and what was answered last has been written. */
  async settled(): Promise<void> {
    await turn();
    while (this.#asked.size > 0) {
      await Promise.allSettled(this.#asked);
      await turn();
    }
  }
}

/** What came in one piece is handled, from parsing to the first question or the last written line, in promises alone. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
