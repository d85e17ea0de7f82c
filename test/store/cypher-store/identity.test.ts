import fc from 'fast-check';
import { corpusName, workspaceName } from '../../../src/scene/name.ts';
import type { SceneId } from '../../../src/scene/scene.ts';
import { BUCKETS, bucketOf, identityOf } from '../../../src/store/cypher-store/identity.ts';

const name = fc.string({ unit: fc.constantFrom('a', 'б', '/', '%', '2', 'F', 'f', '5'), minLength: 1, maxLength: 5 });

it('gives no key to two corpora or facets, whatever their names hold', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.tuple(name, name, name), { selector: (parts) => JSON.stringify(parts) }), (all) => {
      const keys = all.map(([workspace, corpus, key]) =>
        identityOf(workspaceName(workspace)).facet(corpusName(corpus), 'agent', key),
      );
      expect(new Set(keys).size).toBe(all.length);
    }),
  );
});

it('begins every key with the workspace', () => {
  const identity = identityOf(workspaceName('мои/тексты'));
  const id = 'ab' as never;
  const keys = [
    identity.corpus(id),
    identity.document(id),
    identity.chunk(id, 1, 2),
    identity.scene(id),
    identity.place(id, 3),
    identity.bucket(id, 4),
    identity.facet(id, 'agent', 'он'),
    identity.hypertoken(5 as never),
    identity.digest('ab'),
    identity.occurrence({ code: 5 as never, ordinal: 6 }),
    identity.layer(id, 1),
    identity.shelf(id, 'agent'),
    identity.ownBuckets(id),
    identity.ownFacets(id, 'agent'),
  ];
  for (const key of keys) expect(key.startsWith('мои%2Fтексты/')).toBe(true);
});

it('gives the same word another token in every corpus and workspace', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.tuple(name, name, name), { selector: (parts) => JSON.stringify(parts) }), (all) => {
      const tokens = all.map(([workspace, corpus, term]) =>
        identityOf(workspaceName(workspace)).token(corpusName(corpus), term),
      );
      expect(new Set(tokens).size).toBe(all.length);
      for (const token of tokens) expect(token).toMatch(/^[0-9a-f]{16}$/u);
    }),
  );
});

it('puts ids into buckets that rise with them', () => {
  const id = fc.string({ unit: fc.constantFrom(...'/09:@AFaf~'), maxLength: 3 }).map((text) => text as SceneId);
  fc.assert(
    fc.property(id, id, (x, y) => {
      const [less, more] = x < y ? [x, y] : [y, x];
      expect(bucketOf(less)).toBeLessThanOrEqual(bucketOf(more));
    }),
    { numRuns: 1000 },
  );
  const hex = Array.from({ length: BUCKETS }, (_, i) => bucketOf(i.toString(16).padStart(2, '0') as SceneId));
  expect(hex).toEqual(Array.from({ length: BUCKETS }, (_, i) => i));
});
