import fc from 'fast-check';
import type { LabelledGraph } from '../../../bench/compression/labelled-graph.ts';

/** Of few figures, agents and labels, so that much of it recurs. */
export const someGraph = (): fc.Arbitrary<LabelledGraph> =>
  fc.nat(40).chain((scenes) =>
    fc
      .record({
        figureOf: column(scenes, 3),
        agentOf: column(scenes, 2),
        edges: fc.uniqueArray(fc.tuple(fc.nat(Math.max(0, scenes - 1)), fc.integer({ min: 1, max: 5 }), fc.nat(1)), {
          maxLength: scenes * 2,
          selector: ([x, gap]) => `${x} ${gap}`,
        }),
      })
      .map(({ figureOf, agentOf, edges }) => ({
        figures: 4,
        agents: 2,
        labels: 2,
        figureOf,
        agentOf,
        edges: edges
          .map(([x, gap, label]) => ({ x, y: x + gap, label }))
          .filter(({ y }) => y < scenes)
          .toSorted((one, other) => one.x - other.x || one.y - other.y),
      })),
  );

const column = (length: number, most: number): fc.Arbitrary<readonly number[]> =>
  fc.array(fc.nat(most), { minLength: length, maxLength: length });
