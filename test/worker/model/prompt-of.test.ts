import fc from 'fast-check';
import { POOL_REACH } from '../../../src/activation/pool.ts';
import { RUNGS } from '../../../src/activation/rung.ts';
import type { Segment } from '../../../src/model/language-model.ts';
import { codeRow, facetRow, NONE_ROW, type RowKey, sceneRow } from '../../../src/model/row-key.ts';
import { type Figure, figureKeyDigest, parseFigureKey } from '../../../src/scene/figure.ts';
import type { Code } from '../../../src/scene/hypertoken.ts';
import { LANGUAGES, type SceneId } from '../../../src/scene/scene.ts';
import type { StoredScene } from '../../../src/store/graph-store.ts';
import {
  CONTEXT_PARTS_MAX,
  PART_LENGTH_MAX,
  PARTS_MAX,
  type Part,
  PROMPT_LENGTH_MAX,
} from '../../../src/worker/model/part.ts';
import { promptOf, promptsOf, type WrittenPrompt } from '../../../src/worker/model/prompt-of.ts';
import { nameOfThing } from '../../../src/worker/model/thing.ts';
import { countingCalls } from '../open-stories.ts';
import { openTales, type Tales } from './open-tales.ts';
import { CALL, recordingModel, WITH_PACK } from './recording-model.ts';

let tales: Tales;
let motif: { readonly code: Code; readonly ordinal: number };

beforeAll(async () => {
  tales = await openTales();
  const { items } = await tales.store.occurrences({ level: 1, corpus: tales.corpora.ru }, { first: 100 });
  const found = items.map(({ item }) => item).find(({ level }) => level === 1);
  if (found === undefined) throw new Error('no motif');
  motif = { code: found.code, ordinal: found.ordinal };
});

afterAll(() => tales.reader.close());

const write = (
  parts: readonly Part[],
  {
    rows = () => true,
    call = WITH_PACK,
    labels = 'ru' as 'ru' | 'en',
  }: {
    rows?: (row: RowKey) => boolean;
    call?: typeof CALL;
    labels?: 'ru' | 'en';
  } = {},
): Promise<WrittenPrompt> =>
  promptOf({ ...tales, model: recordingModel({ rows }), call }, parts, { labels, form: 'raw' });

const spelled = (segments: readonly Segment[]): readonly string[] =>
  segments.map((segment) => (segment.kind === 'text' ? segment.text : `<${segment.row}>`));

const sceneOf = (text: string): StoredScene => {
  const scene = tales.scenes.find((each) => each.text === text);
  if (scene === undefined) throw new Error(`no scene ${text}`);
  return scene;
};

const anyPart = (): fc.Arbitrary<Part> =>
  fc.oneof(
    fc.record({ kind: fc.constant('text' as const), text: fc.string({ unit: fc.constantFrom(...'аbΔ14:7\n <|>') }) }),
    fc.record({
      kind: fc.constant('scene' as const),
      scene: fc.constantFrom(...tales.scenes.map(({ id }) => id)),
      rung: fc.constantFrom(...RUNGS),
    }),
    fc.record({
      kind: fc.constant('code' as const),
      code: fc.constantFrom(...tales.hypertokens.map(({ code }) => code)),
    }),
    fc
      .tuple(fc.constantFrom(...tales.scenes), fc.constantFrom(...RUNGS))
      .map(([{ code, ordinal }, rung]): Part => ({ kind: 'occurrence', code, ordinal, rung })),
    fc
      .constantFrom('hyperlexeme' as const, 'facets' as const, 'occurrence' as const, 'code' as const)
      .map((rung): Part => ({ kind: 'occurrence', ...motif, rung })),
  );

const anyRows: fc.Arbitrary<(row: RowKey) => boolean> = fc.func(fc.boolean());

describe('whatever the parts', () => {
  test('each is accounted for in its order, given texts come out exactly, and nothing stands beside them or rows', async () => {
    const property = fc.asyncProperty(
      fc.array(anyPart(), { minLength: 1, maxLength: 12 }),
      anyRows,
      fc.boolean(),
      fc.constantFrom(...LANGUAGES),
      async (parts, rows, hasPack, labels) => {
        const { prompt, parts: written } = await write(parts, { rows, call: hasPack ? WITH_PACK : CALL, labels });
        expect(written.map(({ kind }) => kind)).toEqual(parts.map(({ kind }) => kind));
        const items = written.flatMap((part) => part.items);
        expect(items).toHaveLength(parts.length);
        let at = 0;
        for (const [i, { thing, rung, from, to }] of items.entries()) {
          const before = items[i - 1];
          const inWords = rung === 'text' || rung === 'hyperlexeme';
          const touches =
            before?.thing && thing && inWords && (before.rung === 'text' || before.rung === 'hyperlexeme');
          expect(spelled(prompt.segments.slice(at, from))).toEqual(touches ? ['\n'] : []);
          const own = prompt.segments.slice(from, to);
          expect(own.every(({ kind }) => kind === (inWords ? 'text' : 'row'))).toBe(true);
          const part = parts[i];
          if (part?.kind === 'text') expect(spelled(own).join('')).toBe(part.text);
          else expect(own.length).toBeGreaterThan(0);
          if (rung === 'text' && thing?.kind === 'scene') expect(spelled(own)).toEqual([thing.scene.text]);
          at = to;
        }
        expect(at).toBe(prompt.segments.length);
      },
    );
    await fc.assert(property, { numRuns: 60 });
  });

  test('without a pack there is no row, and each that was wanted is told', async () => {
    const property = fc.asyncProperty(fc.array(anyPart(), { minLength: 1, maxLength: 12 }), async (parts) => {
      const { prompt, substitutions } = await write(parts, { call: CALL });
      expect(prompt.segments.every(({ kind }) => kind === 'text')).toBe(true);
      const wanted = parts.flatMap((part, i) => {
        const rung = part.kind === 'code' ? 'code' : part.kind === 'text' ? 'text' : part.rung;
        return rung === 'text' || rung === 'hyperlexeme' ? [] : [[i, rung]];
      });
      expect(substitutions.map(({ part, wanted: rung }) => [part, rung])).toEqual(wanted);
      for (const each of substitutions) {
        expect(each).toMatchObject({ written: 'hyperlexeme', why: 'NO_PACK' });
        expect(each.rows.length).toBeGreaterThan(0);
      }
    });
    await fc.assert(property, { numRuns: 60 });
  });

  test('what is substituted for want of a row is exactly what has a row missing, and it is named', async () => {
    const property = fc.asyncProperty(
      fc.array(anyPart(), { minLength: 1, maxLength: 12 }),
      anyRows,
      async (parts, rows) => {
        const whole = await write(parts);
        const { prompt, parts: written, substitutions } = await write(parts, { rows });
        for (const [i, part] of whole.parts.entries()) {
          const [item] = part.items;
          const keys = whole.prompt.segments
            .slice(item?.from, item?.to)
            .flatMap((segment) => (segment.kind === 'row' ? [segment.row] : []));
          const missing = [...new Set(keys.filter((key) => !rows(key)))];
          const told = substitutions.filter(({ part: index, why }) => index === i && why === 'NO_ROW');
          expect(told.map((each) => each.rows)).toEqual(missing.length === 0 ? [] : [missing]);
          expect(written[i]?.items[0]?.rung).toBe(missing.length === 0 ? item?.rung : 'hyperlexeme');
        }
        for (const segment of prompt.segments) if (segment.kind === 'row') expect(rows(segment.row)).toBe(true);
      },
    );
    await fc.assert(property, { numRuns: 60 });
  });
});

describe('rungs', () => {
  test.each([
    ['ru', 'Вронский стоял у двери.', 'порогсдерживание[вронский]'],
    ['en', 'John stood at the door.', 'thresholdrestraint[john]'],
  ] as const)('of a scene in %s', async (labels, text, words) => {
    const { id, code, ordinal, figure } = sceneOf(text);
    const parts = RUNGS.map((rung): Part => ({ kind: 'scene', scene: id, rung }));
    const { prompt, substitutions } = await write(parts, { labels });
    expect(spelled(prompt.segments)).toEqual([
      text,
      '\n',
      words,
      `<${facetRow('archetype', 'threshold')}>`,
      `<${facetRow('tension', 'restraint')}>`,
      `<${sceneRow(id)}>`,
      `<${codeRow(figureKeyDigest(figure))}>`,
    ]);
    expect(substitutions).toEqual([]);
    const places = RUNGS.map((rung): Part => ({ kind: 'occurrence', code, ordinal, rung }));
    expect((await write(places, { labels })).prompt).toEqual(prompt);
    expect(spelled((await write([{ kind: 'code', code }])).prompt.segments)).toEqual(
      spelled(prompt.segments).slice(-1),
    );
  });

  test('a figure in which nothing stands has a row of its own', async () => {
    const { items } = await tales.store.scenes({ corpus: tales.corpora.ru, code: 0 as Code }, { first: 1 });
    const id = items[0]?.item.id ?? tales.scenes.find(({ figure }) => figure === 'none.none.none')?.id;
    const empty = await write([{ kind: 'code', code: 0 as Code }], { call: CALL });
    expect(spelled(empty.prompt.segments)).toEqual(['сцена']);
    if (id !== undefined)
      expect(spelled((await write([{ kind: 'scene', scene: id, rung: 'facets' }])).prompt.segments)).toEqual([
        `<${NONE_ROW}>`,
      ]);
  });

  test('a motif has no row of its own place: it is written by that of its code, which is told', async () => {
    const [record] = await tales.store.hypertokensByCode([motif.code]);
    const { prompt, substitutions } = await write([{ kind: 'occurrence', ...motif, rung: 'occurrence' }]);
    expect(prompt.segments).toEqual([{ kind: 'row', row: codeRow(record?.digest as never) }]);
    const name = `Δ${motif.code}:${motif.ordinal}`;
    expect(substitutions).toEqual([
      { part: 0, name, wanted: 'occurrence', written: 'code', why: 'NOT_A_SCENE', rows: [] },
    ]);
    const figures = (record?.figures ?? []).map((key) => parseFigureKey(key) as Figure);
    expect(figures.length).toBeGreaterThan(1);
    const facets = await write([{ kind: 'occurrence', ...motif, rung: 'facets' }]);
    expect(facets.prompt.segments.length).toBeGreaterThanOrEqual(figures.length);
    await expect(write([{ kind: 'occurrence', ...motif, rung: 'text' }])).rejects.toMatchObject({
      code: 'BAD_ARGUMENT',
      details: { at: 'parts[0]' },
    });
  });
});

describe('a context', () => {
  const source = { query: 'Анна ждала в метель' };

  test.each(['hyperlexeme', 'facets', 'occurrence', 'code'] as const)(
    'takes no more positions of the model than there are, whatever has a row (%s)',
    async (rung) => {
      const property = fc.asyncProperty(
        fc.integer({ min: 1, max: 80 }),
        anyRows,
        fc.boolean(),
        async (tokens, rows, hasPack) => {
          const model = recordingModel({ rows });
          const call = hasPack ? WITH_PACK : CALL;
          const part: Part = { kind: 'context', source, corpus: tales.corpora.ru, tokens, rung };
          const { prompt, parts, substitutions } = await promptOf({ ...tales, model, call }, [part], {
            labels: 'ru',
            form: 'raw',
          });
          const [positions] = await model.count([prompt], call);
          expect(positions).toBeLessThanOrEqual(tokens);
          const lit = new Set(parts[0]?.context?.activation.scenes.map(({ scene }) => scene.id));
          expect(lit.size).toBeGreaterThan(0);
          const names = parts[0]?.items.map(({ thing }) => thing && nameOfThing(thing));
          for (const { part: index, name } of substitutions) {
            expect(index).toBe(0);
            expect(names).toContain(name);
          }
          for (const segment of prompt.segments)
            if (segment.kind === 'row') expect(hasPack && rows(segment.row)).toBe(true);
        },
      );
      await fc.assert(property, { numRuns: 25 });
    },
  );

  test.each([
    ['ru', { query: 'Анна ждала в метель' }],
    ['en', { query: 'Mary waited in the storm' }],
  ] as const)(
    'has in it what activation reached and nothing else, in the order of the story, and tells what was left out: %s',
    async (lang, query) => {
      const property = fc.asyncProperty(fc.integer({ min: 1, max: 120 }), fc.nat(3), async (tokens, some) => {
        const lit = {
          source: query,
          corpus: tales.corpora[lang],
          tokens,
          rung: 'hyperlexeme',
          limit: 1 + some,
        } as const;
        const { prompt, parts } = await write([{ kind: 'context', ...lit }], { labels: lang });
        const { context, items } = parts[0] as (typeof parts)[number];
        const all = tales.scenes.filter(({ corpus }) => corpus === tales.corpora[lang]);
        const reached = context?.activation.scenes.map(({ scene }) => scene) ?? [];
        expect(reached.length).toBeGreaterThan(0);
        const mayEnter = all.filter(({ document, position }) =>
          reached.some((one) => one.document === document && Math.abs(one.position - position) <= POOL_REACH),
        );
        expect(mayEnter.length).toBeLessThan(all.length);
        const entered = context?.pieces.flatMap(({ scenes }) => scenes) ?? [];
        const left = context?.dropped.map(({ scene }) => scene) ?? [];
        const keys = (scenes: readonly StoredScene[]): readonly string[] => scenes.map(({ id }) => id).toSorted();
        expect(keys([...entered, ...left])).toEqual(keys(mayEnter));
        expect(items).toHaveLength(context?.pieces.length ?? -1);
        // A motif or community stands where its first scene stands.
        const firsts = context?.pieces.map(({ scenes }) => all.findIndex(({ id }) => id === scenes[0]?.id));
        expect(firsts).toEqual(firsts?.toSorted((a, b) => a - b));
        expect(spelled(prompt.segments).filter((text) => text !== '\n')).toEqual(
          context?.pieces.map(({ text }) => text),
        );
      });
      await fc.assert(property, { numRuns: 30 });
    },
  );

  test('is counted in the model, each text once', async () => {
    const model = recordingModel();
    const part: Part = { kind: 'context', source, corpus: tales.corpora.ru, tokens: 60, rung: 'hyperlexeme' };
    await promptOf({ ...tales, model, call: CALL }, [part], { labels: 'ru', form: 'raw' });
    const counted = model.asked.filter(({ method }) => method === 'count');
    expect(counted).toHaveLength(1);
    const texts = counted.flatMap(({ prompts }) => prompts.flatMap(({ segments }) => spelled(segments)));
    expect(new Set(texts).size).toBe(texts.length);
    expect(texts.length).toBeGreaterThan(3);
  });

  test('of what lights nothing up is empty', async () => {
    const part: Part = {
      kind: 'context',
      source: { query: 'бегемот' },
      corpus: tales.corpora.ru,
      tokens: 60,
      rung: 'code',
    };
    const { prompt, parts } = await write([part]);
    expect(prompt.segments).toEqual([]);
    expect(parts[0]).toMatchObject({ kind: 'context', items: [], context: { positions: 0 } });
  });
});

test('the store is asked as often for many parts as for few, and the model once for rows', async () => {
  const callsFor = async (times: number) => {
    const { store, calls } = countingCalls(tales.store);
    const model = recordingModel();
    const parts = Array.from({ length: times }, (_, i): readonly Part[] => {
      const { id, code, ordinal } = tales.scenes[i % tales.scenes.length] as StoredScene;
      return [
        { kind: 'scene', scene: id, rung: 'code' },
        { kind: 'code', code },
        { kind: 'occurrence', code, ordinal, rung: 'facets' },
        { kind: 'occurrence', ...motif, rung: 'code' },
      ];
    }).flat();
    await promptsOf({ ...tales, store, model, call: WITH_PACK }, [parts, parts], { labels: 'en', form: 'raw' });
    expect(model.asked.map(({ method }) => method)).toEqual(['rows']);
    return Object.fromEntries(calls);
  };
  const few = { occurrencesByRef: 1, scenesById: 1, hypertokensByCode: 1 };
  expect(await callsFor(1)).toEqual(few);
  expect(await callsFor(1000)).toEqual(few);
});

describe('refused', () => {
  const text = (length: number): Part => ({ kind: 'text', text: 'ю'.repeat(length) });
  const cases: readonly (readonly [string, readonly Part[], string, string | undefined])[] = [
    ['no parts', [], 'BAD_ARGUMENT', undefined],
    ['too many', Array.from({ length: PARTS_MAX + 1 }, () => text(1)), 'PROMPT_TOO_LARGE', undefined],
    ['a text too long', [text(1), text(PART_LENGTH_MAX + 1)], 'PROMPT_TOO_LARGE', 'parts[1]'],
    [
      'texts too long together',
      Array.from({ length: PROMPT_LENGTH_MAX / PART_LENGTH_MAX + 1 }, () => text(PART_LENGTH_MAX)),
      'PROMPT_TOO_LARGE',
      undefined,
    ],
    ['half a character', [{ kind: 'text', text: '\ud800' }], 'LONE_SURROGATE', 'parts[0]'],
    [
      'an unknown scene',
      [text(1), { kind: 'scene', scene: 'нет' as SceneId, rung: 'text' }],
      'SCENE_NOT_FOUND',
      'parts[1]',
    ],
    ['an unknown code', [text(1), text(1), { kind: 'code', code: 9999 as Code }], 'CODE_NOT_FOUND', 'parts[2]'],
    [
      'an unknown occurrence',
      [{ kind: 'occurrence', code: 9999 as Code, ordinal: 1, rung: 'code' }],
      'OCCURRENCE_NOT_FOUND',
      'parts[0]',
    ],
    [
      'an unknown corpus',
      [text(1), { kind: 'context', source: { query: 'царь' }, corpus: 'нет' as never, tokens: 9, rung: 'code' }],
      'CORPUS_NOT_FOUND',
      'parts[1]',
    ],
    [
      'no positions',
      [{ kind: 'context', source: { query: 'царь' }, tokens: 0, rung: 'code' }],
      'BAD_ARGUMENT',
      'parts[0]',
    ],
    [
      'too many contexts',
      Array.from(
        { length: CONTEXT_PARTS_MAX + 1 },
        (): Part => ({ kind: 'context', source: { query: 'царь' }, tokens: 9, rung: 'code' }),
      ),
      'PROMPT_TOO_LARGE',
      undefined,
    ],
  ];

  test.each(cases)('%s', async (_, parts, code, at) => {
    await expect(write(parts)).rejects.toMatchObject({ code, details: at === undefined ? {} : { at } });
  });

  test('of several lists the list is told', async () => {
    const bad: Part = { kind: 'code', code: 9999 as Code };
    const tools = { ...tales, model: recordingModel(), call: CALL };
    await expect(promptsOf(tools, [[text(1)], [text(1), bad]], { labels: 'en', form: 'raw' })).rejects.toMatchObject({
      code: 'CODE_NOT_FOUND',
      details: { at: 'lists[1][1]' },
    });
  });

  test('when it is cancelled', async () => {
    const call = { ...CALL, signal: AbortSignal.abort() };
    await expect(write([text(1)], { call })).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
