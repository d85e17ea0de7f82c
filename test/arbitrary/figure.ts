import fc from 'fast-check';
import { type Figure, NONE } from '../../src/scene/figure.ts';
import {
  ARCHETYPES,
  type ArchetypeKey,
  ATMOSPHERES,
  type AtmosphereKey,
  TENSIONS,
  type TensionKey,
} from '../../src/scene/inventory.ts';

export const anyFigure: fc.Arbitrary<Figure> = fc.record({
  archetype: fc.constantFrom(NONE, ...(Object.keys(ARCHETYPES) as ArchetypeKey[])),
  atmosphere: fc.constantFrom(NONE, ...(Object.keys(ATMOSPHERES) as AtmosphereKey[])),
  tension: fc.constantFrom(NONE, ...(Object.keys(TENSIONS) as TensionKey[])),
});
