import { setImmediate } from 'node:timers/promises';
import { SpentResults } from '../../../src/store/embedded/spent-results.ts';

/** What a test holds stays; what a function has left does not. */
const left = (): WeakRef<object> => new WeakRef({ rows: [] });

it('are let go of after 400,000 values, and not for every answer', async () => {
  const spent = new SpentResults();
  const result = left();
  await setImmediate();
  spent.add(399_999);
  spent.collect();
  expect(result.deref()).toBeDefined();
  await setImmediate();
  spent.add(1);
  spent.collect();
  expect(result.deref()).toBeUndefined();
});
