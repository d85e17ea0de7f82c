import { parentPort } from 'node:worker_threads';
import { HypersceneError, toErrorMessage } from '../../errors.ts';
import { GrafeoSession } from './grafeo-session.ts';
import { type Request, type Response, type RowSlice, SLICE_ROWS, SLICE_UNITS } from './protocol.ts';

/** Rows that wait to be asked for. */
interface Remainder {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
  from: number;
}

const port = parentPort;
let session: GrafeoSession | null = null;
const remainders = new Map<number, Remainder>();

const current = (): GrafeoSession => {
  if (session === null) throw new HypersceneError('STORE_CLOSED', 'the store is closed');
  return session;
};

const unitsOf = (row: readonly unknown[]): number =>
  row.reduce<number>((sum, value) => sum + (typeof value === 'string' ? value.length : 8), 0);

const nextSlice = (answer: number, remainder: Remainder): RowSlice => {
  const { columns, rows, from } = remainder;
  let to = from;
  for (let units = 0; to < rows.length && to - from < SLICE_ROWS && units < SLICE_UNITS; to++)
    units += unitsOf(rows[to] ?? []);
  remainder.from = to;
  const more = to < rows.length;
  if (more) remainders.set(answer, remainder);
  else remainders.delete(answer);
  return { columns, rows: rows.slice(from, to), more };
};

const perform = async (request: Request): Promise<RowSlice | null> => {
  switch (request.type) {
    case 'open':
      session = GrafeoSession.open(request.path);
      return null;
    case 'run': {
      const { id, transaction, last } = request;
      const running = current().run(transaction, request, request.parameters);
      if (last && transaction !== null) void current().rollback(transaction);
      const result = await running;
      return nextSlice(id, { columns: result.columns, rows: result.rows(), from: 0 });
    }
    case 'more': {
      const remainder = remainders.get(request.answer);
      if (remainder === undefined)
        throw new HypersceneError('INTERNAL', 'no rows wait', { came: String(request.answer) });
      return nextSlice(request.answer, remainder);
    }
    case 'commit':
      await current().commit(request.transaction);
      return null;
    case 'forget':
    case 'rollback':
      await session?.rollback(request.transaction);
      return null;
    case 'close':
      await session?.close();
      session = null;
      return null;
  }
};

const answer = (response: Response): void => port?.postMessage(response);

port?.on('message', (requests: readonly Request[]) => {
  for (const request of requests)
    perform(request).then(
      (value) => request.type !== 'forget' && answer({ id: request.id, ok: true, value }),
      (error: unknown) => answer({ id: request.id, ok: false, error: toErrorMessage(error) }),
    );
});
