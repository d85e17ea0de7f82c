import { evidence, read, readWhole } from '../sentence-readers.ts';

const AGENTS = [
  ['Он стоял у двери.', 'он', 'Он'],
  ['Солдаты шли сквозь метель.', 'солдат', 'Солдаты'],
  ['На рассвете дети переправились через реку.', 'ребенок', 'дети'],
  ['В темноте кто-то дышал за её спиной.', 'кто-то', 'кто-то'],
  ['После десяти лет странствий Одиссей вернулся на родину.', 'Одиссей', 'Одиссей'],
  ['Анна Сергеевна молчала.', 'Анна Сергеевна', 'Анна Сергеевна'],
  ['Старик Иван сел у печи.', 'Иван', 'Старик Иван'],
  ['Три брата пошли в лес.', 'брат', 'брата'],
  ['Мне снилось, что дом горит.', 'я', 'Мне'],
  ['У старика не хватило смелости постучать.', 'старик', 'старика'],
  ['«Я никуда не поеду», — тихо сказал Иван.', 'Иван', 'Иван'],
  ['— Стой! — закричал часовой и вскинул ружьё.', 'часовой', 'часовой'],
  ['Письмо написал брат.', 'брат', 'брат'],
  ['Девочка, которая ждала брата, уснула.', 'девочка', 'Девочка'],
  ['Иду домой.', 'я', 'Иду'],
  ['Её похоронили в воскресенье.', 'они', 'похоронили'],
  ['Стояла у двери, не решаясь войти.', 'она', 'Стояла'],
  ['He stood at the door.', 'he', 'He'],
  ['Soldiers marched through the snow.', 'soldier', 'Soldiers'],
  ['At dawn the children crossed the river.', 'child', 'children'],
  ['After ten years of wandering, Odysseus came home.', 'Odysseus', 'Odysseus'],
  ['In the morning Ivan awoke.', 'Ivan', 'Ivan'],
  ['Sherlock Holmes sat in silence.', 'Sherlock Holmes', 'Sherlock Holmes'],
  ['Mr. Brown left the room.', 'Brown', 'Mr. Brown'],
  ["A stranger's face looked back at him.", 'face', 'face'],
  ['The old man who had lost his son stared at the candles.', 'man', 'man'],
  ['The man seated by the door stood up.', 'man', 'man'],
  ['From the depth of the forest and the darkness of its paths a wolf came.', 'wolf', 'wolf'],
  ['In the dark stood a man.', 'man', 'man'],
  ['“I will not go,” said the king.', 'king', 'king'],
  ['One day the wife died.', 'wife', 'wife'],
  ["China's growing middle class complained.", 'class', 'class'],
  ['The key was lost.', 'key', 'key'],
  ['Open the door!', 'you', 'Open'],
  ['They buried the captain at sea.', 'they', 'They'],
] as const;

describe('the agent is the subject', () => {
  test.each(AGENTS)('%s → %s', (sentence, key, span) => {
    const { agent } = readWhole(sentence);
    expect(agent?.key).toBe(key);
    expect(agent?.entity).toBe(key);
    expect(evidence(sentence, agent)).toBe(span);
    expect(agent?.by).toBe('grammar');
  });

  test.each(['Стемнело.', 'It was dark.', 'Холодно и темно.', 'Не было ни звука.'])('nobody acts: %s', (sentence) => {
    expect(readWhole(sentence).agent).toBeNull();
  });

  test('a subject that is named is surer than one told by the verb', () => {
    expect(readWhole('Он шёл домой.').agent?.confidence).toBeGreaterThan(
      readWhole('Шёл домой.').agent?.confidence ?? 1,
    );
  });

  test('the agent of a whole sentence is the one of its main clause', () => {
    expect(read('Когда он пришёл, Иван сел.').map(({ agent }) => agent?.key)).toContain('Иван');
  });
});
