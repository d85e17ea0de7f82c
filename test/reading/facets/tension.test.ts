import { FIGURE_CONFIDENCE_MIN } from '../../../src/scene/facet.ts';
import { evidence, readWhole } from '../sentence-readers.ts';

const TENSIONS = [
  ['Она боялась темноты.', 'fear', 'боялась'],
  ['Она боялась войти.', 'restraint', 'боялась'],
  ['Он не решался войти.', 'restraint', 'решался'],
  ['Войти он не смел.', 'restraint', 'смел'],
  ['Она не могла простить его.', 'powerlessness', 'могла'],
  ['Мать не пустила его к реке.', 'prohibition', 'пустила'],
  ['Он сжал в гневе кулаки.', 'anger', null],
  ['Ворота были заперты.', 'blockage', 'заперты'],
  ['Я туда не поеду.', 'resistance', 'поеду'],
  ['В доме не было хлеба.', 'lack', 'было'],
  ['Гости смеялись до утра.', 'joy', 'смеялись'],
  ['She was afraid of the dark.', 'fear', 'afraid'],
  ['She was afraid to go in.', 'restraint', 'afraid'],
  ['He did not dare to go in.', 'restraint', 'dare'],
  ['He could not bring himself to knock.', 'restraint', 'bring himself'],
  ['They were not allowed to leave.', 'prohibition', 'allowed'],
  ['He clenched his fists.', 'anger', 'clenched his fists'],
  ['The gate was locked.', 'blockage', 'locked'],
  ["I won't go there.", 'resistance', 'wo'],
  ['There was no bread in the house.', 'lack', 'There'],
  ['He had to leave.', 'compulsion', 'had'],
  ['The guests laughed until morning.', 'joy', 'laughed'],
] as const;

describe('the tension is what words and constructions tell', () => {
  test.each(TENSIONS)('%s → %s', (sentence, key, span) => {
    const { tension } = readWhole(sentence);
    expect(tension?.key).toBe(key);
    expect(tension?.confidence).toBeGreaterThanOrEqual(FIGURE_CONFIDENCE_MIN);
    if (span !== null) expect(evidence(sentence, tension)).toBe(span);
  });
});

describe('what is denied does not hold', () => {
  test.each([
    ['Он не боялся волка.', 'fear'],
    ['Он не боялся войти.', 'restraint'],
    ['Она шла без страха.', 'fear'],
    ['Он вошёл без колебаний.', 'restraint'],
    ['He was not afraid of the wolf.', 'fear'],
    ['She was never angry with him.', 'anger'],
    ['They walked without fear.', 'fear'],
    ['He did not hesitate.', 'restraint'],
  ])('%s is not %s', (sentence, key) => {
    const { tension } = readWhole(sentence);
    const stands = tension !== null && tension.confidence >= FIGURE_CONFIDENCE_MIN;
    expect(stands && tension.key === key).toBe(false);
  });

  test('a denial reaches no further than its stretch', () => {
    expect(readWhole('Он не вошёл, боясь волка.').tension?.key).toBe('fear');
    expect(readWhole('He did not go in, fearing the wolf.').tension?.key).toBe('fear');
  });
});

test('names are no words of tension', () => {
  expect(readWhole('В саду Надежда читала книгу.').tension?.key).not.toBe('hope');
  expect(readWhole('In the garden Grace and Joy read a book.').tension?.key).not.toBe('joy');
});

test('without a reason there is no tension', () => {
  expect(readWhole('Книга была на столе.').tension).toBeNull();
  expect(readWhole('The book was on the table.').tension).toBeNull();
});

test('weak grammar never reaches the figure', () => {
  const weak = ['Он не читал книгу.', 'Иди сюда.', 'He did not read the book.', 'Come here.'];
  for (const sentence of weak) expect(readWhole(sentence).tension?.confidence ?? 0).toBeLessThan(FIGURE_CONFIDENCE_MIN);
});

test('a rival key makes the reading less sure', () => {
  expect(readWhole('Он любил её и ненавидел её.').tension?.confidence).toBeLessThan(
    readWhole('Он любил её.').tension?.confidence ?? 0,
  );
});
