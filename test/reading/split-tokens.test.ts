import fc from 'fast-check';
import { lookupForm, plainSpelling, splitTokens } from '../../src/reading/split-tokens.ts';

const texts = (text: string): readonly string[] => splitTokens(text).map((token) => token.text);

describe('tokens', () => {
  test.each([
    ['Он стоял, кто-то молчал.', ['Он', 'стоял', ',', 'кто-то', 'молчал', '.']],
    ['— Стой!.. — сказал он…', ['—', 'Стой', '!', '..', '—', 'сказал', 'он', '…']],
    ['twins--son and daughter', ['twins', '--', 'son', 'and', 'daughter']],
    ['He didn’t see 3.5 or 10:30, 5th.', ['He', 'didn’t', 'see', '3.5', 'or', '10:30', ',', '5th', '.']],
    ['замо\u0301к cafe\u0301', ['замо\u0301к', 'cafe\u0301']],
    ['👩‍👩‍👧!', ['👩‍', '👩‍', '👧', '!']],
    ['a\u00A0b\uFEFFc', ['a', 'b', 'c']],
  ])('%s', (text, expected) => {
    expect(texts(text)).toEqual(expected);
  });

  test('cover all that is not white space, in order, and are slices of the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        let last = 0;
        for (const token of splitTokens(text)) {
          expect(text.slice(last, token.start).trim()).toBe('');
          expect(text.slice(token.start, token.end)).toBe(token.text);
          expect(token.text).toMatch(/^\S+$/u);
          last = token.end;
        }
        expect(text.slice(last).trim()).toBe('');
      }),
      { numRuns: 1000 },
    );
  });
});

describe('what words are looked up by', () => {
  test('stress marks and soft hyphens go, й and é stay', () => {
    expect(plainSpelling('За\u00ADмо\u0301к')).toBe('Замок');
    expect(plainSpelling('и\u0306од')).toBe('йод');
    expect(plainSpelling('cafe\u0301')).toBe('café');
  });

  test('small letters, е for ё, straight apostrophes', () => {
    expect(lookupForm('Ёлка')).toBe('елка');
    expect(lookupForm('Didn’t')).toBe("didn't");
  });
});
