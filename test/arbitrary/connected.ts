import type { Coupling } from '../../src/scene/coupling.ts';

/** Whether couplings among the scenes lead from each to all others. */
export const isConnected = (ids: readonly string[], couplings: readonly Coupling[]): boolean => {
  const inside = new Set(ids);
  const among = couplings.filter(({ a, b }) => inside.has(a) && inside.has(b));
  const reached = new Set(ids.slice(0, 1));
  for (let before = 0; reached.size > before; ) {
    before = reached.size;
    for (const { a, b } of among) if (reached.has(a) || reached.has(b)) reached.add(a).add(b);
  }
  return reached.size === inside.size;
};
