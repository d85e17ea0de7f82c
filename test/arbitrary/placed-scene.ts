import fc from 'fast-check';
import type { PlacedScene } from '../../src/coupling/placed-scene.ts';
import { digestOf } from '../../src/scene/digest.ts';
import type { Facet } from '../../src/scene/facet.ts';
import type { DocumentId, SceneId } from '../../src/scene/scene.ts';

const facetOf = (...keys: readonly string[]): fc.Arbitrary<Facet> =>
  fc.record({
    key: fc.constantFrom(...keys),
    start: fc.constant(0),
    end: fc.constant(1),
    confidence: fc.double({ min: 0, max: 1, noNaN: true }),
    by: fc.constant('word' as const),
  });

const AGENTS = ['Анна', 'Вронский', 'Levin', 'he', 'я'];
const CONTEXTS = ['дверь', 'метель', 'station', 'дом', 'river', 'ночь', 'snow', 'поезд', 'garden'];

/** Scenes of a few documents in the order of the corpus, with facets that often coincide. */
export const someScenes = (max: number): fc.Arbitrary<readonly PlacedScene[]> =>
  fc
    .array(
      fc.record({
        newDocument: fc.boolean(),
        agent: fc.option(facetOf(...AGENTS).map((facet) => ({ ...facet, entity: facet.key }))),
        tension: fc.option(facetOf('fear', 'calm', 'waiting', 'joy', 'restraint', 'release')),
        context: fc.uniqueArray(facetOf(...CONTEXTS), { maxLength: 3, selector: ({ key }) => key }),
        atmosphere: fc.option(facetOf('cold', 'dark', 'silence')),
        archetype: fc.option(facetOf('threshold', 'road', 'home')),
      }),
      { maxLength: max },
    )
    .map((drafts) => {
      let document = 0;
      let position = -1;
      return drafts.map(({ newDocument, ...facets }, i) => {
        const opens = newDocument && i % 4 === 0;
        document += opens ? 1 : 0;
        position = opens ? 0 : position + 1;
        return {
          ...facets,
          id: digestOf('s', String(i)) as string as SceneId,
          document: `d${document}` as DocumentId,
          position,
        };
      });
    });

/** The same scenes in another order. */
export const shuffled = <T>(items: readonly T[]): fc.Arbitrary<readonly T[]> =>
  fc.shuffledSubarray([...items], { minLength: items.length });
