import fc from 'fast-check';
import { corpusName, documentName, NAME_LENGTH_MAX } from '../../src/scene/name.ts';
import { documentId, sceneId } from '../../src/scene/scene.ts';

test.each(['Анна Каренина', 'a', 'глава 1.md', '=1+1', '<b>', '👩‍👩‍👧', 'é'.normalize('NFD')])(
  '%j is a name',
  (name) => {
    expect(corpusName(name)).toBe(name.normalize('NFC'));
  },
);

test.each(['', ' a', 'a ', 'a\nb', 'a\u0000b', '\ud800', 'x'.repeat(NAME_LENGTH_MAX + 1)])('%j is refused', (name) => {
  expect(() => corpusName(name)).toThrow(expect.objectContaining({ code: 'BAD_NAME' }));
});

test('a document has the same id however its name is composed, and another in another corpus', () => {
  const id = documentId(corpusName('к'), documentName('й'.normalize('NFD')));
  expect(documentId(corpusName('к'), documentName('й'.normalize('NFC')))).toBe(id);
  expect(documentId(corpusName('л'), documentName('й'))).not.toBe(id);
});

test('scene ids tell apart text, place among equal texts, and the border between the parts', () => {
  const document = documentId(corpusName('c'), documentName('d'));
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.nat(), fc.string({ unit: 'grapheme' }), fc.nat(), (s, i, t, j) => {
      expect(sceneId(document, s, i) === sceneId(document, t, j)).toBe(s === t && i === j);
    }),
  );
});
