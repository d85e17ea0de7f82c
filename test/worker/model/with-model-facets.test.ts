import { HypersceneError } from '../../../src/errors.ts';
import type { CompletionPiece } from '../../../src/model/language-model.ts';
import { openReader } from '../../../src/reading/read-document.ts';
import type { Reader, ReadingPart } from '../../../src/reading/reader.ts';
import { corpusName, documentName } from '../../../src/scene/name.ts';
import { documentId, type Scene } from '../../../src/scene/scene.ts';
import { withModelFacets } from '../../../src/worker/model/with-model-facets.ts';
import { type Answers, CALL, end, recordingModel } from './recording-model.ts';

let reader: Reader;

beforeAll(async () => {
  reader = await openReader();
});

afterAll(() => reader.close());

const DOCUMENT = documentId(corpusName('книги'), documentName('одна'));

const TEXTS = {
  ru: 'Старый царь стоял у двери, а девушка смотрела в окно. Пыль лежала на рояле.\n\n* * *\n\nШёл дождь.',
  en: 'The old prince stood at the door, and the girl looked out of the window. Dust lay on the piano.\n\n* * *\n\nIt rained.',
} as const;

const ANSWER = JSON.stringify({
  tension: { words: '', key: 'longing' },
  atmosphere: { words: '', key: 'silence' },
  archetype: { words: '', key: 'vigil' },
  agent: '',
  context: 'нет такого',
});

const partsBy = async (by: Reader, text: string, signal?: AbortSignal): Promise<readonly ReadingPart[]> => {
  await using reading = await by.read({ text }, { document: DOCUMENT, signal });
  return await Array.fromAsync(reading.parts());
};

const scenesIn = (parts: readonly ReadingPart[]): readonly Scene[] =>
  parts.flatMap((part) => (part.type === 'scenes' ? part.scenes : []));

const by = (pieces: NonNullable<Answers['pieces']>) => {
  const model = recordingModel({ pieces });
  return { model, reader: withModelFacets(reader, { model, call: CALL }, { parallel: 2 }) };
};

const placeOf = ({ id, position, kind, start, end: to, text }: Scene) => ({ id, position, kind, start, end: to, text });

describe.each(['ru', 'en'] as const)('in %s', (lang) => {
  test('texts, order and spans are those of the reader, and weak facets the model’s', async () => {
    const { model, reader: modelled } = by((_, call): readonly CompletionPiece[] => [
      { kind: 'text', text: ANSWER },
      end(call),
    ]);
    const [plain, filled] = [await partsBy(reader, TEXTS[lang]), await partsBy(modelled, TEXTS[lang])];
    const texts = (parts: readonly ReadingPart[]) => parts.flatMap((part) => (part.type === 'text' ? [part.text] : []));
    expect(texts(filled)).toEqual(texts(plain));
    const [before, after] = [scenesIn(plain), scenesIn(filled)];
    expect(after.map(placeOf)).toEqual(before.map(placeOf));
    for (const [i, scene] of after.entries())
      for (const kind of ['tension', 'archetype', 'atmosphere'] as const) {
        const was = before[i]?.[kind] ?? null;
        if (was !== null && was.confidence >= 0.5) expect(scene[kind]).toEqual(was);
        else if (/\p{L}/u.test(scene.text)) expect(scene[kind]?.by).toBe('model');
      }
    const last = filled.at(-1);
    expect(last?.type === 'notices' && last.notices.at(-1)).toMatch(
      /^facets that recording filled: \d+, in scenes: \d+; answers/u,
    );
    expect(model.asked.filter(({ method }) => method === 'complete').length).toBeLessThanOrEqual(before.length);
  });

  test('when the model fails, reading fails with its error, and nothing of it goes on', async () => {
    let asked = 0;
    const { reader: modelled } = by(() => {
      asked += 1;
      throw new HypersceneError('MODEL_CRASHED', 'gone');
    });
    await expect(partsBy(modelled, TEXTS[lang])).rejects.toMatchObject({ code: 'MODEL_CRASHED' });
    expect(asked).toBeLessThanOrEqual(2);
  });

  test('it is cancelled with the reading', async () => {
    const stop = new AbortController();
    const { reader: modelled } = by(async function* (_, { signal }) {
      stop.abort();
      if (signal?.aborted) throw new HypersceneError('CANCELLED', 'cancelled');
      yield { kind: 'text', text: ANSWER };
    });
    await expect(partsBy(modelled, TEXTS[lang], stop.signal)).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
