import type { Block } from '../../src/reading/blocks.ts';
import { SceneMaker } from '../../src/reading/scenes.ts';
import type { SceneDraft, SentenceReader } from '../../src/reading/sentence-reader.ts';
import { corpusName, documentName } from '../../src/scene/name.ts';
import { documentId, sceneId } from '../../src/scene/scene.ts';

const DOCUMENT = documentId(corpusName('corpus'), documentName('document'));

const block = (text: string, analysis = text, start = 100): Block => ({
  start,
  text,
  analysis,
  kind: 'prose',
  cut: false,
});

/** Two half-scenes parted at ` и `; each word `дверь` is a context. */
const halving: SentenceReader = {
  lang: 'ru',
  read: (sentence) => {
    const and = sentence.indexOf(' и ');
    return and < 0
      ? [draft(sentence, 0, sentence.length, 'scene')]
      : [draft(sentence, 0, and, 'half'), draft(sentence, and + 1, sentence.length, 'half')];
  },
};

const draft = (sentence: string, start: number, end: number, kind: SceneDraft['kind']): SceneDraft => ({
  kind,
  start,
  end,
  agent: null,
  tension: null,
  context: Array.from(sentence.slice(start, end).matchAll(/дверь/gu), ({ index }) => ({
    key: 'дверь',
    start: start + index,
    end: start + index + 5,
    confidence: 1,
    by: 'word' as const,
  })),
  atmosphere: null,
  archetype: null,
});

const scenesOf = (blocks: readonly Block[], sentences = halving, lengthMax = 4096) => {
  const maker = new SceneMaker(DOCUMENT, sentences, lengthMax);
  return { scenes: blocks.flatMap((each) => [...maker.scenesOf(each)]), notices: maker.notices() };
};

test('scenes and half-scenes have their places in the document, and so have their facets', () => {
  const text = 'Он открыл дверь. Она вошла и закрыла дверь!';
  const { scenes } = scenesOf([block(text)]);
  expect(scenes.map((scene) => [scene.position, scene.kind, scene.text])).toEqual([
    [0, 'scene', 'Он открыл дверь.'],
    [1, 'half', 'Она вошла'],
    [2, 'half', 'и закрыла дверь!'],
  ]);
  for (const scene of scenes) {
    expect(text.slice(scene.start - 100, scene.end - 100)).toBe(scene.text);
    for (const { key, start, end } of scene.context) expect(text.slice(start - 100, end - 100)).toBe(key);
  }
});

test('ids follow the text and count what is equal', () => {
  const { scenes } = scenesOf([block('Он ждал. Она ушла. Он ждал.'), block('Он ждал.', undefined, 500)]);
  expect(scenes.map(({ id }) => id)).toEqual([
    sceneId(DOCUMENT, 'Он ждал.', 0),
    sceneId(DOCUMENT, 'Она ушла.', 0),
    sceneId(DOCUMENT, 'Он ждал.', 1),
    sceneId(DOCUMENT, 'Он ждал.', 2),
  ]);
});

test('masked marks belong to the scenes that they stand at', () => {
  const text = '**Дверь открыта.** *Он вошёл* и _она_ вышла. [Конец](x).';
  const analysis = '  Дверь открыта.    Он вошёл  и  она  вышла.  Конец    .';
  expect(analysis).toHaveLength(text.length);
  expect(scenesOf([block(text, analysis)]).scenes.map((scene) => scene.text)).toEqual([
    '**Дверь открыта.**',
    '*Он вошёл*',
    'и _она_ вышла.',
    '[Конец](x).',
  ]);
});

test('invisible characters hide no word, and spans stay true', () => {
  const text = '\u200FОн откры\u200Bл две\u200Bрь\u200E. \u202AИ ушёл.\u202C';
  const { scenes } = scenesOf([block(text)]);
  expect(scenes.map((scene) => scene.text)).toEqual([
    '\u200FОн откры\u200Bл две\u200Bрь\u200E.',
    '\u202AИ ушёл.\u202C',
  ]);
  const [door] = scenes[0]?.context ?? [];
  expect(text.slice((door?.start ?? 0) - 100, (door?.end ?? 0) - 100)).toBe('две\u200Bрь');
});

test('what has no words is a scene without facets, and never asks the sentence reader', () => {
  const never: SentenceReader = {
    lang: 'ru',
    read: () => {
      throw new Error('asked');
    },
  };
  const verbatim: Block = { ...block('let x;'), kind: 'verbatim' };
  const { scenes } = scenesOf([block('* * *'), block('…'), verbatim, block('---', '   ')], never);
  expect(scenes.map((scene) => scene.text)).toEqual(['* * *', '…', 'let x;', '---']);
  expect(scenes.every((scene) => scene.kind === 'scene' && scene.agent === null && scene.context.length === 0)).toBe(
    true,
  );
});

describe('a sentence beyond the limit', () => {
  test('is cut at white space, and a notice tells how often and where', () => {
    const text = `${'слово '.repeat(40).trim()}.`;
    const { scenes, notices } = scenesOf([block(text)], halving, 100);
    expect(scenes.map((scene) => scene.text).join(' ')).toBe(text);
    expect(Math.max(...scenes.map((scene) => scene.text.length))).toBeLessThanOrEqual(100);
    expect(notices).toEqual(['2 cuts were made within sentences longer than 100 characters, at 196, 292']);
  });

  test('is cut between characters where it has no white space', () => {
    const { scenes } = scenesOf([block(`а${'👩'.repeat(200)}`)], halving, 100);
    expect(scenes.map((scene) => scene.text).join('')).toBe(`а${'👩'.repeat(200)}`);
    expect(scenes.every((scene) => scene.text.isWellFormed() && scene.text.length <= 100)).toBe(true);
  });

  test('names only the first places of many', () => {
    const { notices } = scenesOf([block('а'.repeat(1000))], halving, 100);
    expect(notices).toEqual([
      '9 cuts were made within sentences longer than 100 characters, at 200, 300, 400, 500, 600 …',
    ]);
  });
});

test.each<[string, (sentence: string) => readonly SceneDraft[]]>([
  ['leaves words uncovered', (sentence) => [draft(sentence, 3, sentence.length, 'scene')]],
  ['stops before the end', (sentence) => [draft(sentence, 0, 4, 'scene')]],
  ['overlaps', (sentence) => [draft(sentence, 0, 9, 'half'), draft(sentence, 8, sentence.length, 'half')]],
  ['gives no draft', () => []],
  [
    'has a facet elsewhere',
    (sentence) => [
      {
        ...draft(sentence, 0, sentence.length, 'scene'),
        tension: { key: 'fear', start: 0, end: 99, confidence: 1, by: 'word' },
      },
    ],
  ],
])('a sentence reader that %s is refused', (_, read) => {
  expect(() => scenesOf([block('Он открыл дверь.')], { lang: 'ru', read })).toThrow(
    expect.objectContaining({ code: 'INTERNAL' }),
  );
});
