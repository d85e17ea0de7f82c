import fc from 'fast-check';
import { LoadTree } from '../../../bench/scale/load-tree.ts';

it('knows the emptiest as a search through all loads does, while shards are added', () => {
  const anySteps = fc.array(
    fc.record({ shard: fc.nat(40), scenes: fc.integer({ min: -50, max: 100 }), opens: fc.boolean() }),
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), anySteps, (shards, steps) => {
      const tree = new LoadTree(shards);
      const loads = Array.from({ length: shards }, () => 0);
      for (const { shard, scenes, opens } of steps) {
        if (opens) expect(tree.open()).toBe(loads.push(0) - 1);
        const which = shard % loads.length;
        tree.add(which, scenes);
        loads[which] = (loads[which] ?? 0) + scenes;
        expect(tree.emptiest).toBe(loads.indexOf(Math.min(...loads)));
      }
      expect([...tree.all()]).toEqual(loads);
      const more = loads.map((_, shard) => (shard * 37) % 11);
      tree.addAll(Float64Array.from(more));
      const sums = loads.map((load, shard) => load + (more[shard] ?? 0));
      expect([...tree.all()]).toEqual(sums);
      expect(tree.emptiest).toBe(sums.indexOf(Math.min(...sums)));
    }),
  );
});
