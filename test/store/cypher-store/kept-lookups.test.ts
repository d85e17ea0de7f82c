import { keptLookups } from '../../../src/store/cypher-store/kept-lookups.ts';

it('keeps what was found until the engine writes, and what is found late is put where nobody looks', () => {
  let generation = 0;
  const lookups = keptLookups({ generation: () => generation });
  lookups().counts.set('царь', 3);
  expect(lookups().counts.get('царь')).toBe(3);
  const before = lookups();
  generation += 1;
  before.counts.set('the prince', 5);
  expect([...lookups().counts]).toEqual([]);
});

it('begins anew when it has kept as much as it may', () => {
  const lookups = keptLookups({ generation: () => 0 }, 2);
  for (const [i, word] of ['царь', 'царя', 'prince'].entries()) lookups().counts.set(word, i);
  expect(lookups().counts.size).toBe(0);
});

it('keeps nothing where others may write', () => {
  const lookups = keptLookups({ generation: () => null });
  lookups().scenes.set('царь', []);
  expect(lookups().scenes.size).toBe(0);
});
