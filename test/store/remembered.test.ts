import fc from 'fast-check';
import { remembered } from '../../src/store/remembered.ts';

it('answers as the function does, whatever was asked before', () => {
  const asked = fc.array(fc.constantFrom('дом', 'дома', 'door', 'doors', 'снег', ''));
  fc.assert(
    fc.property(asked, fc.integer({ min: 1, max: 4 }), (texts, max) => {
      const lengthOf = remembered(max, (text) => `${text}:${text.length}`);
      expect(texts.map(lengthOf)).toEqual(texts.map((text) => `${text}:${text.length}`));
    }),
  );
});

it('asks once for what it keeps, and keeps no more than it may', () => {
  const asked: string[] = [];
  const answer = remembered(2, (text) => {
    asked.push(text);
    return text.toUpperCase();
  });
  for (const text of ['a', 'a', 'b', 'a', 'b']) answer(text);
  expect(asked).toEqual(['a', 'b']);
  for (const text of ['c', 'c', 'a']) answer(text);
  expect(asked).toEqual(['a', 'b', 'c', 'a']);
});
