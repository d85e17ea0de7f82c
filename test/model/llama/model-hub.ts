import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HubFile {
  readonly body: Buffer;
  /** What the hub says of it; else what is so. */
  readonly says?: { readonly sha256?: string; readonly size?: number };
}

/** What goes wrong, each once, in this order, with the requests for bytes. */
export type Fault =
  | { readonly kind: 'cut'; readonly after: number }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'whole' };

export interface ModelHub {
  readonly url: string;
  /** By `OWNER/REPO/resolve/REVISION/FILE`. */
  readonly files: Map<string, HubFile>;
  readonly faults: Fault[];
  /** `METHOD server path`, with range and authorization where they were sent. */
  readonly requests: string[];
  /** What the hub answers in place of redirecting. */
  answer: ((request: IncomingMessage, response: ServerResponse) => void) | null;
  close(): Promise<void>;
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Two servers, as Hugging Face has: the hub knows the files and redirects to a storage that has their bytes. */
export const startModelHub = async (): Promise<ModelHub> => {
  const files = new Map<string, HubFile>();
  const faults: Fault[] = [];
  const requests: string[] = [];
  const note = (server: string, { method, url, headers }: IncomingMessage): void => {
    const told = [headers.range, headers.authorization].filter((header) => header !== undefined);
    requests.push([method, server, url?.split('?')[0], ...told].join(' '));
  };
  const storage = createServer((request, response) => {
    note('storage', request);
    const file = files.get(pathOf(request));
    if (file === undefined) return void response.writeHead(404).end();
    const fault = request.method === 'GET' ? faults.shift() : undefined;
    send(request, response, file.body, fault);
  });
  const hub: ModelHub = {
    url: '',
    files,
    faults,
    requests,
    answer: null,
    close: async () => {
      await Promise.all([front, storage].map(stop));
    },
  };
  const front = createServer((request, response) => {
    note('hub', request);
    if (hub.answer !== null) return hub.answer(request, response);
    const file = files.get(pathOf(request));
    if (file === undefined) return void response.writeHead(404).end('Entry not found');
    response.writeHead(302, {
      location: `http://127.0.0.1:${portOf(storage)}${request.url}?signature=geheim`,
      'x-linked-etag': `"${file.says?.sha256 ?? sha256(file.body)}"`,
      'x-linked-size': String(file.says?.size ?? file.body.length),
    });
    response.end();
  });
  await Promise.all([front, storage].map(listen));
  return Object.assign(hub, { url: `http://127.0.0.1:${portOf(front)}` });
};

const pathOf = ({ url }: IncomingMessage): string => decodeURIComponent((url ?? '').split('?')[0] ?? '').slice(1);

const send = (request: IncomingMessage, response: ServerResponse, body: Buffer, fault: Fault | undefined): void => {
  if (fault?.kind === 'status') return void response.writeHead(fault.status).end();
  const from = fault?.kind === 'whole' ? 0 : Number(/^bytes=(\d+)-$/u.exec(request.headers.range ?? '')?.[1] ?? 0);
  if (from > 0 && from >= body.length) return void response.writeHead(416).end();
  const rest = body.subarray(from);
  const range = from === 0 ? {} : { 'content-range': `bytes ${from}-${body.length - 1}/${body.length}` };
  response.writeHead(from === 0 ? 200 : 206, { 'content-length': rest.length, ...range });
  if (request.method === 'HEAD') return void response.end();
  if (fault?.kind !== 'cut') return void response.end(rest);
  response.write(rest.subarray(0, fault.after), () => setTimeout(() => response.destroy(), 20));
};

const listen = (server: Server): Promise<void> => new Promise((done) => server.listen(0, '127.0.0.1', done));

const stop = (server: Server): Promise<void> =>
  new Promise((done) => {
    server.close(() => done());
    server.closeAllConnections();
  });

const portOf = (server: Server): number => (server.address() as AddressInfo).port;
