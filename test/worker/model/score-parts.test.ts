import type { Part } from '../../../src/worker/model/part.ts';
import { scoreParts } from '../../../src/worker/model/score-parts.ts';
import { openTales, type Tales } from './open-tales.ts';
import { recordingModel, WITH_PACK } from './recording-model.ts';

let tales: Tales;

beforeAll(async () => {
  tales = await openTales();
});

afterAll(() => tales.reader.close());

const scenePart = (text: string, rung: 'text' | 'code'): Part => {
  const scene = tales.scenes.find((each) => each.text === text);
  if (scene === undefined) throw new Error(`no scene ${text}`);
  return { kind: 'scene', scene: scene.id, rung };
};

describe.each([
  ['ru', 'Вронский стоял у двери.', 'Анна боялась.'],
  ['en', 'John stood at the door.', 'Mary was afraid.'],
] as const)('in %s', (labels, first, second) => {
  test('each part has the logarithm of its own probability; what parts two of them is in neither', async () => {
    const model = recordingModel({ logProbability: (token) => -token.length });
    const parts = [scenePart(first, 'text'), scenePart(second, 'text'), scenePart(second, 'code')];
    const scored = await scoreParts({ ...tales, model, call: WITH_PACK }, { parts, labels, form: 'raw' });
    const letters = (text: string): number => text.replaceAll(' ', '').length;
    expect(scored.ofParts.slice(0, 2)).toEqual([
      { tokens: first.split(' ').length, sum: -letters(first) },
      { tokens: second.split(' ').length, sum: -letters(second) },
    ]);
    expect(scored.ofParts[2]?.tokens).toBe(1);
    expect(scored.ofParts.reduce((sum, part) => sum + part.sum, 0)).toBe(scored.sum + 1);
    expect(scored).toMatchObject({ written: { substitutions: [] }, provenance: { model: { name: 'recording' } } });
  });
});
