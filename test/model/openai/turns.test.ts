import { Turns } from '../../../src/model/openai/turns.ts';

const never = new AbortController().signal;

test('turns go round among clients, and what one asks keeps its order', async () => {
  const turns = new Turns(1, 10);
  const order: string[] = [];
  const ask = async (client: string, name: string) => {
    const turn = await turns.take(client, never);
    order.push(name);
    await Promise.resolve();
    turn.end();
    turn.end();
  };
  await Promise.all([ask('a', 'a1'), ask('a', 'a2'), ask('a', 'a3'), ask('b', 'b1'), ask('b', 'b2'), ask('c', 'c1')]);
  expect(order).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'b2']);
  expect(turns).toMatchObject({ running: 0, waiting: 0 });
});

test('so many run at once, so many wait, and the next one is told so', async () => {
  const turns = new Turns(2, 1);
  const [first] = await Promise.all([turns.take('a', never), turns.take('a', never)]);
  const third = turns.take('a', never);
  await expect(turns.take('b', never)).rejects.toMatchObject({ code: 'MODEL_BUSY', details: { retryAfter: 1 } });
  expect(turns).toMatchObject({ running: 2, waiting: 1 });
  first.end();
  await third;
  expect(turns).toMatchObject({ running: 2, waiting: 0 });
});

test('who leaves while waiting leaves its place', async () => {
  const turns = new Turns(1, 10);
  const running = await turns.take('a', never);
  const leaving = new AbortController();
  const left = turns.take('b', leaving.signal);
  const staying = turns.take('b', never);
  leaving.abort();
  await expect(left).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(turns.waiting).toBe(1);
  running.end();
  (await staying).end();
  expect(turns).toMatchObject({ running: 0, waiting: 0 });
  await expect(turns.take('a', leaving.signal)).rejects.toMatchObject({ code: 'CANCELLED' });
});
