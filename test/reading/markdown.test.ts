import fc from 'fast-check';
import { BlockSplitter } from '../../src/reading/blocks.ts';
import { markdownLayout } from '../../src/reading/markdown.ts';
import { maskInline } from '../../src/reading/markdown-inline.ts';

interface Seen {
  readonly text: string;
  /** What is analysed, white space run together; null for code and the like. */
  readonly prose: string | null;
}

const read = (text: string): { readonly blocks: readonly Seen[]; readonly notices: readonly string[] } => {
  const layout = markdownLayout();
  const splitter = new BlockSplitter(layout, () => 0);
  const blocks = [...splitter.push(text), ...splitter.end()].map(({ text: raw, analysis, kind }) => ({
    text: raw,
    prose: kind === 'verbatim' ? null : analysis.replaceAll(/\s+/gu, ' ').trim(),
  }));
  return { blocks, notices: layout.notices() };
};

const proseOf = (text: string): readonly (string | null)[] => read(text).blocks.map(({ prose }) => prose);

describe('blocks', () => {
  test.each([
    ['headings', '# Первая *глава* #\nОн вошёл.\n## 2. Two', ['Первая глава', 'Он вошёл.', '2. Two']],
    [
      'headings underlined',
      'Первая\nглава\n===\nОн вошёл.\n\nВторая\n---\nОна ушла.',
      ['Первая глава', 'Он вошёл.', 'Вторая', 'Она ушла.'],
    ],
    [
      'list items, with the lines that follow on',
      '- один\n  и ещё\n* two\n1) three\n- [x] done',
      ['один и ещё', 'two', 'three', 'done'],
    ],
    ['quotations', '> Он вошёл\n> и сел.\nОна ушла.', ['Он вошёл и сел.', 'Она ушла.']],
    ['quotations in quotations', '> > deep\n> shallow', ['deep', 'shallow']],
    ['rules', 'one\n\n* * *\n\ntwo\n\n---\n\nthree', ['one', '', 'two', '', 'three']],
    ['table rows', '| a | b |\n|---|:-:|\n| c \\| d | e |', ['a b', '--- :-:', 'c d e']],
    ['lines broken on purpose', 'roses are red  \nviolets\\\nare blue', ['roses are red', 'violets\\', 'are blue']],
    ['lines of dialogue', '— Кто там?\n— Это я.\n— и он вошёл', ['— Кто там?', '— Это я. — и он вошёл']],
    ['footnotes', 'text[^1]\n\n[^1]: The note.', ['text', 'The note.']],
  ])('are %s', (_, text, expected) => {
    expect(proseOf(text)).toEqual(expected);
  });

  test('a paragraph goes on over its lines, however short', () => {
    expect(proseOf('He came\nto\nthe door\nAnd went in.')).toEqual(['He came to the door And went in.']);
  });

  test('code, front matter, comments and link definitions are not analysed', () => {
    const text = [
      '---',
      'title: "# not a heading"',
      '',
      'tags: [a]',
      '---',
      'prose',
      '```js',
      'let a = `b`;',
      '',
      '~~~',
      '```',
      'more prose',
      '~~~~',
      '~~~',
      '```',
      '~~~~',
      '',
      '<!-- a',
      '',
      'comment -->',
      '',
      '[ref]: http://example.org "title"',
    ].join('\n');
    const { blocks, notices } = read(text);
    expect(blocks.map(({ prose }) => prose)).toEqual([null, 'prose', null, 'more prose', null, null, null]);
    expect(blocks.map(({ text: raw }) => raw.split('\n').length)).toEqual([5, 1, 5, 1, 4, 3, 1]);
    expect(notices).toEqual([]);
  });

  test('a fence that is never closed is told', () => {
    expect(read('prose\n```\ncode\n\nwhat else').notices).toEqual([
      expect.stringContaining('code fence at 6 is never closed'),
    ]);
  });

  test('what begins like front matter but is never closed is prose', () => {
    expect(proseOf('---\nHe came in.\n\nShe left.')).toEqual(['', 'He came in.', 'She left.']);
    const long = 'He came in. '.repeat(2000);
    expect(proseOf(`---\n${long}\n---\n`).join(' ')).toContain('He came in.');
  });

  test('marks within a line of any length begin nothing', () => {
    // The line comes in pieces; one of them begins with the marks.
    for (const mark of ['# ', '- ', '```', '> ', '<!-- ']) {
      const words = 'word '.repeat(20_000).replaceAll(/(?<=.{8190})word /gu, mark);
      expect(read(words).blocks.every(({ prose }) => prose !== null)).toBe(true);
    }
  });
});

describe('marks within a block', () => {
  test.each([
    ['**bold**, *it*, __b__, _i_, ~~gone~~', '  bold  ,  it ,   b  ,  i ,   gone  '],
    ['snake_case and 2 * 3 * 4', 'snake_case and 2 * 3 * 4'],
    ['`code`', ' code '],
    ['[text](http://a.b/c_(d) "t")!', ' text                       !'],
    ['![alt](x.png) [a][b]', '  alt          a    '],
    ['[not a link] (aside)', '[not a link] (aside)'],
    ['<b>bold</b> a < b > c', '   bold     a < b > c'],
    ['<http://example.org> x', '                     x'],
    ['\\*star\\* \\# \\[x\\](y)', ' *star *  #  [x ](y)'],
    ['a <!-- b --> c', 'a            c'],
    ['a <!-- b', 'a <!-- b'],
    ['note[^1].', 'note    .'],
  ])('%s', (text, expected) => {
    expect(maskInline(text)).toBe(expected);
  });

  test('are masked at the same length, and nothing but marks, targets and tags is', () => {
    const anyMarkdown = fc
      .array(
        fc.constantFrom(
          '*',
          '_',
          '`',
          '[',
          ']',
          '(',
          ')',
          '!',
          '<',
          '>',
          '\\',
          '~',
          'а',
          'b',
          ' ',
          '\n',
          '<!--',
          '-->',
          '](x)',
          '👩',
        ),
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(anyMarkdown, (text) => {
        const masked = maskInline(text);
        expect(masked).toHaveLength(text.length);
        for (let i = 0; i < text.length; i++) expect([text.charAt(i), ' ']).toContain(masked.charAt(i));
      }),
      { numRuns: 1000 },
    );
  });

  test('cost no more than prose, however many there are', () => {
    // Each of these took minutes with a pattern that looks ahead from every mark.
    for (const mark of ['*', '_', '`', '[', '](', '[a](', '![', '<', '<!--', '<a ', '\\', '~', '**a*_b_'])
      expect(maskInline(mark.repeat(200_000))).toHaveLength(mark.length * 200_000);
  });
});
