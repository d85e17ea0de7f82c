import type { CompleteOptions, CompletionPiece } from '../../../src/model/language-model.ts';
import { codeRow, facetRow, NONE_ROW, type RowKey, sceneRow } from '../../../src/model/row-key.ts';
import { digestOf } from '../../../src/scene/digest.ts';
import { figureDigest, figureKeyDigest } from '../../../src/scene/figure.ts';
import type { StoredScene } from '../../../src/store/graph-store.ts';
import { type CompletionEvent, completeParts } from '../../../src/worker/model/complete-parts.ts';
import type { ExpandedRow } from '../../../src/worker/model/row-book.ts';
import { countingCalls } from '../open-stories.ts';
import { openTales, type Tales } from './open-tales.ts';
import { CALL, end, recordingModel, WITH_PACK } from './recording-model.ts';

const OPTIONS: CompleteOptions = { tokensMax: 20, temperature: 0, topK: 0, topP: 1, minP: 0, stop: [] };

let tales: Tales;

beforeAll(async () => {
  tales = await openTales();
});

afterAll(() => tales.reader.close());

const complete = (pieces: readonly CompletionPiece[], labels: 'ru' | 'en', store = tales.store) => {
  const model = recordingModel({ pieces: (_, call) => [...pieces, end(call)] });
  const [{ id }] = tales.scenes as readonly [StoredScene];
  return completeParts(
    { ...tales, store, model, call: WITH_PACK },
    { parts: [{ kind: 'scene', scene: id, rung: 'code' }], labels, form: 'raw', options: OPTIONS },
  );
};

const row = (key: RowKey): CompletionPiece => ({ kind: 'row', row: key });

const rowsIn = (events: readonly CompletionEvent[]): readonly ExpandedRow[] =>
  events.flatMap((event) => (event.kind === 'row' ? [event.row] : []));

test('first it tells how the parts were written, last how it ended and by what', async () => {
  const events = await Array.fromAsync(complete([{ kind: 'text', text: 'и вышел' }], 'ru'));
  expect(events.map(({ kind }) => kind)).toEqual(['written', 'text', 'end']);
  expect(events[0]).toMatchObject({ substitutions: [], parts: [{ kind: 'scene', items: [{ rung: 'code' }] }] });
  expect(events[2]).toMatchObject({ reason: 'end', provenance: { pack: { name: 'pack' } } });
});

test.each([
  ['ru', 'порогсдерживание', 'сцена', 'порог'],
  ['en', 'thresholdrestraint', 'scene', 'threshold'],
] as const)(
  'rows that come out are expanded to codes, scenes and facets (%s)',
  async (labels, name, nameless, label) => {
    const scene = tales.scenes.find(({ figure }) => figure === 'threshold.none.restraint') as StoredScene;
    const unseen = figureDigest({ archetype: 'feast', atmosphere: 'fire', tension: 'envy' });
    const strange = digestOf('motif', 'of another store');
    const { store, calls } = countingCalls(tales.store);
    const known = codeRow(figureKeyDigest(scene.figure));
    const keys = [
      known,
      sceneRow(scene.id),
      facetRow('archetype', 'threshold'),
      NONE_ROW,
      codeRow(unseen),
      codeRow(strange),
      known,
    ];
    const rows = rowsIn(await Array.fromAsync(complete(keys.map(row), labels, store)));
    expect(rows).toMatchObject([
      { kind: 'code', code: scene.code, level: 0, hyperlexeme: name, figures: [{ archetype: 'threshold' }] },
      { kind: 'scene', id: scene.id, scene: { text: scene.text }, hyperlexeme: expect.stringContaining(name) },
      { kind: 'facet', facet: 'archetype', key: 'threshold', hyperlexeme: label },
      { kind: 'facet', facet: null, key: 'none', hyperlexeme: nameless },
      // A figure is known by its digest, though nothing here has it.
      {
        kind: 'code',
        digest: unseen,
        code: null,
        level: 0,
        figures: [{ archetype: 'feast', atmosphere: 'fire', tension: 'envy' }],
      },
      { kind: 'code', digest: strange, code: null, level: null, figures: [], hyperlexeme: null },
      { kind: 'code', code: scene.code },
    ]);
    expect(calls.get('hypertokensByDigest')).toBe(3);
  },
);

test('whoever stops taking ends what the model does', async () => {
  let ended = false;
  async function* pieces(): AsyncGenerator<CompletionPiece> {
    try {
      for (;;) yield { kind: 'text', text: 'и ' };
    } finally {
      ended = true;
    }
  }
  const model = recordingModel({ pieces });
  const request = { parts: [{ kind: 'text', text: 'Он' }], labels: 'ru', form: 'chat', options: OPTIONS } as const;
  for await (const event of completeParts({ ...tales, model, call: CALL }, request)) if (event.kind === 'text') break;
  expect(ended).toBe(true);
});
