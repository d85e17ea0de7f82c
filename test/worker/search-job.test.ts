import { join } from 'node:path';
import fc from 'fast-check';
import { contentWords } from '../../src/activation/content-words.ts';
import { HypersceneError } from '../../src/errors.ts';
import { figureOf } from '../../src/scene/figure.ts';
import { hyperlexeme } from '../../src/scene/hyperlexeme.ts';
import { formatCode, formatOccurrence } from '../../src/scene/hypertoken.ts';
import { corpusName, DEFAULT_WORKSPACE, documentName } from '../../src/scene/name.ts';
import type { StoredScene } from '../../src/store/graph-store.ts';
import { openMemoryStore } from '../../src/store/memory/open-memory-store.ts';
import { termsOf } from '../../src/store/search-terms.ts';
import { collapseCorpus } from '../../src/worker/collapse-job.ts';
import { openComputePool } from '../../src/worker/compute-pool.ts';
import { readIntoCorpus } from '../../src/worker/read-job.ts';
import {
  type SearchAnswer,
  type SearchHit,
  type SearchKind,
  type SearchRequest,
  search,
} from '../../src/worker/search-job.ts';
import { sketchDocument } from '../arbitrary/corpus.ts';
import { countingCalls, type OpenStories, openStories } from './open-stories.ts';

let stories: OpenStories;

const STORIES_IN = { ru: 'tolstoy-rabotnik-emelyan.txt', en: 'poe-masque-of-the-red-death.txt' } as const;
const HAND = 'по одной';
const MANY = 'много';

beforeAll(async () => {
  stories = await openStories();
  // A document each, so that nothing stands beside anything.
  for (const [name, text, agent] of [
    ['common 1', 'Царь пил чай.', 'царь'],
    ['common 2', 'Царь лёг спать.', 'царь'],
    ['common 3', 'Царь уехал.', 'царь'],
    ['both', 'Царь пришёл с барабаном.', 'царь'],
    ['rare', 'Барабан молчал.', 'барабан'],
    ['neither', 'Ёлка и гора.', 'ёлка'],
  ] as const)
    await stories.write(sketchDocument(HAND, name, [{ text, agent }]));
  await stories.write(
    sketchDocument(
      MANY,
      'one',
      Array.from({ length: 260 }, (_, i) => ({ text: `Сцена ${i}.`, agent: `герой ${i % 50}` })),
    ),
  );
});

afterAll(() => stories.close());

const ask = (text: string, rest: Partial<SearchRequest> = {}): Promise<SearchAnswer> =>
  search(stories, { corpus: stories.corpus, text, first: 300, ...rest });
const hitsOf = async (text: string, rest: Partial<SearchRequest> = {}): Promise<readonly SearchHit[]> =>
  (await ask(text, rest)).page.items.map(({ item }) => item);
const sceneOf = ({ result }: SearchHit): StoredScene => {
  if (result.type !== 'scene') throw new TypeError(`a ${result.type}`);
  return result.scene;
};
const scenesFor = async (text: string, rest: Partial<SearchRequest> = {}): Promise<readonly SearchHit[]> =>
  hitsOf(text, { kinds: ['scene'], ...rest });
const textsFor = async (text: string): Promise<readonly string[]> =>
  (await scenesFor(text, { corpus: corpusName(HAND) })).map((hit) => sceneOf(hit).text);
const nameOf = ({ result }: SearchHit): string => {
  switch (result.type) {
    case 'scene':
      return formatOccurrence(result.scene);
    case 'facet':
      return `${result.facet.kind} ${result.facet.key}`;
    case 'hypertoken':
      return formatCode(result.hypertoken.code);
    case 'occurrence':
      return `at ${formatOccurrence(result.occurrence)}`;
  }
};
const keysOf = ({ because }: SearchHit): readonly string[] => because.map(({ kind, key }) => `${kind} ${key}`);

describe('words', () => {
  test.each([
    ['барабана', 'барабан', 6],
    ['БАРАБАНАМИ', 'барабан', 6],
    ['clocks', 'clock', 12],
    ["the clock's", 'clock', 12],
  ])('%s finds all forms of %s, and nothing before them', async (query, stem, count) => {
    const hits = await scenesFor(query);
    const answering = hits.filter(({ because }) => because.length > 0);
    expect(answering).toHaveLength(count);
    for (const hit of answering) {
      expect(sceneOf(hit).text.toLowerCase()).toContain(stem);
      expect(hit.highlights.map(({ text }) => text.toLowerCase()).join()).toContain(stem);
    }
    expect(hits[0]?.because.length).toBeGreaterThan(0);
  });

  test('what has the rare word comes before what has the common one, and what has both first', async () => {
    const texts = await textsFor('барабан царя');
    expect(texts.slice(0, 2)).toEqual(['Царь пришёл с барабаном.', 'Барабан молчал.']);
    expect(texts.slice(2).toSorted()).toEqual(['Царь лёг спать.', 'Царь пил чай.', 'Царь уехал.']);
  });

  test('е finds ё and the other way round', async () => {
    expect(await textsFor('елка')).toEqual(['Ёлка и гора.']);
    expect((await textsFor('лЁг'))[0]).toBe('Царь лёг спать.');
  });

  test('of scenes that answer as much those come first that hang together with others, which are found as well', async () => {
    const corpus = corpusName('сцепки');
    for (const [name, text, agent] of [
      ['1', 'Барабан молчал.', 'пётр'],
      ['2', 'Барабан гремел.', 'анна'],
      ['3', 'Ушла домой.', 'анна'],
      ['4', 'Было утро.', 'иван'],
      ['5', 'Шёл снег.', 'семён'],
    ] as const)
      await stories.write(sketchDocument('сцепки', name, [{ text, agent }]));
    const hits = await scenesFor('барабан', { corpus });
    expect(hits.map((hit) => sceneOf(hit).text)).toEqual(['Барабан гремел.', 'Барабан молчал.', 'Ушла домой.']);
    expect(hits.map(({ through }) => through?.because.map(({ kind }) => kind) ?? [])).toEqual([
      ['agent'],
      [],
      ['agent'],
    ]);
    expect(hits.map((hit) => keysOf(hit))).toEqual([['word барабан'], ['word барабан'], []]);
    expect(hits[0]?.score).toBeGreaterThan(hits[1]?.score ?? 1);
    expect(hits[2]?.score).toBeLessThan(0.1);
  });

  test('what stands by a scene that answers is found as well, and says by which', async () => {
    const hits = await scenesFor('барабанщик');
    expect(hits[0]?.because.length).toBeGreaterThan(0);
    expect(hits.some(({ because, beside }) => because.length === 0 && beside !== null)).toBe(true);
    for (const hit of hits.filter((each) => each.beside !== null)) {
      expect(hit.beside?.document).toBe(sceneOf(hit).document);
      const distance = Math.abs((hit.beside?.position ?? Infinity) - sceneOf(hit).position);
      expect([1, 2]).toContain(distance);
    }
  });

  test('what was not searched for is told', async () => {
    const [longest, ...rest] = contentWords(
      'дворец войско барабанщик матушка старуха коляска приказчик солдаты корабли топор',
    );
    const { wordsLeft, clues } = await ask([longest, ...rest].join(' '));
    expect(wordsLeft).toHaveLength(2);
    expect(clues.filter(({ kind }) => kind === 'word')).toHaveLength(8);
  });
});

test('codes that were not looked up are told, and those that were are not words left out', async () => {
  const { clues, wordsLeft } = await ask(
    'Δ0 Δ1 Δ2 Δ3 Δ4 Δ5:1 дворец войско барабанщик матушка старуха коляска приказчик солдаты',
  );
  expect(clues.filter(({ kind }) => kind === 'code').map(({ key }) => key)).toEqual(
    expect.arrayContaining(['Δ0', 'Δ1', 'Δ2', 'Δ3']),
  );
  expect(wordsLeft.toSorted()).toEqual(['Δ4', 'Δ5:1']);
});

describe('facets', () => {
  test.each([
    ['страх', 'tension fear', 'fear'],
    ['fear', 'tension fear', 'fear'],
    ['Тишина', 'atmosphere silence', 'silence'],
    ['пороги', 'archetype threshold', 'threshold'],
  ])('%s is called %s in one language or the other, whatever the language of the text', async (query, name, key) => {
    const hits = await hitsOf(query);
    const facet = hits.find((hit) => nameOf(hit) === name);
    expect(facet).toMatchObject({ score: 1, highlights: [], through: null, beside: null });
    const scenes = hits.filter(({ result }) => result.type === 'scene').filter((hit) => keysOf(hit).includes(name));
    expect(scenes).toHaveLength(facet?.result.type === 'facet' ? facet.result.facet.scenes : -1);
    for (const hit of scenes) {
      const scene = sceneOf(hit);
      const own = [scene.tension, scene.atmosphere, scene.archetype].find((each) => each?.key === key);
      const holds = hit.highlights.some(
        ({ start, end }) => start <= (own?.start ?? -1) && (own?.end ?? Infinity) <= end,
      );
      expect(holds).toBe(true);
    }
    const hypertokens = hits.filter(({ result }) => result.type === 'hypertoken');
    expect(hypertokens.some((hit) => keysOf(hit).includes(name))).toBe(true);
    for (const hit of hypertokens) {
      const held = hit.result.type === 'hypertoken' ? hit.result.hypertoken.figures.join().split(/[.,]/u) : [];
      const facets = hit.because.filter(({ kind }) => kind !== 'word');
      expect(facets.length).toBeGreaterThan(0);
      for (const facet of facets) expect(held).toContain(facet.key);
    }
  });

  test('a name of two words comes before a facet that has one of them', async () => {
    const names = (await hitsOf('prince prospero', { kinds: ['facet'] })).map(nameOf);
    expect(names.slice(0, 2)).toEqual(['agent Prince Prospero', 'context Prince Prospero']);
    expect(names).toContain('agent prince');
  });
});

describe('codes', () => {
  test('a code finds its hypertoken and its scenes, a hyperlexeme in either language the same', async () => {
    const scene = stories.scenes.find(({ archetype, atmosphere }) => archetype !== null && atmosphere !== null);
    if (scene === undefined) throw new Error('no such scene');
    const figure = figureOf(scene);
    const code = formatCode(scene.code);
    const digits = code.slice(1);
    for (const query of [
      code,
      `D${digits}`,
      `«∆${digits}»,`,
      hyperlexeme(figure, 'ru'),
      hyperlexeme(figure, 'en').toUpperCase(),
    ]) {
      const hits = await hitsOf(query);
      expect(hits[0] && nameOf(hits[0])).toBe(code);
      expect(hits[0]?.score).toBe(1);
      const answering = hits.filter(({ result, because }) => result.type === 'scene' && because.length > 0);
      expect(answering.map((hit) => sceneOf(hit).id).toSorted()).toEqual(
        stories.scenes
          .filter((each) => each.code === scene.code)
          .map(({ id }) => id)
          .toSorted(),
      );
    }
  });

  test('one of its places finds that, and its scene', async () => {
    const [scene] = stories.scenes;
    if (scene === undefined) throw new Error('no scene');
    const hits = await hitsOf(formatOccurrence(scene));
    expect(hits.slice(0, 2).map(nameOf)).toEqual([`at ${formatOccurrence(scene)}`, formatOccurrence(scene)]);
    expect(hits[0]?.because).toEqual([expect.objectContaining({ kind: 'occurrence', weight: 1 })]);
  });

  test('together with a word: the scenes of that code in which it stands come first', async () => {
    const held = stories.scenes.find(({ code, text }) => code > 0 && /барабан/u.test(text));
    if (held === undefined) throw new Error('no such scene');
    const [first] = await scenesFor(`барабан ${formatCode(held.code)}`);
    expect(first && sceneOf(first).id).toBe(held.id);
  });

  test('motifs are found by what they hold', async () => {
    const hits = await hitsOf('silence', { kinds: ['hypertoken'] });
    const levels = hits.flatMap(({ result }) => (result.type === 'hypertoken' ? [result.hypertoken.level] : []));
    expect(new Set(levels)).toEqual(new Set([0, 1]));
  });

  test.each(['Δ99999', 'Δ0:99999', 'D007', 'Δ99999999999999', 'd1:0'])(
    'what %s stands for is not there, and that is no failure',
    async (query) => expect((await ask(query)).total).toBe(0),
  );

  test('an occurrence of another corpus is not found in this one', async () => {
    const [other] = (await stories.store.scenes({ corpus: corpusName(HAND) }, { first: 1 })).items;
    if (other === undefined) throw new Error('no scene');
    expect((await ask(formatOccurrence(other.item))).total).toBe(0);
    const own = await hitsOf(formatOccurrence(other.item), { corpus: corpusName(HAND) });
    expect(own[0] && nameOf(own[0])).toBe(`at ${formatOccurrence(other.item)}`);
  });
});

test('what stands nowhere finds nothing', async () => {
  const { page, total, truncated, clues } = await ask('бегемот hippopotamus');
  expect([page, total, truncated]).toEqual([{ items: [], hasNextPage: false }, 0, false]);
  expect(clues.length).toBeGreaterThan(0);
  expect(clues.every(({ count }) => count === 0)).toBe(true);
});

test.each([
  ['"царь" OR 1=1; --', 'царь'],
  ["') MATCH (n) DETACH DELETE n //clock", 'clock'],
  ['+clock* AND (NOT clock) ~2 ^3 /clock/ [a TO z]', 'clock'],
  ['.*барабан$ (?:царь|\\p{L})', 'барабан'],
  ['{$where: "барабан"} $барабан <b>барабан</b> `барабан`', 'барабан'],
  ['бара\u00adбан \u202eбарабан\u0000 👩‍👩‍👧‍👦', 'барабан'],
])('in %j no character is an operator', async (query, word) => {
  const hits = await scenesFor(query);
  expect(hits.some(({ highlights }) => highlights.some(({ text }) => text.toLowerCase().includes(word)))).toBe(true);
  expect(await stories.store.countScenes({ corpus: stories.corpus })).toBe(stories.scenes.length);
});

test.each([
  ['nothing', '', 'BAD_ARGUMENT'],
  ['no word', ' «…» 🙂 ', 'BAD_ARGUMENT'],
  ['64 KiB', 'царь '.repeat(7282), 'BAD_ARGUMENT'],
  ['5 MB', 'порогтишина Δ14 '.repeat(200_000), 'BAD_ARGUMENT'],
  ['half of a surrogate pair', 'царь \ud800', 'LONE_SURROGATE'],
])('a text of %s is refused, and says why', async (_, text, code) => {
  await expect(ask(text)).rejects.toMatchObject({ code, details: { came: expect.anything() } });
});

/** Words as they stand in the stories, in whatever order and company. */
const anyQuery = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.nat().map((n) => wordAt(n)) },
      { weight: 1, arbitrary: fc.constantFrom('страх', 'silence', 'порог', 'Δ1', 'D2:1', 'тоска', '—', '"') },
    ),
    { minLength: 1, maxLength: 7 },
  )
  .map((words) => words.join(' '))
  .filter((text) => termsOf(text).length > 0);
const wordAt = (n: number): string => {
  const words = (stories.scenes[n % stories.scenes.length]?.text ?? '').match(/[\p{L}’']+/gu) ?? ['царь'];
  return words[n % words.length] ?? 'царь';
};

test('of any query scores fall from 1 to 0, and every hit says by what it was found', async () => {
  const property = fc.asyncProperty(anyQuery, async (text) => {
    const { page, total } = await ask(text);
    const hits = page.items.map(({ item }) => item);
    expect(hits).toHaveLength(total);
    expect(new Set(hits.map(nameOf)).size).toBe(total);
    let last = 1;
    for (const { score, because, through, beside } of hits) {
      expect(score > 0 && score <= last).toBe(true);
      last = score;
      expect(because.length > 0 || through !== null || beside !== null).toBe(true);
    }
  });
  await fc.assert(property, { numRuns: 40 });
});

test('of any query each highlight is a slice of its document that is a word of it, or what an answering facet rests on', async () => {
  const documents = new Map<string, string>();
  for (const { item } of (await stories.store.documents(stories.corpus, { first: 10 })).items)
    documents.set(item.id, (await Array.fromAsync(stories.store.documentText(item.id))).join(''));
  let checked = 0;
  const property = fc.asyncProperty(anyQuery, async (text) => {
    const asked = new Set(termsOf(text));
    for (const hit of await scenesFor(text)) {
      const scene = sceneOf(hit);
      const evidence = [scene.agent, scene.tension, ...scene.context, scene.atmosphere, scene.archetype].filter(
        (facet) => facet !== null && hit.because.some(({ key }) => [facet.key, scene.agent?.entity].includes(key)),
      );
      let last = scene.start;
      for (const { start, end, text: shown } of hit.highlights) {
        expect(start).toBeGreaterThanOrEqual(last);
        expect(end).toBeLessThanOrEqual(scene.end);
        expect(documents.get(scene.document)?.slice(start, end)).toBe(shown);
        const isWord = termsOf(shown).some((term) => asked.has(term));
        const isEvidence = evidence.some((facet) => facet !== null && facet.start >= start && facet.end <= end);
        expect([shown, isWord || isEvidence]).toEqual([shown, true]);
        last = end;
        checked += 1;
      }
      if (hit.because.some(({ kind }) => kind === 'word')) expect(hit.highlights.length).toBeGreaterThan(0);
    }
  });
  await fc.assert(property, { numRuns: 40 });
  expect(checked).toBeGreaterThan(100);
});

describe('pages', () => {
  const walk = async (text: string, first: number, kinds?: readonly SearchKind[]): Promise<readonly SearchHit[]> => {
    const found: SearchHit[] = [];
    for (let after: string | undefined; ; ) {
      const { page, total } = await ask(text, { first, after, kinds });
      found.push(...page.items.map(({ item }) => item));
      expect(page.hasNextPage).toBe(found.length < total);
      if (!page.hasNextPage) return found;
      after = page.items.at(-1)?.cursor;
    }
  };

  test('of any size give each hit once, in the order of the whole', async () => {
    for (const text of ['царь у двери', 'the masked figure', 'порог тишина']) {
      const whole = await hitsOf(text);
      for (const first of [7, 50]) expect((await walk(text, first)).map(nameOf)).toEqual(whole.map(nameOf));
    }
  });

  test('go on after any hit; behind the last is nothing', async () => {
    const { page } = await ask('царь');
    const names = page.items.map(({ item }) => nameOf(item));
    await fc.assert(
      fc.asyncProperty(fc.nat(page.items.length - 1), fc.integer({ min: 1, max: 20 }), async (at, first) => {
        const next = await ask('царь', { first, after: page.items[at]?.cursor });
        expect(next.page.items.map(({ item }) => nameOf(item))).toEqual(names.slice(at + 1, at + 1 + first));
      }),
      { numRuns: 15 },
    );
  });

  const refusal = async (text: string, rest: Partial<SearchRequest>): Promise<HypersceneError> => {
    const thrown: unknown = await ask(text, rest).catch((error: unknown) => error);
    if (thrown instanceof HypersceneError) return thrown;
    throw new Error('nothing was thrown');
  };

  test('a cursor of another text, other kinds, another list or of none is refused', async () => {
    const after = (await ask('царь', { first: 1 })).page.items[0]?.cursor;
    for (const [text, rest] of [
      ['царь и барабан', { after }],
      ['царь', { after, kinds: ['scene'] }],
      ['царь', { after: 'abc' }],
      ['царь', { after: '' }],
      ['царь', { after: `${after}=` }],
      ['царь', { after: Buffer.from('position:1').toString('base64url') }],
    ] as const)
      expect((await refusal(text, rest)).code).toBe('BAD_CURSOR');
  });

  test('once the corpus has changed a cursor is stale, and says of which revision it was', async () => {
    const corpus = corpusName('меняется');
    const write = (name: string) =>
      stories.write(sketchDocument(corpus, name, [{ text: 'Царь ждал.' }, { text: 'И царица.' }]));
    await write('one');
    const request = { corpus, first: 1 };
    const after = (await ask('царь', request)).page.items[0]?.cursor;
    expect((await ask('царь', { ...request, after })).page.items).toHaveLength(1);
    await write('two');
    const { code, message } = await refusal('царь', { ...request, after });
    expect(code).toBe('BAD_CURSOR');
    expect(message).toMatch(/stale cursor.*revision \d+.*search anew.*revision \d+/u);
  });

  test('take as many store calls as one hit, whichever page it is', async () => {
    for (const text of ['царь у двери', 'silence of the clock', 'Δ1 порогтишина']) {
      const kinds = ['scene'] as const;
      const after = (await ask(text, { first: 10, kinds })).page.items.at(-1)?.cursor;
      const counts: number[] = [];
      for (const page of [{ first: 1 }, { first: 20 }, { first: 200 }, { first: 20, after }]) {
        const counting = countingCalls(stories.store);
        await search({ ...stories, store: counting.store }, { corpus: stories.corpus, text, kinds, ...page });
        counts.push([...counting.calls.values()].reduce((sum, n) => sum + n, 0));
      }
      expect(counts[0]).toBeGreaterThan(5);
      expect(counts[0]).toBeLessThan(60);
      expect(new Set(counts).size).toBe(1);
    }
  });

  test.each([
    [0, 'BAD_ARGUMENT'],
    [1001, 'PAGE_TOO_LARGE'],
  ])('of %i hits are refused', async (first, code) => expect((await refusal('царь', { first })).code).toBe(code));
});

test('more scenes than are ranked are told of, and none above the bound is shown', async () => {
  const { total, truncated, clues } = await ask('сцена', { corpus: corpusName(MANY), kinds: ['scene'] });
  expect([total, truncated]).toEqual([200, true]);
  expect(clues.find(({ kind }) => kind === 'word')?.count).toBe(260);
  const named = await ask('герой', { corpus: corpusName(MANY), kinds: ['facet'] });
  expect([named.total, named.truncated]).toEqual([8, true]);
  const few = await ask('сцена 17', { corpus: corpusName(MANY), kinds: ['scene'] });
  expect(few.page.items[0] && sceneOf(few.page.items[0].item).text).toBe('Сцена 17.');
});

test('a facet that is common and a word that is are found together, however far into the corpus', async () => {
  const corpus = corpusName('далеко');
  const filler = (text: string, atmosphere?: string) => ({ text, ...(atmosphere === undefined ? {} : { atmosphere }) });
  await stories.write(
    sketchDocument('далеко', 'one', [
      ...Array.from({ length: 210 }, (_, i) => filler(`Царь ${i}.`)),
      ...Array.from({ length: 210 }, (_, i) => filler(`Ночь ${i}.`, 'dark')),
      filler('Царь шёл один.', 'dark'),
    ]),
  );
  const [first] = await scenesFor('царь тьма', { corpus });
  expect(first && sceneOf(first).text).toBe('Царь шёл один.');
});

test('the store in memory gives the same hits in the same order', async () => {
  const memory = openMemoryStore().workspace(DEFAULT_WORKSPACE);
  const compute = openComputePool({ threadsMax: 1 });
  const corpus = corpusName('в памяти');
  try {
    for (const [lang, path] of Object.entries(STORIES_IN)) {
      const source = { path: join(import.meta.dirname, '../../data/stories', lang, path) };
      for (const store of [memory, stories.store])
        await readIntoCorpus({ store, compute, reader: stories.reader }, { corpus, name: documentName(path), source });
    }
    for (const store of [memory, stories.store]) await collapseCorpus({ store, compute }, corpus);
    for (const text of ['царь у двери', 'the masked figure', 'порог тишина', 'Емельян']) {
      const [here, there] = await Promise.all(
        [memory, stories.store].map((store) => search({ ...stories, store }, { corpus, text, first: 300 })),
      );
      // Codes are those of each workspace.
      const told = (answer: SearchAnswer | undefined) =>
        answer?.page.items.map(({ item: { score, result } }) => [
          score.toFixed(9),
          result.type === 'scene' ? result.scene.id : result.type === 'facet' ? result.facet : result.type,
        ]);
      expect(told(here)?.length).toBeGreaterThan(50);
      expect(told(here)).toEqual(told(there));
    }
  } finally {
    await compute.close();
  }
});

test('only what is asked for is looked for', async () => {
  for (const kind of ['scene', 'facet', 'hypertoken'] as const) {
    const types = new Set((await hitsOf('порог тишина', { kinds: [kind] })).map(({ result }) => result.type));
    expect(types).toEqual(new Set([kind]));
  }
  expect((await ask('порог тишина', { kinds: [] })).total).toBe(0);
  await expect(ask('царь', { corpus: corpusName('нет') })).rejects.toMatchObject({ code: 'CORPUS_NOT_FOUND' });
});
