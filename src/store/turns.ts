import { setImmediate } from 'node:timers/promises';

/** Items worked on before other work gets its turn: some 5 ms. */
const TURN = 2000;

/** Calls `act` for each item in order, without keeping the event loop from anything else for long. */
export const inTurns = async <T>(items: Iterable<T>, act: (item: T) => void): Promise<void> => {
  let count = 0;
  for (const item of items) {
    act(item);
    if (++count % TURN === 0) await setImmediate();
  }
};
