import { figuresOf } from './sentence-readers.ts';

const FIGURE = 'threshold.silence.restraint';

const SAME_FIGURE = [
  'он стоял у двери, не решаясь войти',
  'Старик замер на пороге и всё не смел переступить его.',
  'Девочка стояла перед калиткой и не осмеливалась её открыть.',
  'У ворот замка сидел рыцарь, не отваживаясь постучать.',
  'Анна медлила на крыльце, боясь войти.',
  'Гость топтался в дверях, не смея переступить порог.',
  'Я долго стоял перед дверью и не мог решиться войти.',
  'Женщина застыла возле двери, не в силах заставить себя войти.',
  'Нищий стоял у входа в пещеру, и духу войти у него не хватало.',
  'Путник остановился у ворот, колеблясь.',
  'Мать стояла у дверей, но так и не вошла.',
  'Ваня переминается с ноги на ногу у входа и не решается войти.',
  'Брат стоял за дверью, не находя в себе смелости постучать.',
  'he stood at the door, not daring to go in',
  'The girl lingered on the threshold, afraid to step inside.',
  'The old man paused at the gate and did not dare to pass through it.',
  'She waited by the door, unable to bring herself to knock.',
  'A soldier sat by the gate, not venturing to enter.',
  'Mary hesitated in the doorway, unwilling to go in.',
  'They stood before the gates and dared not go in.',
  'At the entrance of the cave knelt a stranger, too timid to enter.',
  'John stood on the porch, but he could not find the courage to knock.',
  'She stood at the gate without going in.',
  'The widow stood at the church door, lacking the courage to enter.',
  'Her brother hung back at the entrance, hardly daring to come in.',
  'I stood outside her door and could not make up my mind to open it.',
];

const OTHER_FIGURES = [
  'Он смело вошёл в дверь.',
  'Он стоял у окна и пел.',
  'Дверь с грохотом захлопнулась.',
  'Он стоял у двери и ждал брата.',
  'Мальчик не решался прыгнуть в реку.',
  'Он сидел у костра, не решаясь заговорить.',
  'Она стояла у двери и пела, не решаясь войти.',
  'Не решаясь войти, он крикнул у двери: «Есть кто дома?»',
  'Он не боялся войти и стоял у двери.',
  'Она без колебаний вошла в дом.',
  'Старик стоял у двери и улыбался.',
  'He went in boldly.',
  'He stood at the window singing.',
  'The door slammed.',
  'He stood at the door and waited for his brother.',
  'The boy did not dare to jump into the river.',
  'He sat by the fire, not daring to speak.',
  'She stood at the door and sang, not daring to enter.',
  '"Is anyone home?" he called at the door, not daring to enter.',
  'She stood at the door and was not afraid to go in.',
  'She entered the house without hesitation.',
  'The old man stood at the door and smiled.',
];

describe('one figure, many wordings', () => {
  test.each(SAME_FIGURE)('%s', (sentence) => {
    expect(figuresOf(sentence)).toEqual([FIGURE]);
  });
});

describe('near misses', () => {
  test.each(OTHER_FIGURES)('%s', (sentence) => {
    expect(figuresOf(sentence)).not.toContain(FIGURE);
  });
});
