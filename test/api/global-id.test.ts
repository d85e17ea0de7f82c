import fc from 'fast-check';
import { decodeGlobalId, decodeSceneId, encodeGlobalId, type GlobalId } from '../../src/api/global-id.ts';
import { code } from '../../src/scene/hypertoken.ts';
import { corpusName } from '../../src/scene/name.ts';
import type { DocumentId, SceneId } from '../../src/scene/scene.ts';
import type { JobId } from '../../src/worker/job-queue.ts';

const key = fc.stringMatching(/^[0-9a-f]{32}$/u);
const name = fc.oneof(
  fc.constantFrom('сказки', 'tales', 'Война и мир', 'a:b', 'Scene:0'),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
);
const corpus = name.filter((text) => !/\p{Cc}/u.test(text) && text.trim() === text).map((text) => corpusName(text));
const anyCode = fc.nat(2 ** 31 - 1).map(code);

const globalId: fc.Arbitrary<GlobalId> = fc.oneof(
  corpus.map((id): GlobalId => ({ type: 'Corpus', id })),
  key.map((id): GlobalId => ({ type: 'Document', id: id as DocumentId })),
  key.map((id): GlobalId => ({ type: 'Scene', id: id as SceneId })),
  key.map((id): GlobalId => ({ type: 'Job', id: id as JobId })),
  anyCode.map((id): GlobalId => ({ type: 'Hypertoken', id })),
  fc
    .record({ code: anyCode, ordinal: fc.integer({ min: 1, max: 1e9 }) })
    .map((id): GlobalId => ({ type: 'Occurrence', id })),
);

test('an id is read back as what it was made of', () => {
  fc.assert(fc.property(globalId, (id) => expect(decodeGlobalId(encodeGlobalId(id))).toEqual(id)));
});

test('different objects have different ids', () => {
  const pair = fc.tuple(globalId, globalId);
  fc.assert(
    fc.property(pair, ([x, y]) => {
      const same = JSON.stringify(x) === JSON.stringify(y);
      expect(encodeGlobalId(x) === encodeGlobalId(y)).toBe(same);
    }),
  );
});

test('no other text is read as an id', () => {
  const refused = (text: string): void => {
    let decoded: GlobalId | null = null;
    try {
      decoded = decodeGlobalId(text);
    } catch (error) {
      expect(error).toMatchObject({ code: 'BAD_ARGUMENT' });
    }
    if (decoded !== null) expect(encodeGlobalId(decoded)).toBe(text);
  };
  const changed = fc.tuple(globalId, fc.nat(), fc.string({ maxLength: 3 })).map(([id, at, insert]) => {
    const text = encodeGlobalId(id);
    const place = at % (text.length + 1);
    return text.slice(0, place) + insert + text.slice(place + 1);
  });
  fc.assert(fc.property(fc.oneof(fc.string(), fc.base64String(), changed), refused));
});

test.each(['', 'Scene:', 'scene', 'U2NlbmU6', '=', 'U2NlbmU6MDA='])('%j is no id', (text) => {
  expect(() => decodeGlobalId(text)).toThrow('bad id');
});

test('a scene is named by its global id or its key, by nothing else', () => {
  fc.assert(
    fc.property(key, (id) => {
      expect(decodeSceneId(id)).toBe(id);
      expect(decodeSceneId(encodeGlobalId({ type: 'Scene', id: id as SceneId }))).toBe(id);
      expect(() => decodeSceneId(encodeGlobalId({ type: 'Document', id: id as DocumentId }))).toThrow('bad id');
    }),
  );
});
