import { FIGURE_CONFIDENCE_MIN } from '../../../src/scene/facet.ts';
import { evidence, readWhole } from '../sentence-readers.ts';

describe('a word tells the atmosphere', () => {
  test.each([
    ['Солдаты шли сквозь метель.', 'cold', 'метель'],
    ['В темноте кто-то дышал.', 'dark', 'темноте'],
    ['Он тихо вышел.', 'silence', 'тихо'],
    ['Они не сказали ни слова.', 'silence', null],
    ['They crossed the river.', 'water', 'river'],
    ['The house burned.', 'fire', 'burned'],
    ['He left without a word.', 'silence', 'word'],
  ])('%s → %s', (sentence, key, span) => {
    const { atmosphere } = readWhole(sentence);
    expect([atmosphere?.key, atmosphere?.by]).toEqual([key, 'word']);
    if (span !== null) expect(evidence(sentence, atmosphere)).toBe(span);
  });

  test.each(['Он ждал в темноте.', 'He waited in the dark.'])('a word outranks the rule of silence: %s', (sentence) => {
    expect(readWhole(sentence).atmosphere?.key).toBe('dark');
  });

  test.each(['Он стоял у двери дома.', 'He stood at the door of the house.'])(
    'what a thing belongs to is not where one is: %s',
    (sentence) => {
      expect(readWhole(sentence).atmosphere?.key).toBe('silence');
    },
  );

  test.each(['Он не видел огня.', 'There was no fire in the house.'])('what is denied is not there: %s', (sentence) => {
    const { atmosphere } = readWhole(sentence);
    const stands = atmosphere !== null && atmosphere.confidence >= FIGURE_CONFIDENCE_MIN;
    expect(stands && atmosphere.key === 'fire').toBe(false);
  });
});

describe('who stays where he is and makes no sound stands in silence', () => {
  test.each([
    ['Он сидел у стола.', 'сидел'],
    ['Она смотрела на дверь.', 'смотрела'],
    ['Старик лежал, не смея заговорить.', 'лежал'],
    ['He sat at the table.', 'sat'],
    ['She was lying on the bed.', 'lying'],
    ['The old man lingered, afraid to leave.', 'lingered'],
  ])('%s', (sentence, verb) => {
    const { atmosphere } = readWhole(sentence);
    expect([atmosphere?.key, atmosphere?.by]).toEqual(['silence', 'rule']);
    expect(evidence(sentence, atmosphere)).toBe(verb);
    expect(atmosphere?.confidence).toBeGreaterThanOrEqual(FIGURE_CONFIDENCE_MIN);
  });

  test.each([
    'Он сидел у стола и пел.',
    'Он стоял у двери и говорил с братом.',
    '«Уходи», — сказал он, стоя у двери.',
    'Он не стоял у двери.',
    'He sat at the table and sang.',
    'He stood up.',
    'She looked for the key.',
    '“Go,” he said, standing at the door.',
    'He did not stand at the door.',
  ])('not: %s', (sentence) => {
    expect(readWhole(sentence).atmosphere?.key ?? null).not.toBe('silence');
  });
});
