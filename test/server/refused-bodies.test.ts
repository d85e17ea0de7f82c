import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { LIMITS } from '../api/open-api.ts';
import { serve, type TestServer } from './serve.ts';

const BYTES_MAX = 2 ** 14;

let server: TestServer;

beforeAll(async () => {
  server = await serve({ limits: { ...LIMITS, documentBytesMax: BYTES_MAX } });
});
afterAll(() => server.close());

const open = async (): Promise<Socket> => {
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
};

const head = (target: string, ...headers: readonly string[]): string =>
  [target, 'host: 127.0.0.1', ...headers, '', ''].join('\r\n');

const TARGETS = [
  ['a document', 'PUT /documents/bad/x HTTP/1.1', 'text/plain'],
  ['a GraphQL request', 'POST /graphql HTTP/1.1', 'application/json'],
] as const;

const tooLong = (target: string, type: string, bytes: number): string =>
  head(target, `content-type: ${type}`, `content-length: ${bytes}`);

const until = async (socket: Socket, wanted: RegExp): Promise<string> => {
  let heard = '';
  for await (const piece of socket.iterator({ destroyOnReturn: false })) {
    heard += String(piece);
    if (wanted.test(heard)) return heard;
  }
  throw new Error(`the connection ended after ${heard}`);
};

/** More than the kernel's buffers of a connection hold, and little enough to be read in the time that a client is given. */
const BYTES = 2 ** 25;

describe.each(TARGETS)('a body that is refused before it came whole, %s', (_, target, type) => {
  it('is read on, so that the answer arrives and the connection serves the next request', async () => {
    const socket = await open();
    socket.write(tooLong(target, type, BYTES));
    expect(await until(socket, /\r\n\r\n/u)).toMatch(/^HTTP\/1\.1 413 /u);
    for (let left = BYTES; left > 0; left -= 2 ** 20)
      if (!socket.write(Buffer.alloc(2 ** 20, 'с'))) await once(socket, 'drain');
    socket.write(head('GET /health HTTP/1.1', 'connection: close'));
    expect(await until(socket, /"status"/u)).toContain('HTTP/1.1 200 ');
    socket.destroy();
  });

  it('is not read for ever: who goes on sending loses the connection', async () => {
    const socket = await open();
    socket.write(tooLong(target, type, 2 ** 40));
    await until(socket, /^HTTP\/1\.1 413 /u);
    let isClosed = false;
    // A write that comes after the server's end is an error of the connection, and not of the test.
    socket.on('error', () => undefined);
    socket.once('close', () => {
      isClosed = true;
    });
    while (!isClosed) {
      socket.write('слово ');
      await setTimeout(20);
    }
    expect(socket.destroyed).toBe(true);
  });
});
