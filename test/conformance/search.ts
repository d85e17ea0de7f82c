import fc from 'fast-check';
import { FACET_KINDS, type FacetKind } from '../../src/scene/facet.ts';
import { facetLabel } from '../../src/scene/facet-label.ts';
import { type CorpusName, corpusName, workspaceName } from '../../src/scene/name.ts';
import type { DocumentPart, FacetRecord, FacetRef, SceneFilter, StoredScene } from '../../src/store/graph-store.ts';
import { hasTerms, queryTerms, TEXTS_MAX, termsOf } from '../../src/store/search-terms.ts';
import { allItems, failing, outcome } from './all-pages.ts';
import {
  CORPUS,
  ENGLISH,
  idOf,
  inputOf,
  nameOf,
  type ProseDocument,
  partsOf,
  RUSSIAN,
  UNICODE,
  write,
} from './prose.ts';
import type { OpenStore } from './store-adapter.ts';

const MIXED = [
  'Царь сказал: open the doors!',
  'Двери had 1812 замков — кто-то считал.',
  "Мастер's «Prospero» O'Neil ждал.",
];
const TEXTS = [...RUSSIAN.slice(0, 30), ...ENGLISH.slice(0, 30), ...UNICODE, ...MIXED];

/** A few words of a text, in other forms, among characters that mean something to an engine. */
const anyQuery = fc
  .tuple(
    fc.constantFrom(...TEXTS),
    fc.array(fc.nat(40), { minLength: 1, maxLength: 3 }),
    fc.constantFrom(
      ' ',
      ' AND ',
      ' OR ',
      ' NOT ',
      ' + ',
      ' -',
      ' "',
      '~2 ',
      '* ',
      ':',
      '^9 ',
      ' (',
      '] [',
      ' {',
      '\\',
      '/',
      ' && ',
    ),
    fc.constantFrom('', 'А', 's', '!', '?', '*'),
  )
  .map(([text, places, sign, end]) => {
    const words = text.match(/\p{L}[\p{L}\p{N}\p{M}]*/gu) ?? ['царь'];
    return places.map((i) => words[i % words.length] ?? '').join(sign) + end;
  });

const allFacets = (scenes: readonly StoredScene[]): readonly FacetRecord[] => {
  const refs = scenes.flatMap((scene): readonly FacetRef[] => [
    ...(scene.agent === null ? [] : [{ kind: 'agent' as const, key: scene.agent.entity }]),
    ...scene.context.map(({ key }) => ({ kind: 'context' as const, key })),
    ...(['tension', 'atmosphere', 'archetype'] as const).flatMap((kind) => {
      const facet = scene[kind];
      return facet === null ? [] : [{ kind, key: facet.key }];
    }),
  ]);
  const records = [...Map.groupBy(refs, ({ kind, key }) => `${kind} ${key}`).values()].map((same) => ({
    kind: (same[0] as FacetRef).kind,
    key: (same[0] as FacetRef).key,
    scenes: same.length,
  }));
  const place = (kind: FacetKind): number => FACET_KINDS.indexOf(kind);
  return records.sort((x, y) => place(x.kind) - place(y.kind) || (x.key < y.key ? -1 : 1));
};

async function* breaking(document: ProseDocument): AsyncGenerator<DocumentPart> {
  yield* partsOf(document);
  throw new Error('broken');
}

/** Words that lead to scenes and facets. */
export const describeSearch = ({ store, database, reopen, adapter }: OpenStore): void => {
  let all: readonly StoredScene[];
  const textsFor = async (
    text: string,
    rest: Omit<SceneFilter, 'corpus'> = {},
    first = 100,
  ): Promise<readonly string[]> =>
    (await allItems((page) => store().scenes({ corpus: CORPUS, text, ...rest }, page), first)).map(
      (scene) => scene.text,
    );
  beforeEach(async () => {
    await write(store(), { sentences: RUSSIAN.slice(0, 30), name: 'ru' });
    await write(store(), { sentences: [...ENGLISH.slice(0, 30), ...MIXED], name: 'en', lang: 'en' });
    await write(store(), { sentences: UNICODE, name: 'unicode' });
    all = await allItems((page) => store().scenes({ corpus: CORPUS }, page));
  });

  it('finds a word in every form that has its stem, in Russian and English alike', async () => {
    for (const [query, forms] of [
      ['ЦАРЮ', /(?<!\p{L})цар(?:ь|я|ю|ём|ем|е|и|ей)(?!\p{L})/iu],
      ['Емельяном', /Емельян(?:а|у|ом|е)?(?!\p{L})/iu],
      ['princes', /\bprinces?\b|\bprince’s|\bprince's/iu],
      ['wall', /\bwalls?\b/iu],
    ] as const) {
      const found = await textsFor(query);
      expect(found.length).toBeGreaterThan(1);
      expect(found).toEqual(all.map(({ text }) => text).filter((text) => forms.test(text)));
    }
  });

  it('takes the stem of each word by its script', async () => {
    expect(await textsFor('дверь door')).toEqual([]);
    expect(await textsFor('door царя')).toEqual([MIXED[0]]);
    expect(await textsFor('замками 1812 дверью')).toEqual([MIXED[1]]);
    expect(await textsFor("neil's мастера")).toEqual([MIXED[2]]);
    expect(await textsFor('ёлки и')).toEqual([UNICODE[1]]);
  });

  it('finds what a search of every text finds, whatever stands in the query', async () => {
    await fc.assert(
      fc.asyncProperty(anyQuery, fc.constantFrom(1, 3, 100), async (text, first) => {
        const expected = all.filter((scene) => hasTerms(scene.text, queryTerms(text)));
        expect(await textsFor(text, {}, first)).toEqual(expected.map((scene) => scene.text));
        expect(await store().countScenes({ corpus: CORPUS, text })).toBe(expected.length);
      }),
      { numRuns: 40 },
    );
  });

  it('looks up many texts at once as each by itself, before and after a write', async () => {
    const sameAsEach = async (corpus: CorpusName, texts: readonly string[], limit: number): Promise<void> => {
      const eachOf = <T>(ask: (text: string) => Promise<T>): Promise<readonly T[]> => Promise.all(texts.map(ask));
      expect(await store().textCounts(corpus, texts)).toEqual(
        await eachOf((text) => store().countScenes({ corpus, text })),
      );
      expect(await store().scenesWithTexts(corpus, texts, limit)).toEqual(
        await eachOf((text) => store().sceneIds({ corpus, text }, limit)),
      );
      for (const kind of ['agent', 'context'] as const)
        expect(await store().facetsWithTexts(corpus, kind, texts, limit)).toEqual(
          await eachOf(async (text) =>
            (await store().facets({ corpus, kind, text }, { first: limit })).items.map(({ item }) => item.key),
          ),
        );
    };
    const other = corpusName('другой');
    await write(store(), { sentences: RUSSIAN.slice(5, 15), corpus: other });
    await fc.assert(
      fc.asyncProperty(fc.array(anyQuery, { maxLength: 5 }), fc.constantFrom(1, 3, 100), async (texts, limit) => {
        await sameAsEach(CORPUS, texts, limit);
        await sameAsEach(other, texts, limit);
      }),
      { numRuns: 15 },
    );
    const words = ['царь', 'Емельян', 'странник', 'prince wall', 'Емельян', 'странник'];
    const pilgrims = async () => [(await store().textCounts(CORPUS, words))[2], await store().textCounts(other, words)];
    expect(await pilgrims()).toEqual([0, expect.arrayContaining([0])]);
    await write(store(), { sentences: ['Пришёл странник.', 'Царь ждал.'], name: 'поздний' });
    await sameAsEach(CORPUS, words, 4);
    expect((await pilgrims())[0]).toBe(1);
    await store().deleteDocument(CORPUS, nameOf({ name: 'поздний' }));
    await sameAsEach(CORPUS, words, 4);
    expect((await pilgrims())[0]).toBe(0);
    await store().deleteCorpus(other);
    for (const texts of [words, []]) {
      expect(await failing(store().textCounts(other, texts))).toBe('CORPUS_NOT_FOUND');
      expect(await failing(store().scenesWithTexts(other, texts, 1))).toBe('CORPUS_NOT_FOUND');
      expect(await failing(store().facetsWithTexts(other, 'agent', texts, 1))).toBe('CORPUS_NOT_FOUND');
    }
    await write(store(), { sentences: RUSSIAN.slice(0, 4), corpus: other });
    await sameAsEach(other, words, 4);
  });

  it('refuses more texts at once than it may look up, and one without a word', async () => {
    const failings = (texts: readonly string[], limit = 1) =>
      Promise.all([
        failing(store().textCounts(CORPUS, texts)),
        failing(store().scenesWithTexts(CORPUS, texts, limit)),
        failing(store().facetsWithTexts(CORPUS, 'agent', texts, limit)),
      ]);
    const tooMany = Array.from({ length: TEXTS_MAX + 1 }, (_, i) => `слово${i}`);
    expect(await failings(tooMany)).toEqual(['PAGE_TOO_LARGE', 'PAGE_TOO_LARGE', 'PAGE_TOO_LARGE']);
    expect((await store().textCounts(CORPUS, tooMany.slice(1))).every((count) => count === 0)).toBe(true);
    expect(await failings(['царь', '«…»'])).toEqual(['BAD_ARGUMENT', 'BAD_ARGUMENT', 'BAD_ARGUMENT']);
    expect((await failings(['царь'], 0)).slice(1)).toEqual(['BAD_ARGUMENT', 'BAD_ARGUMENT']);
  });

  it('takes no character for an operator, and refuses a query without a word', async () => {
    const plain = await textsFor('царь');
    for (const query of [
      '+царь',
      '"царь"',
      '-царь',
      'царь*',
      'царь~',
      '(царь',
      'царь)',
      '[царь TO',
      'царь^',
      '\\царь',
      '/царь/',
      '{царь}',
      'царь:',
    ])
      expect(await textsFor(query.replace(' TO', ''))).toEqual(plain);
    expect(await textsFor('царь OR prince')).toEqual([]);
    expect(await textsFor('terms:царь')).toEqual([]);
    for (const text of ['', '  ', '+ - && || ! ( ) { } [ ] ^ " ~ * ? : \\ /', '\u{1f600}', '\ud800']) {
      expect(await failing(store().scenes({ corpus: CORPUS, text }, { first: 1 }))).toBe('BAD_ARGUMENT');
      expect(await failing(store().countScenes({ corpus: CORPUS, text }))).toBe('BAD_ARGUMENT');
      expect(await failing(store().facets({ corpus: CORPUS, text }, { first: 1 }))).toBe('BAD_ARGUMENT');
    }
  });

  it('narrows every other part of a filter', async () => {
    const text = 'он';
    const agent = all.find((scene) => scene.agent !== null && hasTerms(scene.text, ['он']))?.agent?.entity ?? '';
    const code = all.find((scene) => scene.code !== 0 && hasTerms(scene.text, ['он']))?.code;
    const filters: readonly (Omit<SceneFilter, 'corpus'> & { readonly passes: (scene: StoredScene) => boolean })[] = [
      { document: idOf({ name: 'ru' }), passes: ({ documentName }) => documentName === 'ru' },
      { document: idOf({ name: 'en' }), passes: ({ documentName }) => documentName === 'en' },
      { lang: 'ru', passes: ({ lang }) => lang === 'ru' },
      { kind: 'half', passes: ({ kind }) => kind === 'half' },
      { code, passes: (scene) => scene.code === code },
      { facets: [{ kind: 'agent', key: agent }], passes: (scene) => scene.agent?.entity === agent },
      {
        facets: [{ kind: 'agent', key: agent }],
        kind: 'scene',
        passes: (scene) => scene.agent?.entity === agent && scene.kind === 'scene',
      },
      {
        facets: [
          { kind: 'agent', key: agent },
          { kind: 'context', key: 'никакой' },
        ],
        passes: () => false,
      },
    ];
    for (const { passes, ...filter } of filters) {
      const expected = all.filter((scene) => hasTerms(scene.text, queryTerms(text)) && passes(scene));
      expect(await textsFor(text, filter, 2)).toEqual(expected.map((scene) => scene.text));
      expect(await store().countScenes({ corpus: CORPUS, text, ...filter })).toBe(expected.length);
    }
    expect(await failing(store().scenes({ corpus: corpusName('x'), text }, { first: 1 }))).toBe('CORPUS_NOT_FOUND');
    expect(await failing(store().countScenes({ corpus: CORPUS, document: idOf({ name: 'x' }), text }))).toBe(
      'DOCUMENT_NOT_FOUND',
    );
  });

  it('follows documents that change and go', async () => {
    const name = 'изменчивый';
    const document = { sentences: ['Старый родник высох.', 'Ворон молчал.'], name };
    await write(store(), document);
    expect(await textsFor('родника')).toEqual(['Старый родник высох.']);
    await write(store(), { sentences: ['Ворон молчал.', 'A well of water.'], name });
    expect([await textsFor('родника'), await textsFor('вороны'), await textsFor('waters')]).toEqual([
      [],
      ['Ворон молчал.'],
      ['A well of water.'],
    ]);
    if (adapter.persistent) await reopen();
    expect(await textsFor('ворон')).toEqual(['Ворон молчал.']);
    await store().deleteDocument(CORPUS, nameOf({ name }));
    expect([await textsFor('вороны'), await textsFor('waters')]).toEqual([[], []]);
    await expect(store().writeDocument(inputOf(document), breaking(document))).rejects.toThrow('broken');
    expect(await textsFor('родника')).toEqual([]);
  });

  it('reaches no other corpus and no other workspace', async () => {
    const other = database().workspace(workspaceName(`${store().workspace} other`));
    const [text = ''] = termsOf('странник');
    await write(store(), { sentences: ['Пришёл странник.'], corpus: 'другой' });
    await write(other, { sentences: ['Ушёл странник.', 'Он.'], name: 'ru' });
    expect(await textsFor('странник')).toEqual([]);
    expect(await textsFor(text)).toEqual([]);
    expect(await store().countScenes({ corpus: corpusName('другой'), text: 'странника' })).toBe(1);
    expect(await other.countScenes({ corpus: CORPUS, text: 'странники' })).toBe(1);
    expect(await other.countScenes({ corpus: CORPUS, text: 'он' })).toBe(1);
    await other.deleteCorpus(CORPUS);
    expect(await store().countScenes({ corpus: corpusName('другой'), text: 'странника' })).toBe(1);
  });

  it('lists the facets of a corpus by kind and key, with the number of their scenes', async () => {
    const expected = allFacets(all);
    expect(expected.length).toBeGreaterThan(15);
    for (const first of [1, 4, 100])
      expect(await allItems((page) => store().facets({ corpus: CORPUS }, page), first)).toEqual(expected);
    for (const kind of FACET_KINDS)
      expect(await allItems((page) => store().facets({ corpus: CORPUS, kind }, page), 2)).toEqual(
        expected.filter((facet) => facet.kind === kind),
      );
    expect(await failing(store().facets({ corpus: corpusName('x') }, { first: 1 }))).toBe('CORPUS_NOT_FOUND');
    const foreign = (await store().scenes({ corpus: CORPUS }, { first: 1 })).items[0]?.cursor;
    expect(await failing(store().facets({ corpus: CORPUS }, { first: 1, after: foreign }))).toBe('BAD_CURSOR');
    expect(await outcome(store().facets({ corpus: CORPUS }, { first: 0 }))).toEqual({ error: 'BAD_ARGUMENT' });
  });

  it('finds facets by their lemma, or by what their key is called in either language', async () => {
    const expected = allFacets(all);
    const facetsFor = async (text: string, kind?: FacetKind) =>
      allItems((page) => store().facets({ corpus: CORPUS, kind, text }, page), 2);
    for (const { kind, key } of expected) {
      const named = [key, facetLabel(kind, key, 'ru'), facetLabel(kind, key, 'en')];
      for (const name of named)
        expect((await facetsFor(name)).some((one) => one.kind === kind && one.key === key)).toBe(true);
    }
    expect(await facetsFor('емельяну')).toEqual(expected.filter(({ key }) => key === 'Емельян'));
    expect(await facetsFor('princes')).toEqual(expected.filter(({ key }) => key === 'the Prince'));
    expect(await facetsFor('двери', 'context')).toEqual(expected.filter(({ key }) => key === 'дверь'));
    expect(await facetsFor('двери', 'agent')).toEqual([]);
    expect(await facetsFor('порога')).toEqual(expected.filter(({ key }) => key === 'threshold'));
    expect(await facetsFor('Емельян OR царь')).toEqual([]);
  });

  it('forgets the facets of scenes that went', async () => {
    await store().deleteDocument(CORPUS, nameOf({ name: 'ru' }));
    await store().deleteDocument(CORPUS, nameOf({ name: 'unicode' }));
    const left = await allItems((page) => store().scenes({ corpus: CORPUS }, page));
    expect(await allItems((page) => store().facets({ corpus: CORPUS }, page), 3)).toEqual(allFacets(left));
  });

  it('takes a number of statements that does not grow with what it finds', async () => {
    // The fewest of three: a server that others write to is asked every second whether it is being restored, and anew if it was.
    const statements = async (act: () => Promise<unknown>): Promise<number> => {
      const counts: number[] = [];
      for (let times = 0; times < 3; times++) {
        const before = store().statistics();
        await act();
        counts.push(store().statistics().reads - before.reads);
      }
      return Math.min(...counts);
    };
    const scenes = (first: number) => store().scenes({ corpus: CORPUS, text: 'и' }, { first });
    const facets = (first: number) => store().facets({ corpus: CORPUS, kind: 'agent' }, { first });
    expect(await statements(() => scenes(5))).toBe(await statements(() => scenes(1)));
    expect(await statements(() => facets(30))).toBe(await statements(() => facets(1)));
    // What does not fill its page is looked for to the end of the corpus.
    expect(await statements(() => scenes(100))).toBeLessThanOrEqual((await statements(() => scenes(1))) + 1);
  });
};
