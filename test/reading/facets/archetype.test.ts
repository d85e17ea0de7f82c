import { FIGURE_CONFIDENCE_MIN } from '../../../src/scene/facet.ts';
import { evidence, readWhole } from '../sentence-readers.ts';

describe('the archetype is what the place or the deed tells', () => {
  test.each([
    ['Он стоял у двери.', 'threshold', 'двери'],
    ['Дети переправились через реку.', 'crossing', 'переправились'],
    ['Волк преследовал оленя.', 'shadow', null],
    ['Рыцарь отомстил за отца.', 'revenge', 'отомстил'],
    ['Её похоронили под дождём.', 'death', 'похоронили'],
    ['He stood at the door.', 'threshold', 'door'],
    ['The children crossed the river.', 'crossing', 'crossed'],
    ['The king banished his own brother.', 'exile', 'banished'],
    ['They buried the captain at sea.', 'death', 'buried'],
    ['She looked into the mirror.', 'double', 'mirror'],
  ])('%s → %s', (sentence, key, span) => {
    const { archetype } = readWhole(sentence);
    expect(archetype?.key).toBe(key);
    expect(archetype?.confidence).toBeGreaterThanOrEqual(FIGURE_CONFIDENCE_MIN);
    if (span !== null) expect(evidence(sentence, archetype)).toBe(span);
  });

  test.each([
    ['Он стоял у входа в пещеру.', 'Он стоял у пещеры.'],
    ['He stood at the entrance of the cave.', 'He stood in the cave.'],
  ])('where one stands counts more than what it belongs to: %s', (atEntrance, inCave) => {
    expect(readWhole(atEntrance).archetype?.key).toBe('threshold');
    expect(readWhole(inCave).archetype?.key).toBe('descent');
  });

  test('a place makes it surer than a thing spoken of', () => {
    const at = (sentence: string): number => readWhole(sentence).archetype?.confidence ?? 0;
    expect(at('Он стоял у двери.')).toBeGreaterThan(at('Он купил дверь.'));
    expect(at('He stood at the door.')).toBeGreaterThan(at('He bought a door.'));
  });

  test('a guess from the tension stays below the figure', () => {
    for (const sentence of ['Она рыдала.', 'She sobbed.']) {
      const { archetype } = readWhole(sentence);
      expect(archetype?.by).toBe('rule');
      expect(archetype?.confidence).toBeLessThan(FIGURE_CONFIDENCE_MIN);
    }
  });

  test('without a reason there is none', () => {
    expect(readWhole('Он читал книгу.').archetype).toBeNull();
    expect(readWhole('He read a book.').archetype).toBeNull();
  });
});
