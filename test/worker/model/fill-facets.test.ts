import fc from 'fast-check';
import { openReader } from '../../../src/reading/read-document.ts';
import type { Reader } from '../../../src/reading/reader.ts';
import { ARCHETYPES, TENSIONS } from '../../../src/scene/inventory.ts';
import { checkKey } from '../../../src/store/indexed-key.ts';
import { facetsOf } from '../../../src/store/scene-check.ts';
import { fillFacets } from '../../../src/worker/model/fill-facets.ts';
import { anyScene } from '../../arbitrary/scene.ts';
import { CALL, end, recordingModel } from './recording-model.ts';

let reader: Reader;

beforeAll(async () => {
  reader = await openReader();
});

afterAll(() => reader.close());

test('whatever the scene and the answer: what is strong is the same, nothing becomes less sure, and a store takes what comes out', async () => {
  const property = fc.asyncProperty(
    anyScene,
    fc.constantFrom(...Object.keys(TENSIONS), 'none', 'ennui'),
    fc.constantFrom(...Object.keys(ARCHETYPES), 'none', ''),
    fc.double({ min: 0.1, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 1, noNaN: true }),
    async (scene, tension, archetype, confidenceMin, takenMin, trust) => {
      const [word = ''] = scene.text.match(/[\p{L}\p{N}]+/u) ?? [];
      const answer = {
        tension: { words: word, key: tension },
        archetype: { words: '', key: archetype },
        atmosphere: 'silence',
        agent: word,
        context: word,
      };
      const model = recordingModel({
        pieces: (_, call) => [{ kind: 'text', text: JSON.stringify(answer) }, end(call)],
      });
      const filled = await fillFacets({ reader, model, call: CALL }, scene, { confidenceMin, takenMin, trust });
      expect([...filled.filled, ...filled.none, ...filled.dropped.map(({ kind }) => kind)].toSorted()).toEqual(
        filled.asked.toSorted(),
      );
      for (const { kind, facet } of facetsOf(scene)) {
        const now = facetsOf(filled.scene).find(
          (each) => each.kind === kind && (kind !== 'context' || each.facet.key === facet.key),
        );
        if (facet.confidence >= confidenceMin) expect(now?.facet).toEqual(facet);
        else expect(now?.facet.confidence).toBeGreaterThanOrEqual(facet.confidence);
      }
      if (trust < takenMin) expect(filled.filled).toEqual([]);
      for (const { kind, facet } of facetsOf(filled.scene)) {
        checkKey(kind, facet.key);
        expect(facet.start).toBeGreaterThanOrEqual(scene.start);
        expect(facet.end).toBeLessThanOrEqual(scene.end);
      }
      const contexts = filled.scene.context.map(({ key }) => key);
      expect(new Set(contexts).size).toBe(contexts.length);
    },
  );
  await fc.assert(property, { numRuns: 60 });
});
