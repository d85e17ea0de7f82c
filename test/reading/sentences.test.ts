import fc from 'fast-check';
import { lastSentence, splitSentences } from '../../src/reading/sentences.ts';
import type { Language } from '../../src/scene/scene.ts';
import { STORIES } from './stories.ts';

const split = (text: string, lang: Language): readonly string[] =>
  splitSentences(text, lang).map(({ start, end }) => text.slice(start, end));

/** Where one sentence ends and the next begins is marked by `|`. */
const RUSSIAN = [
  // Dialogue
  '— Ты войдёшь? — спросила она.|— Нет, — ответил он.',
  '— Стой! — закричал часовой и вскинул ружьё.',
  '«Войди!» — крикнула она.|Он не двинулся.',
  '— Что ты, Емельян, не женишься?',
  '— Я, — говорит, — с радостью, да где мы жить будем?|— Об этом, — говорит девица, — тужить нечего.',
  'Он сказал: «Я уйду. Завтра же».|И ушёл.',
  '— Кто это? — прошептал он…|— Это я, — ответили из темноты.',
  '– А ружье заряжено?|– Заряжено.',
  // Abbreviations and initials
  'В 1812 г. он жил на ул. Тверской, д. 5.|Потом уехал.',
  'А. С. Пушкин стоял у окна.|Было тихо.',
  'Приехал А.С. Пушкин и сел у окна.|Все молчали.',
  'Она купила хлеб, молоко и т. д. и ушла домой.',
  'Она купила хлеб, молоко и т. д.|Он ждал её дома.',
  'Это случилось в 1812 г.|Он был тогда молод.',
  'В 1812 г. Наполеон перешёл Неман.',
  'Температура упала до 3.5 градусов, т.е. стало холодно.',
  'На стр. 5 о том же сказано яснее.|См. главу II.',
  'Г-н Иванов и проф. Петров спорили о св. Николае.|Никто не уступал.',
  'Население города — 5 тыс. человек.|Город стоит у реки.',
  // Ellipses and marks in a row
  'Он ждал...|Никто не пришёл.',
  'Он ждал… но никто не пришёл.',
  'Что делать?..|Он не знал.|Ночь была долгой!',
  'Ах! как хорошо было летом!|Теперь не то.',
  'Неужели?!|Не может быть!..|Он засмеялся.',
  // Item numbers
  '1. Он вошёл и сел.|2. Она ушла.',
  'II. Возвращение домой.|Был вечер.',
  'Глава 3. Возвращение домой',
  // Quotations
  'Она подумала: «Ах, скучно! ах, пыль!» и отвернулась.',
  'Он крикнул «Стой!».|Никто не остановился.',
  // Chats
  'привет!|как дела?|у меня всё хорошо',
];

const ENGLISH = [
  'Mr. Brown stood at the door.|He did not enter.',
  '"Will you come in?" she asked.|"No," he said.',
  'He waited...|Nobody came.',
  'They met at 5 p.m. on Oak St. near the U.S. embassy.',
  '“Stop!” shouted the guard.|The boy ran.',
  'Dr. J. R. Smith lost the letter, e.g. the only proof.|It hurt.',
  'They met at 5 p.m.|He was late.',
  'The U.S. Army came.|It rained.',
  '“Why, indeed?” Holmes murmured.|He rose.',
  '“What on earth does this mean?” I ejaculated after I had read it.|Holmes chuckled.',
  '"I don\'t know. Perhaps," he said.|She waited.',
  'See No. 5 and vol. II of it.|It is short.',
  "“No.|I won't go, and you will not make me go however long you talk to me about it this evening and all the evenings that are still to come after it, my dear friend.”",
  'CHAPTER II. The Pool of Tears',
  '(He did not enter.)|She waited.',
  'Oh! how late it is getting.|Alice ran.',
  'He lived in St. Petersburg, i.e. far away.|Nobody wrote.',
  'It was I.|He knew it.',
  '1. Open the door.|2. Go in.',
  'She had been happy--very happy.|Then he came.',
  'hello!|how are you?|fine',
];

test.each(RUSSIAN)('ru: %s', (marked) => {
  expect(split(marked.replaceAll('|', ' '), 'ru').join('|')).toBe(marked);
});

test.each(ENGLISH)('en: %s', (marked) => {
  expect(split(marked.replaceAll('|', ' '), 'en').join('|')).toBe(marked);
});

describe('quotation marks', () => {
  const speech = 'Стара я уж стала. Хочется перед смертью повидать сынка. Приезжай проститься.';

  test('keep a short speech in its sentence, and let a long one be many', () => {
    expect(split(`Пишет мать: «${speech}» И подпись.`, 'ru')).toHaveLength(2);
    expect(split(`Пишет мать: «${speech.repeat(4)}» И подпись.`.replaceAll('.С', '. С'), 'ru').length).toBeGreaterThan(
      8,
    );
  });

  test.each(['«', '»', '“', '”', '„', '"', '(', '«««', '“«"'])('a stray %s swallows nothing', (mark) => {
    const sentences = Array.from({ length: 40 }, (_, i) => `Он вошёл в дом номер ${i}.`);
    expect(split(`${mark}${sentences.join(' ')}`, 'ru')).toHaveLength(40);
    // A closing mark may join the two sentences that it stands between.
    const within = split(`${sentences.slice(0, 20).join(' ')} ${mark}${sentences.slice(20).join(' ')}`, 'ru');
    expect(within.length).toBeGreaterThanOrEqual(39);
  });
});

test('what has no letter or digit joins a neighbour', () => {
  expect(split('Он ушёл. … * * *', 'ru')).toEqual(['Он ушёл. … * * *']);
  expect(split('* * * ! Он ушёл. Было тихо.', 'ru')).toEqual(['* * * ! Он ушёл.', 'Было тихо.']);
  expect(split('…', 'ru')).toEqual(['…']);
  expect(split('— ! — ?', 'en')).toEqual(['— ! — ?']);
  expect(split('   ', 'en')).toEqual([]);
});

describe('sentences', () => {
  const anyText = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          '. ',
          '! ',
          '? ',
          '… ',
          '.',
          '«',
          '»',
          '"',
          '“',
          '”',
          '— ',
          '-- ',
          ' ',
          '  ',
          '(',
          ')',
          'г. ',
          'т. д. ',
          'Mr. ',
          'A. ',
          '1. ',
        ),
        fc.constantFrom('Он', 'ушёл', 'Она', 'he', 'He', 'left', 'и', '5', '\u200F', '\u00AD', '👩‍👩‍👧'),
        fc.string({ maxLength: 3 }),
      ),
      { maxLength: 50 },
    )
    .map((parts) => parts.join(''));

  test('cover any text but for white space, in order; only a text without words has a sentence without one', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom('ru' as const, 'en' as const), (text, lang) => {
        const spans = splitSentences(text, lang);
        let covered = 0;
        for (const { start, end } of spans) {
          expect(text.slice(covered, start).trim()).toBe('');
          expect(end).toBeGreaterThan(start);
          expect(text.slice(start, end).trim()).toBe(text.slice(start, end));
          covered = end;
        }
        expect(text.slice(covered).trim()).toBe('');
        const wordless = spans.filter(({ start, end }) => !/[\p{L}\p{N}]/u.test(text.slice(start, end)));
        expect(wordless.length === 0 || spans.length === 1).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test.each(STORIES)('of a story are found again when the last is left out ($lang)', ({ text, lang }) => {
    for (const paragraph of text.split(/\n+/u).filter((line) => line.length > 400)) {
      const sentences = split(paragraph, lang);
      const last = lastSentence(paragraph, lang);
      expect(paragraph.slice(last).trim()).toBe(sentences.at(-1));
      expect(split(paragraph.slice(0, last), lang)).toEqual(sentences.slice(0, -1));
    }
  });
});
