import { evidence, readWhole } from '../sentence-readers.ts';

const CONTEXTS = [
  ['Он стоял у двери.', ['дверь']],
  ['Старик сидел у тёмного окна и печи.', ['окно', 'печь']],
  ['Я ждал её на вокзале всю ночь.', ['вокзал', 'ночь']],
  ['Волк преследовал оленя до самого обрыва.', ['обрыв']],
  ['Отец протянул сыну старый меч.', ['сын', 'меч']],
  ['Ворота были заперты.', ['ворота']],
  ['Он ушёл без слова.', []],
  ['Он приехал в Москву к Анне Сергеевне.', ['Москва', 'Анна Сергеевна']],
  ['He stood at the door.', ['door']],
  ["They waited at her father's study door.", ['study', 'door']],
  ['I waited for her at the station all night.', ['station', 'night']],
  ['The wolf chased the deer to the edge of the cliff.', ['edge', 'cliff']],
  ['The wizard gave the boy a silver ring.', ['boy', 'ring']],
  ['He left without a word.', []],
  ['He strode down Buckingham Street.', ['Buckingham Street']],
] as const;

describe('the context is where, when and by what', () => {
  test.each(CONTEXTS)('%s → %j', (sentence, keys) => {
    expect(readWhole(sentence).context.map(({ key }) => key)).toEqual(keys);
  });

  test('each context has its own span, in order', () => {
    const sentence = 'После осады солдаты стояли у городских ворот до утра.';
    expect(readWhole(sentence).context.map((facet) => evidence(sentence, facet))).toEqual(['осады', 'ворот', 'утра']);
  });

  test('a key stands at most once', () => {
    const keys = readWhole('Он шёл от двери к двери, от двери к окну.').context.map(({ key }) => key);
    expect(keys).toEqual(['дверь', 'окно']);
  });
});
