import { embedParts } from '../../../src/worker/model/embed-parts.ts';
import type { Part } from '../../../src/worker/model/part.ts';
import { countingCalls } from '../open-stories.ts';
import { openTales, type Tales } from './open-tales.ts';
import { CALL, recordingModel } from './recording-model.ts';

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
  test('lists become vectors with one reading of the store and one call of the model', async () => {
    const { store, calls } = countingCalls(tales.store);
    const model = recordingModel();
    const lists = [[scenePart(first, 'text')], [scenePart(second, 'facets')], [{ kind: 'text', text: first } as const]];
    const embedded = await embedParts({ ...tales, store, model, call: CALL }, { lists, labels, form: 'raw' });
    expect(embedded.vectors).toHaveLength(3);
    expect(embedded.written.map(({ substitutions }) => substitutions.length)).toEqual([0, 1, 0]);
    expect(Object.fromEntries(calls)).toEqual({ scenesById: 1 });
    expect(model.asked.map(({ method }) => method)).toEqual(['embed']);
  });
});
