import { modelBudget } from '../../../src/worker/model/model-budget.ts';
import type { Part } from '../../../src/worker/model/part.ts';
import { openTales, type Tales } from './open-tales.ts';
import { PACK, recordingModel, WITH_PACK } from './recording-model.ts';

let tales: Tales;

beforeAll(async () => {
  tales = await openTales();
});

afterAll(() => tales.reader.close());

const scenePart = (text: string, rung: 'text' | 'facets'): Part => {
  const scene = tales.scenes.find((each) => each.text === text);
  if (scene === undefined) throw new Error(`no scene ${text}`);
  return { kind: 'scene', scene: scene.id, rung };
};

describe.each([
  ['ru', 'Вронский стоял у двери.', 'Анна боялась.'],
  ['en', 'John stood at the door.', 'Mary was afraid.'],
] as const)('in %s', (labels, first, second) => {
  test('a budget tells positions by part and rung, on every rung, and what they take of memory', async () => {
    const model = recordingModel();
    const given = { kind: 'text', text: 'a b c' } as const;
    const parts = [scenePart(first, 'text'), scenePart(second, 'text'), scenePart(first, 'facets'), given];
    const budget = await modelBudget({ ...tales, model, call: WITH_PACK }, { parts, labels, form: 'raw' });
    const [words, others] = [first.split(' ').length, second.split(' ').length];
    expect(budget.parts.map(({ positions }) => positions)).toEqual([words, others, 2, 3]);
    // One parts the two scenes.
    expect(budget.positions).toBe(words + others + 2 + 3 + 1);
    expect(budget.parts[0]?.onRungs).toEqual({ text: words, hyperlexeme: 1, facets: 2, occurrence: 1, code: 1 });
    expect(budget.parts[3]?.onRungs).toEqual({
      text: null,
      hyperlexeme: null,
      facets: null,
      occurrence: null,
      code: null,
    });
    expect(budget.rungs.filter(({ items }) => items > 0)).toEqual([
      { rung: 'text', items: 2, positions: words + others },
      { rung: 'facets', items: 1, positions: 2 },
    ]);
    expect(budget.memory).toEqual({
      bytesPerPosition: 10,
      kvBytes: budget.positions * 10,
      contextKvBytes: 2000,
      weightBytes: 1000,
      predictedBytes: 3000,
    });
    expect(budget.processes).toMatchObject([{ pack: PACK, predictedBytes: 3000, residentBytes: 2500 }]);
    const counted = model.asked.filter(({ method }) => method === 'count');
    expect(counted).toHaveLength(1);
  });
});
