import { codeRow, type RowKey } from '../../../src/model/row-key.ts';
import { figureDigest } from '../../../src/scene/figure.ts';
import type { Code } from '../../../src/scene/hypertoken.ts';
import { predictNextCodes } from '../../../src/worker/model/predict-next-codes.ts';
import { countingCalls } from '../open-stories.ts';
import { openTales, type Tales } from './open-tales.ts';
import { CALL, recordingModel, WITH_PACK } from './recording-model.ts';

let tales: Tales;

beforeAll(async () => {
  tales = await openTales();
});

afterAll(() => tales.reader.close());

const UNSEEN = figureDigest({ archetype: 'feast', atmosphere: 'fire', tension: 'envy' });

const predict = async (
  codes: readonly Code[],
  k: number,
  call = WITH_PACK,
  rows: (row: RowKey) => boolean = () => true,
) => {
  const { store, calls } = countingCalls(tales.store);
  const predicted = [...tales.hypertokens.map(({ digest }) => codeRow(digest)), codeRow(UNSEEN)].reverse();
  const model = recordingModel({ predicted, rows });
  const answer = await predictNextCodes({ ...tales, store, model, call }, { codes, k, labels: 'ru' });
  return { answer, calls, model };
};

test('every code that may follow is expanded, by falling probability, with one call of the store for all of them', async () => {
  const { answer, calls } = await predict([1, 2, 1] as Code[], 5);
  expect(answer.codes).toHaveLength(5);
  expect(answer.codes[0]).toMatchObject({
    digest: UNSEEN,
    code: null,
    hyperlexeme: 'пирогоньзависть',
    probability: 0.5,
  });
  const expected = tales.hypertokens.toReversed().slice(0, 4);
  expect(answer.codes.slice(1).map(({ code, level }) => [code, level])).toEqual(
    expected.map(({ code, level }) => [code, level]),
  );
  for (const { figures, hyperlexeme } of answer.codes) {
    expect(figures.length).toBeGreaterThan(0);
    expect(hyperlexeme).toMatch(/^[а-яё·]+$/u);
  }
  expect(answer).toMatchObject({ substitutions: [], mass: 0.5, provenance: { pack: { name: 'pack' } } });
  expect(calls.get('hypertokensByDigest')).toBe(1);
});

test('codes without a row go in as hyperlexeme, and are told', async () => {
  const [record] = await tales.store.hypertokensByCode([1 as Code]);
  const missing = codeRow(record?.digest as never);
  const { answer, model } = await predict([1, 2] as Code[], 1, WITH_PACK, (row) => row !== missing);
  expect(answer.substitutions).toEqual([
    { part: 0, name: 'Δ1', wanted: 'code', written: 'hyperlexeme', why: 'NO_ROW', rows: [missing] },
  ]);
  const prompt = model.asked.find(({ method }) => method === 'predictNext')?.prompts[0];
  expect(prompt?.segments.map(({ kind }) => kind)).toEqual(['text', 'row']);
});

test.each([
  ['no pack', [1] as Code[], 1, CALL, 'PACK_REQUIRED'],
  ['no code', [], 1, WITH_PACK, 'BAD_ARGUMENT'],
  ['none to predict', [1] as Code[], 0, WITH_PACK, 'BAD_ARGUMENT'],
  ['too many to predict', [1] as Code[], 1001, WITH_PACK, 'BAD_ARGUMENT'],
  ['an unknown code', [9999] as Code[], 1, WITH_PACK, 'CODE_NOT_FOUND'],
] as const)('%s is refused', async (_, codes, k, call, code) => {
  await expect(predict(codes, k, call)).rejects.toMatchObject({ code });
});
