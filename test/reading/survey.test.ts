import { createHash } from 'node:crypto';
import { markdownLayout } from '../../src/reading/markdown.ts';
import { plainLayout } from '../../src/reading/plain.ts';
import type { Survey } from '../../src/reading/reader.ts';
import { CHUNK_BYTES_MAX, type SurveyOptions, surveyBytes } from '../../src/reading/survey.ts';
import { STORIES, streamOf } from './stories.ts';

const survey = (bytes: Uint8Array | string, options: Partial<SurveyOptions> = {}): Promise<Survey> =>
  surveyBytes(streamOf([typeof bytes === 'string' ? Buffer.from(bytes) : bytes]), {
    layout: plainLayout(),
    bytesMax: 2 ** 26,
    ...options,
  });

test.each(STORIES)('a story is measured exactly ($lang)', async ({ text, lang }) => {
  const bytes = Buffer.from(`\uFEFF${text}`);
  expect(await survey(bytes)).toEqual({
    sha256: createHash('sha256').update(bytes).digest('hex'),
    bytes: bytes.length,
    length: text.length + 1,
    lang,
  });
});

test('the language is told by the prose, not by code and front matter', async () => {
  const english = 'title: the way of the house and of all that was in it\n'.repeat(40);
  const text = `---\n${english}---\n\nОн вошёл в дом.\n\n\`\`\`\n${english}\`\`\`\n`;
  expect((await survey(text, { layout: markdownLayout() })).lang).toBe('ru');
  expect((await survey(text)).lang).toBe('en');
  expect((await survey(text, { lang: 'ru' })).lang).toBe('ru');
});

describe('is refused:', () => {
  const far = 'слово '.repeat(CHUNK_BYTES_MAX / 5);
  const farBytes = Buffer.byteLength(far);

  test.each<[string, Uint8Array | string, string, RegExp]>([
    ['no bytes', '', 'EMPTY_DOCUMENT', /no bytes/u],
    ['white space', '\uFEFF \r\n\t\f\u00A0\u2028', 'EMPTY_DOCUMENT', /white space/u],
    ['a NUL', 'some text\0more', 'BINARY', /at byte 9; .*a NUL byte/u],
    ['a NUL in the second chunk', `${far}\0`, 'BINARY', new RegExp(`at byte ${farBytes};`, 'u')],
    [
      'ill-formed bytes in the second chunk',
      Buffer.concat([Buffer.from(far), Buffer.of(0xff)]),
      'NOT_UTF8',
      new RegExp(`at byte ${farBytes};`, 'u'),
    ],
    ['ill-formed bytes before a NUL', Buffer.of(0x61, 0xff, 0), 'NOT_UTF8', /at byte 1;/u],
    ['a NUL before ill-formed bytes', Buffer.of(0x61, 0, 0xff), 'BINARY', /at byte 1;/u],
    ['UTF-16', Buffer.from('\uFEFFпривет', 'utf16le'), 'NOT_UTF8', /UTF-16/u],
    ['a PNG image', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'BINARY', /PNG/u],
    ['a ZIP archive', Buffer.from('504b03041400000008', 'hex'), 'BINARY', /ZIP/u],
    ['a PDF file, even of ASCII', '%PDF-1.4 some text follows', 'BINARY', /PDF/u],
    ['an RTF file', '{\\rtf1\\ansi some text}', 'BINARY', /RTF/u],
    [
      'control characters',
      'abc\x01\x02\x03\x04\x05\x06\x07\x08def'.repeat(3),
      'BINARY',
      /at UTF-16 unit 3; .*24 control characters/u,
    ],
    ['Chinese', '人人生而自由，在尊严和权利上一律平等。', 'UNKNOWN_LANGUAGE', /Chinese/u],
  ])('%s', async (_, bytes, code, message) => {
    const failure = survey(bytes);
    await expect(failure).rejects.toThrow(expect.objectContaining({ code }));
    await expect(failure).rejects.toThrow(message);
  });

  test('more than the limit', async () => {
    await expect(survey('Он вошёл.', { bytesMax: 15 })).rejects.toThrow(
      /document too large; expected at most 15 bytes/u,
    );
    expect((await survey('Он вошёл.', { bytesMax: 16 })).bytes).toBe(16);
  });
});

test.each([
  ['a stray control character', 'He rang the bell.\x07 She came.'],
  ['a text that begins like a bzip2 archive', 'BZh is how such an archive begins.'],
  ['marks of direction, zero-width characters, form feeds', '\u200FHe\u200B came\u2028in.\fShe\u00AD left.'],
])('%s is let through', async (_, text) => {
  expect((await survey(text)).lang).toBe('en');
});

test('a cancelled survey stops', async () => {
  await expect(survey('He came in.', { signal: AbortSignal.abort() })).rejects.toThrow(
    expect.objectContaining({ code: 'CANCELLED' }),
  );
});
