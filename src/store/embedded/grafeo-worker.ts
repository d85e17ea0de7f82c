import { parentPort } from 'node:worker_threads';
import type { QueryResult } from '@grafeo-db/js';
import { HypersceneError, toErrorMessage } from '../../errors.ts';
import { GrafeoSession } from './grafeo-session.ts';
import { type Request, type Response, type RowSlice, SLICE_UNITS, SLICE_VALUES } from './protocol.ts';
import { SpentResults } from './spent-results.ts';

/** Rows that wait to be asked for. */
interface Remainder {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
  from: number;
}

const port = parentPort;
let session: GrafeoSession | null = null;
const spent = new SpentResults();
const remainders = new Map<number, Remainder>();

const current = (): GrafeoSession => {
  if (session === null) throw new HypersceneError('STORE_CLOSED', 'the store is closed');
  return session;
};

const unitsOf = (row: readonly unknown[]): number =>
  row.reduce<number>((sum, value) => sum + (typeof value === 'string' ? value.length : 8), 0);

const nextSlice = (answer: number, remainder: Remainder): RowSlice => {
  const { columns, rows, from } = remainder;
  const most = Math.max(1, Math.floor(SLICE_VALUES / columns.length));
  let to = from;
  for (let units = 0; to < rows.length && to - from < most && units < SLICE_UNITS; to++)
    units += unitsOf(rows[to] ?? []);
  remainder.from = to;
  const more = to < rows.length;
  if (more) remainders.set(answer, remainder);
  else remainders.delete(answer);
  return { columns, rows: rows.slice(from, to), more };
};

const firstSlice = (answer: number, result: QueryResult): RowSlice => {
  const { columns } = result;
  const rows = result.rows();
  spent.add(rows.length * columns.length);
  return nextSlice(answer, { columns, rows, from: 0 });
};

const NONE: readonly RowSlice[] = [];

const perform = async (request: Request): Promise<readonly RowSlice[]> => {
  switch (request.type) {
    case 'open':
      session = GrafeoSession.open(request.path);
      return NONE;
    case 'run': {
      const { id, transaction, statement, alone, parameters } = request;
      return [firstSlice(id, await current().run(transaction, statement, alone, parameters))];
    }
    case 'look': {
      const results = await current().look(request.statements, request.parameters);
      return results.map((result, i) => firstSlice(request.id + i, result));
    }
    case 'more': {
      const remainder = remainders.get(request.answer);
      if (remainder === undefined)
        throw new HypersceneError('INTERNAL', 'no rows wait', { came: String(request.answer) });
      return [nextSlice(request.answer, remainder)];
    }
    case 'commit':
      await current().commit(request.transaction);
      return NONE;
    case 'forget':
    case 'rollback':
      await session?.rollback(request.transaction);
      return NONE;
    case 'close':
      await session?.close();
      session = null;
      return NONE;
  }
};

const answer = (response: Response): void => {
  port?.postMessage(response);
  spent.collect();
};

port?.on('message', (requests: readonly Request[]) => {
  for (const request of requests)
    perform(request).then(
      (slices) => request.type !== 'forget' && answer({ id: request.id, ok: true, slices }),
      (error: unknown) => answer({ id: request.id, ok: false, error: toErrorMessage(error) }),
    );
});
