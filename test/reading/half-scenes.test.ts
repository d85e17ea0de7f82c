import { partsOf, read } from './sentence-readers.ts';

const WHOLE = [
  ['a converb', 'Он стоял у двери, не решаясь войти.'],
  ['a converb before its verb', 'Собрав силы, Наташа поднялась на вершину горы.'],
  ['a participle', 'Старик, потерявший сына, молча смотрел на свечи.'],
  ['a relative clause inside', 'Девочка, которая ждала брата, уснула.'],
  ['a relative clause at the end', 'Он вошёл в дом, в котором жил его отец.'],
  ['a complement clause', 'Я знал, что он уйдёт, и молчал.'],
  ['an indirect question', 'Она не понимала, почему он ушёл.'],
  ['one agent of several verbs', 'Мать закрыла окно и села у стола, но не заплакала.'],
  ['one agent, taken up by a pronoun', 'Иван вошёл, и он сразу увидел брата.'],
  ['a list', 'Он купил хлеб, молоко и сыр.'],
  ['a clause of time inside', 'Он, когда пришла мать, встал.'],
  ['words put in', 'Он, кажется, ушёл домой.'],
  ['a part of the body', 'Он стоял у двери, и рука его дрожала.'],
  ['a clause without agent', 'Стемнело, и путники остановились.'],
  ['speech and its reporter', '«Я уйду, а ты останешься», — сказал Иван.'],
  ['speech after a dash', '— Я уйду, а ты останешься, — сказал он. — Мать ждёт.'],
  ['nothing but speech', '— Я уйду, а ты останешься.'],
  ['speech that began earlier', 'Я уйду, а ты останешься».'],
  ['a title', 'Он читал «Войну и мир».'],
  ['a gerund', 'He stood at the door, not daring to enter.'],
  ['participles', 'Tired, hungry and cold, they reached the inn.'],
  ['a relative clause without commas', 'The old man who had lost his son stared at the candles.'],
  ['a relative clause without a relative word', 'Yesterday the man I saw left the town.'],
  ['a complement clause with that', 'He knew that she would leave and said nothing.'],
  ['a complement clause without that', 'He said he was tired.'],
  ['an indirect question', 'The boy finally understood why his mother had wept.'],
  ['one agent of several verbs', 'He broke the vase and blamed his sister.'],
  ['verbs in a row', 'He assisted the farmers, mended the fences, and drove the cows home.'],
  ['one agent, taken up by a pronoun', 'Mary hid the letter because she feared her husband.'],
  ['a list', 'She bought bread, milk and cheese.'],
  ['a comparison', 'They were on the same side of the door as you are.'],
  ['speech and its reporter', '"I will go and you will stay," he said quietly.'],
  ['British quotation marks', '‘I will go and you will stay,’ he said.'],
  ['an abbreviation', 'I saw Mr. Brown at the gate.'],
] as const;

const SPLIT = [
  ['Лодка медленно тонула, а берег был ещё далеко.', 'Лодка медленно тонула,', 'а берег был ещё далеко.'],
  ['Когда он снял маску, все узнали в нём брата.', 'Когда он снял маску,', 'все узнали в нём брата.'],
  ['Ворота были заперты, ключ потерян.', 'Ворота были заперты,', 'ключ потерян.'],
  ['Все молчали, потому что отец спал.', 'Все молчали,', 'потому что отец спал.'],
  ['Он вошёл; она молчала.', 'Он вошёл;', 'она молчала.'],
  ['Иван открыл дверь, и вошла она.', 'Иван открыл дверь,', 'и вошла она.'],
  ['Когда пришла мать, дети, которые играли, замолчали.', 'Когда пришла мать,', 'дети, которые играли, замолчали.'],
  ['Он ушёл, а она сказала: «Я останусь, и ты вернёшься».', 'Он ушёл,', 'а она сказала: «Я останусь, и ты вернёшься».'],
  ['The boat was sinking and the shore was far away.', 'The boat was sinking', 'and the shore was far away.'],
  ['When the mask fell, everyone recognized the prince.', 'When the mask fell,', 'everyone recognized the prince.'],
  ['The gate was locked, the key was lost.', 'The gate was locked,', 'the key was lost.'],
  ['The children were silent because their father slept.', 'The children were silent', 'because their father slept.'],
  ['He went in; she waited.', 'He went in;', 'she waited.'],
  ['The boy opened the door, and she came in.', 'The boy opened the door,', 'and she came in.'],
  [
    'He left, and she said: "I will stay, and you will return."',
    'He left,',
    'and she said: "I will stay, and you will return."',
  ],
] as const;

describe('a sentence stays whole', () => {
  test.each(WHOLE)('%s: %s', (_, sentence) => {
    expect(partsOf(sentence)).toEqual([sentence]);
    expect(read(sentence).map(({ kind }) => kind)).toEqual(['scene']);
  });
});

describe('a clause with a verb and an agent of its own is a half-scene', () => {
  test.each(SPLIT)('%s', (sentence, ...parts) => {
    expect(partsOf(sentence)).toEqual(parts);
    expect(new Set(read(sentence).map(({ kind }) => kind))).toEqual(new Set(['half']));
  });

  test('each half has its own agent', () => {
    expect(read('Лодка тонула, а дети плыли к берегу.').map(({ agent }) => agent?.key)).toEqual(['лодка', 'ребенок']);
    expect(read('The boat sank, but the children swam to the shore.').map(({ agent }) => agent?.key)).toEqual([
      'boat',
      'child',
    ]);
  });
});
