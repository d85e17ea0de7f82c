import fc from 'fast-check';
import type { Facet } from '../../src/scene/facet.ts';
import { ARCHETYPES, ATMOSPHERES, TENSIONS } from '../../src/scene/inventory.ts';
import { corpusName, documentName } from '../../src/scene/name.ts';
import { documentId, LANGUAGES, type Scene, sceneId } from '../../src/scene/scene.ts';

const DOCUMENT = documentId(corpusName('corpus'), documentName('document'));

const anyFacet = (key: fc.Arbitrary<string>, length: number): fc.Arbitrary<Facet> =>
  fc.record({
    key,
    start: fc.constant(0),
    end: fc.constant(length),
    confidence: fc.double({ min: 0, max: 1, noNaN: true }),
    by: fc.constantFrom('word', 'grammar', 'rule'),
  });

const word = fc.string({ unit: fc.constantFrom(...'абвгдежзabcdefg'), minLength: 1, maxLength: 8 });

/** A scene of any text, with any facets. */
export const anyScene: fc.Arbitrary<Scene> = fc
  .tuple(
    fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => text.trim() === text),
    fc.nat(1e6),
  )
  .chain(([text, position]) =>
    fc.record({
      id: fc.constant(sceneId(DOCUMENT, text, 0)),
      position: fc.constant(position),
      kind: fc.constantFrom('scene' as const, 'half' as const),
      start: fc.constant(0),
      end: fc.constant(text.length),
      text: fc.constant(text),
      lang: fc.constantFrom(...LANGUAGES),
      agent: fc.option(anyFacet(word, text.length).map((facet) => ({ ...facet, entity: facet.key }))),
      tension: fc.option(anyFacet(fc.constantFrom(...Object.keys(TENSIONS)), text.length)),
      context: fc.uniqueArray(anyFacet(word, text.length), { maxLength: 3, selector: ({ key }) => key }),
      atmosphere: fc.option(anyFacet(fc.constantFrom(...Object.keys(ATMOSPHERES)), text.length)),
      archetype: fc.option(anyFacet(fc.constantFrom(...Object.keys(ARCHETYPES)), text.length)),
    }),
  );
