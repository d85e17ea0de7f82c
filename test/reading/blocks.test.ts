import fc from 'fast-check';
import { BLOCK_LENGTH_MAX, type Block, BlockSplitter } from '../../src/reading/blocks.ts';
import type { Layout } from '../../src/reading/layout.ts';
import { markdownLayout } from '../../src/reading/markdown.ts';
import { plainLayout } from '../../src/reading/plain.ts';
import { lastSentence, splitSentences } from '../../src/reading/sentences.ts';
import type { Language } from '../../src/scene/scene.ts';
import { cutAt, STORIES, wrapped } from './stories.ts';

const blocksOf = (
  pieces: readonly string[],
  layout: Layout = plainLayout(),
  lang: Language = 'ru',
): readonly Block[] => {
  const splitter = new BlockSplitter(layout, (analysis) => lastSentence(analysis, lang));
  const blocks = pieces.flatMap((piece) => [...splitter.push(piece)]);
  return [...blocks, ...splitter.end()];
};

const textsOf = (text: string): readonly string[] => blocksOf([text]).map((block) => block.text);

/** Sentences as they read, whatever lines they stand on. */
const sentencesOf = (text: string, lang: Language): readonly string[] =>
  blocksOf([text], plainLayout(), lang).flatMap((block) =>
    splitSentences(block.analysis, lang).map(({ start, end }) => block.text.slice(start, end).replaceAll(/\s+/gu, ' ')),
  );

const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\n',
        '\r\n',
        '\r',
        '\n\n',
        '\u2028',
        '\f',
        '\v',
        ' ',
        '\t',
        '  ',
        '— ',
        '- ',
        '1. ',
        '# ',
        '```',
        '> ',
        '---',
      ),
      fc.constantFrom(
        'слово',
        'Он ушёл.',
        'She left.',
        'ГЛАВА',
        '*',
        '_x_',
        '[a](b)',
        '👩‍👩‍👧',
        '«',
        '»',
        '\uFEFF',
        '\u200B',
      ),
      fc.string({ maxLength: 5 }),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''));

const LAYOUTS = [
  ['plain', plainLayout],
  ['markdown', markdownLayout],
] as const;

describe.each(LAYOUTS)('blocks of %s text', (_, layout) => {
  test('cover the text but for white space, in order, and are analysed at their own length', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        let covered = 0;
        for (const block of blocksOf([text], layout())) {
          expect(text.slice(covered, block.start).trim()).toBe('');
          expect(text.slice(block.start, block.start + block.text.length)).toBe(block.text);
          expect(block.analysis).toHaveLength(block.text.length);
          covered = block.start + block.text.length;
        }
        expect(text.slice(covered).trim()).toBe('');
      }),
      { numRuns: 500 },
    );
  });

  test('do not depend on where the stream was cut', () => {
    fc.assert(
      fc.property(anyText, fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 }), (text, shares) => {
        expect(blocksOf(cutAt(text, shares), layout())).toEqual(blocksOf([text], layout()));
      }),
      { numRuns: 500 },
    );
  });

  test.each(STORIES)('of real prose do not depend on where the stream was cut ($lang)', ({ text, lang }) => {
    const story = `${text}\n${wrapped(text, 70, '\n\n')}\n${text.replaceAll('\n', ' ')}`;
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 40 }), (shares) => {
        expect(blocksOf(cutAt(story, shares), layout(), lang)).toEqual(blocksOf([story], layout(), lang));
      }),
      { numRuns: 10 },
    );
  });

  test('hold no more than their limit of a text without a border', () => {
    for (const text of [
      'слово '.repeat(30_000),
      'слово'.repeat(30_000),
      '—'.repeat(100_000),
      '\u0301'.repeat(100_000),
    ]) {
      const blocks = blocksOf([text], layout());
      expect(blocks.length).toBeGreaterThan(2);
      expect(Math.max(...blocks.map((block) => block.text.length))).toBeLessThanOrEqual(BLOCK_LENGTH_MAX);
      expect(blocks.slice(0, -1).every((block) => block.cut)).toBe(true);
      expect(blocks.map((block) => block.text).join('')).toBe(text);
    }
  });
});

describe.each(STORIES)('wrapped prose ($lang)', ({ text, lang }) => {
  const paragraphs = wrapped(text, Number.POSITIVE_INFINITY, '\n\n');
  const expected = sentencesOf(paragraphs, lang);

  test.each([60, 66, 72, 78, 90])('at %i columns has the sentences of unwrapped prose', (width) => {
    expect(sentencesOf(wrapped(text, width, '\n\n'), lang)).toEqual(expected);
    expect(sentencesOf(wrapped(text, width, '\r\n\r\n').replaceAll(/(?<!\r)\n/gu, '\r\n'), lang)).toEqual(expected);
  });

  test('with indented paragraphs and no blank line has them too', () => {
    expect(sentencesOf(wrapped(text, 72, '\n', '    '), lang)).toEqual(expected);
  });

  test('with one paragraph a line has them too', () => {
    expect(sentencesOf(wrapped(text, Number.POSITIVE_INFINITY, '\n'), lang)).toEqual(expected);
  });

  test('as one line of any length has them too', () => {
    // Beyond a block's length, so that it is cut at sentences; paragraphs that end without a stop would run together.
    const line = expected.filter((sentence) => /^[\p{Lu}].*[.!?]$/u.test(sentence)).join(' ');
    const long = `${line} `.repeat(Math.ceil((3 * BLOCK_LENGTH_MAX) / line.length));
    const blocks = blocksOf([long], plainLayout(), lang);
    expect(blocks.length).toBeGreaterThan(2);
    expect(blocks.some((block) => block.cut)).toBe(false);
    expect(blocks.every((block) => /^\s*\p{Lu}/u.test(block.text))).toBe(true);
  });
});

describe('line breaks that are meant', () => {
  test('end verses', () => {
    const verses = {
      en: [
        'A pleasing land of drowsy head it was,',
        'Of dreams that wave before the half-shut eye;',
        'And of gay castles in the clouds that pass,',
        'Forever flushing round a summer sky.',
      ],
      ru: [
        'Мой дядя самых честных правил,',
        'Когда не в шутку занемог,',
        'Он уважать себя заставил',
        'И лучше выдумать не мог.',
      ],
    };
    expect(textsOf(verses.en.join('\n'))).toEqual(verses.en);
    expect(textsOf(verses.ru.join('\r\n'))).toEqual(verses.ru);
  });

  test.each([
    ['lines of dialogue', ['— Кто там?', '— Это я, открой.', 'Он открыл.']],
    ['list items', ['Купить:', '- хлеб', '- молоко и сыр', '- воду']],
    ['numbered items', ['Steps:', '1. Open the door.', '2. Go in.', '3. Close it behind you.']],
    ['a heading', ['Глава I', 'Он вошёл в дом и сел у окна.']],
    ['a signature', ['Yours truly,', 'John Smith']],
    ['what is said in a chat', ['привет', 'как твои дела сегодня', 'нормально']],
    [
      'speakers in a chat',
      ['Иван: привет, ты где?', 'Мария: я дома, читаю книгу и жду тебя с самого утра', 'Иван: скоро буду'],
    ],
  ])('end %s', (_, lines) => {
    expect(textsOf(lines.join('\n'))).toEqual(lines);
  });

  test('end list items among wrapped lines', () => {
    const text = [
      'There were three things that he took with him when he left the house on',
      'that morning:',
      '- a lamp, since it would be dark before he could hope to reach the inn at',
      '  the crossroads;',
      '- bread and cheese.',
    ].join('\n');
    expect(textsOf(text).map((block) => block.slice(0, 6))).toEqual(['There ', '- a la', '- brea']);
  });

  test('but not where a wrapped line happens to begin with a dash', () => {
    const text = [
      'Старик долго молчал, потом поднял голову и посмотрел на него так, что он',
      '— Иван Петрович, человек бывалый, — отвёл глаза и ничего не мог ответить',
      'на этот взгляд, потому что старик был прав, и оба они это хорошо знали и',
      'говорить больше было не о чем.',
    ].join('\n');
    expect(textsOf(text)).toEqual([text]);
  });

  test('are told by one long line among wrapped ones no worse', () => {
    const lines = wrapped(STORIES[1]?.text ?? '', 70, '\n\n')
      .split('\n')
      .slice(0, 8);
    const paragraph = [
      ...lines,
      `see http://example.org/${'a'.repeat(90)} for all of this,`,
      'which is told there.',
    ].join('\n');
    expect(textsOf(paragraph)).toEqual([paragraph]);
  });
});

test('a form feed and a paragraph separator end a block, as a blank line does', () => {
  for (const border of ['\f', '\u2029', '\n\n', '\r\n \t\r\n', '\r\r', '\u2028\u2028'])
    expect(textsOf(`he came to the door${border}and went in`)).toEqual(['he came to the door', 'and went in']);
});
