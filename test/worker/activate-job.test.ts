import { code } from '../../src/scene/hypertoken.ts';
import { corpusName } from '../../src/scene/name.ts';
import type { SceneId } from '../../src/scene/scene.ts';
import { type ActivateRequest, type Activation, activate } from '../../src/worker/activate-job.ts';
import { sketchDocument } from '../arbitrary/corpus.ts';
import { countingCalls, type OpenStories, openStories } from './open-stories.ts';

let stories: OpenStories;

beforeAll(async () => {
  stories = await openStories();
});

afterAll(() => stories.close());

const lightUp = (request: ActivateRequest): Promise<Activation> => activate(stories, request);
const ask = (query: string, rest: Partial<ActivateRequest> = {}): Promise<Activation> =>
  lightUp({ source: { query }, corpus: stories.corpus, ...rest });

const namesOf = (clues: Activation['clues']): readonly string[] => clues.map(({ kind, key }) => `${kind} ${key}`);

describe('a mood that names no agent and no verb', () => {
  test.each([
    ['ru', 'тихая тоска перед дождём'],
    ['en', 'quiet longing before the rain'],
  ] as const)('finds scenes of its tension and of its atmospheres, in %s', async (lang, query) => {
    const { clues, scenes } = await ask(query);
    const standing = namesOf(clues.filter(({ scenes: of }) => of.length > 0));
    expect(standing).toEqual(expect.arrayContaining(['tension longing', 'atmosphere silence', 'atmosphere water']));
    expect(standing.some((name) => name.startsWith('agent'))).toBe(false);
    const longing = stories.scenes.filter(({ tension }) => tension?.key === 'longing');
    expect(longing.length).toBeGreaterThan(0);
    const first = scenes.slice(0, 2).map(({ scene }) => scene.id);
    expect(first).toEqual(expect.arrayContaining(longing.map(({ id }) => id)));
    const atmospheres = new Set(scenes.map(({ scene }) => scene.atmosphere?.key));
    expect(atmospheres).toContain('silence');
    expect(atmospheres).toContain('water');
    if (lang === 'en') expect(scenes[0]?.scene.text).toContain('quieted');
  });
});

test.each(['царь и барабан', 'the clock in the black room'])(
  'every scene says by what it lit up: by a clue that it holds, or by a coupling with a scene that lit up too (%s)',
  async (query) => {
    const { scenes, lit, touched, residual, truncated } = await ask(query, { limit: 1000, budget: 2000 });
    expect([scenes.length, truncated]).toEqual([lit, null]);
    expect(touched).toBeGreaterThanOrEqual(lit);
    expect(scenes.reduce((sum, { score }) => sum + score, residual)).toBeCloseTo(1, 9);
    expect(scenes.map(({ score }) => score)).toEqual(scenes.map(({ score }) => score).toSorted((x, y) => y - x));
    const ids = new Set<string>(scenes.map(({ scene }) => scene.id));
    const couplings = await stories.store.couplingsAmong([...ids] as SceneId[]);
    const ofScene = Map.groupBy(
      couplings.flatMap((coupling) => [coupling.a, coupling.b].map((end) => ({ end, coupling }))),
      ({ end }) => end,
    );
    const kinds = new Set<string>();
    for (const { scene, because, through } of scenes) {
      const own = (ofScene.get(scene.id) ?? []).map(({ coupling }) => coupling);
      expect(because.length > 0).toBe(through === null);
      if (through !== null) {
        expect(own).toContainEqual(through);
      }
      for (const { kind, key } of because) {
        kinds.add(kind);
        if (kind === 'agent') expect(scene.agent?.entity).toBe(key);
        if (kind === 'context') expect(scene.context.map((facet) => facet.key)).toContain(key);
        if (kind === 'atmosphere') expect(scene.atmosphere?.key).toBe(key);
      }
    }
    expect(kinds).toContain('word');
    expect(kinds.size).toBeGreaterThan(2);
    expect(scenes.some(({ because }) => because.length === 0)).toBe(true);
  },
);

test('a rare word outweighs a common one, and a word that stands nowhere is told and weighs nothing', async () => {
  const { clues } = await ask('царь ждёт бегемота');
  const weightOf = (word: string) => clues.find(({ kind, key }) => kind === 'word' && key === word);
  expect(weightOf('ждёт')?.weight).toBeGreaterThan(weightOf('царь')?.weight ?? 1);
  expect(weightOf('бегемота')).toMatchObject({ weight: 0, count: 0, scenes: [] });
  expect(clues.map(({ weight }) => weight)).toEqual(clues.map(({ weight }) => weight).toSorted((x, y) => y - x));
});

test('a query that reads as a scene lights up scenes of its own code', async () => {
  const { clues, scenes } = await ask('Емельян стоял у реки и плыл на лодке');
  const own = clues.find(({ kind }) => kind === 'code');
  expect(own?.count).toBeGreaterThan(0);
  expect(scenes.find(({ scene }) => scene.id === own?.scenes[0])?.because).toContainEqual(own);
});

test('the same query lights up the same, digit for digit', async () => {
  expect(await ask('страх смерти')).toEqual(await ask('страх смерти'));
});

describe('from what was named', () => {
  test('a code lights up its scenes first, and what is coupled with them', async () => {
    const [scene] = stories.scenes.filter(({ figure }) => figure === 'crossing.water.none');
    if (scene === undefined) throw new Error('no crossing');
    const { scenes, clues, seeds } = await lightUp({ source: { code: scene.code }, corpus: stories.corpus });
    const own = stories.scenes.filter((each) => each.code === scene.code).map(({ id }) => id);
    expect(clues).toEqual([
      { kind: 'code', key: `Δ${scene.code}`, part: '', weight: 1, count: own.length, scenes: own },
    ]);
    expect(seeds).toBe(own.length);
    const answering = scenes.filter(({ because }) => because.length > 0).map((each) => each.scene.id);
    expect(answering.toSorted()).toEqual(own.toSorted());
    expect(scenes.length).toBeGreaterThan(own.length);
  });

  test('an occurrence of a motif lights up its scenes, and needs no corpus', async () => {
    const { items } = await stories.store.occurrences({ corpus: stories.corpus, level: 1 }, { first: 1000 });
    const motif = items.map(({ item }) => item).find(({ level }) => level === 1);
    if (motif === undefined) throw new Error('no motif');
    const { corpus, scenes, seeds } = await lightUp({ source: { occurrence: motif } });
    expect([corpus, seeds]).toEqual([stories.corpus, motif.scenes.length]);
    expect(scenes.slice(0, seeds).map(({ scene }) => scene.id)).toEqual(expect.arrayContaining([...motif.scenes]));
  });

  test('of a motif’s code all places are taken, of a community the first scenes', async () => {
    const { store, corpus } = stories;
    const motifs = (await store.hypertokens({ corpus, level: 1 }, { first: 1000 })).items.map(({ item }) => item);
    // So few that all of their scenes are seeds.
    const [recurring] = motifs
      .filter(({ occurrences }) => occurrences > 1)
      .toSorted((x, y) => x.occurrences - y.occurrences);
    if (recurring === undefined) throw new Error('no motif recurs');
    const places = (await store.occurrences({ corpus, code: recurring.code }, { first: 100 })).items;
    const { clues } = await lightUp({ source: { code: recurring.code }, corpus });
    expect(clues[0]?.scenes).toEqual(places.flatMap(({ item }) => item.scenes));
    const above = (await store.hypertokens({ corpus, level: 2 }, { first: 1 })).items[0]?.item;
    if (above === undefined) throw new Error('no community');
    const community = await lightUp({ source: { code: above.code }, corpus });
    expect(community.clues[0]?.count).toBeGreaterThan(1);
    expect(community.seeds).toBe(Math.min(32, community.clues[0]?.scenes.length ?? 0));
  });

  test('a scene lights up itself most, then those that it is coupled with', async () => {
    const scene = stories.scenes[100];
    if (scene === undefined) throw new Error('no scene');
    const { scenes } = await lightUp({ source: { scene: scene.id } });
    expect(scenes[0]).toMatchObject({ scene: { id: scene.id }, because: [{ kind: 'scene', key: scene.id }] });
    const [couplings] = await stories.store.couplingsOf([scene.id], 1);
    const [heaviest] = couplings ?? [];
    expect([heaviest?.a, heaviest?.b]).toContain(scene.id);
    const lit = scenes.map((each) => each.scene.id);
    expect(lit).toEqual(expect.arrayContaining([heaviest?.a, heaviest?.b]));
  });
});

test('however long the query, the store is asked a bounded number of times', async () => {
  const words = [...new Set(stories.scenes.flatMap(({ text }) => text.match(/\p{L}{5,}/gu) ?? []))].slice(0, 80);
  const query = words.join(' ').slice(0, 900);
  const { store, calls } = countingCalls(stories.store);
  const { rounds, wordsLeft } = await activate({ ...stories, store }, { source: { query }, corpus: stories.corpus });
  expect(wordsLeft.length).toBeGreaterThan(20);
  expect(calls.get('neighboursOf')).toBe(rounds);
  expect(calls.get('couplingsBetween')).toBe(1);
  expect(calls.get('scenesById')).toBe(2);
  const all = [...calls.values()].reduce((sum, n) => sum + n, 0);
  expect(all - rounds - 3).toBeLessThanOrEqual(7 + 3 * 4);
});

test('a budget that bites is told, and no more couplings are read', async () => {
  const { touched, truncated, scenes } = await ask('царь', { budget: 5 });
  expect([touched, truncated]).toEqual([5, 'touched']);
  expect(scenes.length).toBeLessThanOrEqual(5);
  expect((await ask('царь', { budget: 2000 })).truncated).toBeNull();
});

test('where nothing answers, nothing lights up, and it says what was looked for', async () => {
  const { scenes, seeds, touched, clues } = await ask('бегемот');
  expect([scenes, seeds, touched]).toEqual([[], 0, 0]);
  expect(namesOf(clues)).toContain('word бегемот');
});

test('words of a language that is not read, and numbers, are words still', async () => {
  expect((await ask('東京 1812')).clues.map(({ kind, key }) => [kind, key])).toEqual([
    ['word', '1812'],
    ['word', '東京'],
  ]);
});

test('what is between spaces may be no word, or many', async () => {
  const corpus = corpusName('чертежи');
  const parts = (from: number) => Array.from({ length: 20 }, (_, i) => `деталь${from + i}`).join('-');
  const scenes = Array.from({ length: 40 }, (_, i) => ({ text: `${parts(0)} ${parts(20)} № ${i}.` }));
  await stories.write(sketchDocument(corpus, 'a', scenes));
  const { clues } = await ask(`\u02bc царь ${parts(0)} ${parts(20)}`, { corpus });
  const words = clues.filter(({ kind }) => kind === 'word');
  expect(words.map(({ key, count }) => [key, count])).toEqual(
    expect.arrayContaining([
      [parts(0), 40],
      [parts(20), 40],
      ['царь', 0],
    ]),
  );
  expect(words).toHaveLength(3);
});

test('words without content are looked for only where there are no others', async () => {
  expect(namesOf((await ask('он и царь')).clues)).not.toContain('word он');
  expect(namesOf((await ask('он и')).clues)).toContain('word он');
});

test('an agent that was merged into another stands for that one, and other corpora stay dark', async () => {
  const tale = (name: string) =>
    sketchDocument('сказки', name, [
      { text: 'Родион вышел.', agent: 'Родион', tension: 'fear' },
      { text: 'Раскольников вернулся.', agent: 'Раскольников', tension: 'calm' },
    ]);
  const corpus = corpusName('сказки');
  await stories.write(tale('a'));
  await stories.store.mergeAgents(corpus, { alias: 'Родион', into: 'Раскольников' });
  const { clues, scenes } = await ask('Родион', { corpus });
  expect(clues).toContainEqual(expect.objectContaining({ kind: 'agent', key: 'Раскольников', count: 2 }));
  expect(new Set(scenes.map(({ scene }) => scene.corpus))).toEqual(new Set([corpus]));
  expect((await ask('Родион')).scenes).toEqual([]);
});

test.each([
  ['ru', ['дуб', 'ветер', 'гроза'], 'Дуб и ветер.'],
  ['en', ['oak', 'wind', 'thunder'], 'The oak and the wind.'],
] as const)(
  'a scene of two common words of a query comes first of those that answer, wherever it stands and though the third is not in it (%s)',
  async (lang, words, both) => {
    const corpus = corpusName(`pairs-${lang}`);
    const common = words.flatMap((word) => Array.from({ length: 40 }, (_, i) => ({ text: `${word} ${String(i)}.` })));
    await stories.write(sketchDocument(corpus, 'a', [...common, { text: both }]));
    const { scenes, clues } = await ask(words.join(' '), { corpus });
    expect(clues.filter(({ kind }) => kind === 'word').map(({ count }) => count)).toEqual([40, 41, 41]);
    const found = scenes.find(({ scene }) => scene.text === both);
    expect(found?.because.map(({ key }) => key).toSorted()).toEqual(words.slice(0, 2).toSorted());
    // Of those that answer themselves it has most; the one before it in the text gets from it, and more than it.
    const answering = scenes.filter(({ because }) => because.length > 0);
    expect(answering[0]?.scene.text).toBe(both);
  },
);

test.each([
  ['ru', 'дуб', 'ветер', 'Ветер, дуб.'],
  ['en', 'oak', 'wind', 'The wind, the oak.'],
] as const)(
  'a word of thousands of scenes is looked up with a rarer one, and by itself only where it is alone (%s)',
  async (lang, common, rare, both) => {
    const corpus = corpusName(`common-${lang}`);
    const scenes = Array.from({ length: 2010 }, (_, i) => ({ text: `${common} ${i}.` }));
    await stories.write(sketchDocument(corpus, 'a', [...scenes, { text: `${rare}.` }, { text: both }], lang));
    const wordsOf = ({ clues }: Activation) =>
      new Map(clues.filter(({ kind }) => kind === 'word').map((clue) => [clue.key, clue]));
    const together = wordsOf(await ask(`${common} ${rare}`, { corpus }));
    expect([together.get(common)?.count, together.get(rare)?.count]).toEqual([2011, 2]);
    const textsOf = async (key: string) =>
      (await stories.store.scenesById(together.get(key)?.scenes ?? [])).map((scene) => scene?.text);
    expect(await textsOf(common)).toEqual([both]);
    expect((await textsOf(rare)).toSorted()).toEqual([both, `${rare}.`].toSorted());
    expect(wordsOf(await ask(common, { corpus })).get(common)?.scenes).toHaveLength(32);
  },
);

describe('what cannot be asked', () => {
  test.each<[string, Partial<ActivateRequest>, string]>([
    ['a query without a word', { source: { query: '… — !' } }, 'BAD_ARGUMENT'],
    ['a query of more than 1000 units', { source: { query: 'царь '.repeat(201) } }, 'BAD_ARGUMENT'],
    ['a query in no corpus', { corpus: undefined }, 'BAD_ARGUMENT'],
    ['a corpus that is not there', { corpus: corpusName('нет') }, 'CORPUS_NOT_FOUND'],
    ['a code that is not there', { source: { code: code(2 ** 30) } }, 'CODE_NOT_FOUND'],
    [
      'an occurrence that is not there',
      { source: { occurrence: { code: code(0), ordinal: 10 ** 6 } } },
      'OCCURRENCE_NOT_FOUND',
    ],
    ['a scene that is not there', { source: { scene: '0'.repeat(32) as SceneId } }, 'SCENE_NOT_FOUND'],
    ['no scene', { limit: 0 }, 'BAD_ARGUMENT'],
    ['too many scenes', { limit: 1001 }, 'PAGE_TOO_LARGE'],
    ['no budget', { budget: 0 }, 'BAD_ARGUMENT'],
    ['too large a budget', { budget: 2001 }, 'BAD_ARGUMENT'],
    ['α of 1', { alpha: 1 }, 'BAD_ARGUMENT'],
  ])('%s is refused', async (_, request, refused) => {
    await expect(ask('царь', request)).rejects.toMatchObject({ code: refused });
  });

  test('a scene in another corpus than the named one is refused, and says where it stands', async () => {
    const scene = stories.scenes[0]?.id as SceneId;
    await expect(lightUp({ source: { scene }, corpus: corpusName('другой') })).rejects.toMatchObject({
      code: 'BAD_ARGUMENT',
      message: expect.stringContaining('"stories"'),
    });
  });

  test('a job that was stopped throws CANCELLED', async () => {
    const signal = AbortSignal.abort();
    const request = { source: { query: 'царь' }, corpus: stories.corpus };
    await expect(activate({ ...stories, signal }, request)).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
