import fc from 'fast-check';
import { detectLanguage } from '../../src/reading/language.ts';
import { STORIES } from './stories.ts';

/** Article 1 and 2 of the Universal Declaration of Human Rights. */
const DECLARATION = {
  French:
    'Tous les êtres humains naissent libres et égaux en dignité et en droits. Ils sont doués de raison et de conscience et doivent agir les uns envers les autres dans un esprit de fraternité. Chacun peut se prévaloir de tous les droits et de toutes les libertés proclamés dans la présente Déclaration, sans distinction aucune.',
  German:
    'Alle Menschen sind frei und gleich an Würde und Rechten geboren. Sie sind mit Vernunft und Gewissen begabt und sollen einander im Geist der Brüderlichkeit begegnen. Jeder hat Anspruch auf die in dieser Erklärung verkündeten Rechte und Freiheiten ohne irgendeinen Unterschied.',
  Spanish:
    'Todos los seres humanos nacen libres e iguales en dignidad y derechos y, dotados como están de razón y conciencia, deben comportarse fraternalmente los unos con los otros. Toda persona tiene los derechos y libertades proclamados en esta Declaración, sin distinción alguna.',
  Ukrainian:
    'Всі люди народжуються вільними і рівними у своїй гідності та правах. Вони наділені розумом і совістю і повинні діяти у відношенні один до одного в дусі братерства. Кожна людина повинна мати всі права і всі свободи, проголошені цією Декларацією, незалежно від раси, кольору шкіри, статі.',
  Bulgarian:
    'Всички хора се раждат свободни и равни по достойнство и права. Те са надарени с разум и съвест и следва да се отнасят помежду си в дух на братство. Всеки човек има право на всички права и свободи, провъзгласени в тази Декларация, без разлика на раса, цвят на кожата, пол, език.',
  Serbian:
    'Сва људска бића рађају се слободна и једнака у достојанству и правима. Она су обдарена разумом и свешћу и треба једни према другима да поступају у духу братства. Сваком припадају сва права и слободе проглашене у овој Декларацији без икаквих разлика.',
  Belarusian:
    'Усе людзі нараджаюцца свабоднымі і роўнымі ў сваёй годнасці і правах. Яны надзелены розумам і сумленнем і павінны ставіцца адзін да аднаго ў духу брацтва. Кожны чалавек павінен мець усе правы і ўсе свабоды, абвешчаныя гэтай Дэкларацыяй.',
  Kazakh:
    'Барлық адамдар тумысынан азат және қадір-қасиеті мен құқықтары тең болып дүниеге келеді. Адамдарға ақыл-парасат, ар-ождан берілген, сондықтан олар бір-бірімен туыстық, бауырмалдық қарым-қатынас жасаулары тиіс.',
  Chinese: '人人生而自由，在尊严和权利上一律平等。他们赋有理性和良心，并应以兄弟关系的精神相对待。',
  Greek: 'Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα.',
} as const;

const RUSSIAN =
  'Все люди рождаются свободными и равными в своем достоинстве и правах. Они наделены разумом и совестью и должны поступать в отношении друг друга в духе братства. Каждый человек должен обладать всеми правами и всеми свободами, провозглашенными настоящей Декларацией.';
const ENGLISH =
  'All human beings are born free and equal in dignity and rights. They are endowed with reason and conscience and should act towards one another in a spirit of brotherhood. Everyone is entitled to all the rights and freedoms set forth in this Declaration.';

test.each(Object.entries(DECLARATION))('%s is named, and not read', (name, text) => {
  expect(() => detectLanguage(text)).toThrow(expect.objectContaining({ code: 'UNKNOWN_LANGUAGE' }));
  expect(() => detectLanguage(text)).toThrow(new RegExp(`--lang.*looks like ${name}`, 'u'));
});

test('Russian and English are told', () => {
  expect(detectLanguage(RUSSIAN)).toBe('ru');
  expect(detectLanguage(ENGLISH)).toBe('en');
});

test.each(STORIES)('any stretch of a story tells its language ($lang)', ({ text, lang }) => {
  fc.assert(
    fc.property(fc.nat(text.length - 3000), fc.integer({ min: 20, max: 3000 }), (from, length) => {
      fc.pre(/\p{L}/u.test(text.slice(from, from + length)));
      expect(detectLanguage(text.slice(from, from + length))).toBe(lang);
    }),
    { numRuns: 200 },
  );
});

test('a few words are told by their script', () => {
  expect(detectLanguage('Привет')).toBe('ru');
  expect(detectLanguage('Tea?')).toBe('en');
  expect(detectLanguage('GraphQL — это язык запросов')).toBe('ru');
});

test('letters that Russian does not have tell another language in a few words too', () => {
  expect(() => detectLanguage('Їжак і кіт')).toThrow(/unknown language/u);
});

test('Russian in the spelling before 1918 is Russian', () => {
  const old = 'Въ началѣ зимы онъ вернулся въ домъ, и всѣ были рады ему; но онъ стоялъ у двери, не рѣшаясь войти. ';
  expect(detectLanguage(old)).toBe('ru');
  expect(detectLanguage(old.repeat(4))).toBe('ru');
});

test('a preface or quotations in the other language do not decide', () => {
  const french = DECLARATION.French;
  const [russian, english] = STORIES.map((story) => story.text.slice(0, 8000));
  expect(detectLanguage(`${ENGLISH}\n${russian}\n${ENGLISH}`)).toBe('ru');
  expect(detectLanguage(`${french}\n${russian}`)).toBe('ru');
  expect(detectLanguage(`${french}\n${english}\n${RUSSIAN}`)).toBe('en');
});

test.each(['', '12 + 13 = 25', '— … !', '👩‍👩‍👧'])('without letters there is no language: %j', (text) => {
  expect(() => detectLanguage(text)).toThrow(/without letters/u);
});
