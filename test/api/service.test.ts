import { RUNGS } from '../../src/activation/rung.ts';
import { openReader } from '../../src/reading/read-document.ts';
import type { Reader } from '../../src/reading/reader.ts';
import { corpusName } from '../../src/scene/name.ts';
import { type Answer, LIMITS, openApi, PRODUCT, type TestApi } from './open-api.ts';
import { CORPORA, longStory } from './sketches.ts';

let api: TestApi;
let reader: Reader;

const TEXTS = {
  ru: 'Старый царь стоял у двери и молчал. Девушка вошла, и свеча погасла.',
  en: 'The old prince stood at the door in silence. The girl came in, and the candle went out.',
} as const;

beforeAll(async () => {
  reader = await openReader({ bytesMax: LIMITS.documentBytesMax });
  api = await openApi({ reader });
  for (const lang of ['ru', 'en'] as const) await api.write(longStory(CORPORA[lang], 'long', 12, lang));
});

afterAll(async () => {
  await api.close();
  await reader.close();
});

const BUDGET = `query ($of: BudgetSource!, $scenesMax: Int, $labels: Language! = RU) {
  budget(of: $of, labels: $labels, scenesMax: $scenesMax) {
    tokenizer sceneCount truncated collapse withoutFigureCount withoutFigureShare codeCount typeTokenRatio textTokens
    languages {
      lang sceneCount withoutFigureCount codeCount typeTokenRatio textTokens
      sentences { count total median p90 max } halves { count }
      levels { level positions compression }
    }
    levels {
      level positions compression occurrenceCount codeCount typeTokenRatio
      registryCodes registryPositions compressionWithRegistry
    }
    groups { lang kind sceneCount rungs { rung total mean median p90 max } }
  }
}`.replace(', $scenesMax: Int,', ', $scenesMax: Int! = 5000,');

const budget = async (variables: Record<string, unknown>): Promise<Answer> => (await api.ask(BUDGET, variables)).budget;

test('the service tells what it is, and each limit it tells is one', async () => {
  const { service } = await api.ask(
    '{ service { version store workspace tokenizer limits { documentBytes page couplingsPerScene depth aliases tokens values } } }',
  );
  expect(service).toMatchObject({
    version: PRODUCT.version,
    store: 'EMBEDDED',
    workspace: 'default',
    tokenizer: 'o200k_base',
    limits: {
      documentBytes: LIMITS.documentBytesMax,
      page: LIMITS.pageMax,
      couplingsPerScene: LIMITS.couplingsPerScene,
    },
  });
  const refused = async (query: string): Promise<Answer> => (await api.answer(query)).errors[0]?.extensions.code;
  const aliases = (n: number) =>
    `{ ${Array.from({ length: n }, (_, i) => `a${i}: inventory(kind: TENSION) { key }`).join(' ')} }`;
  const deep = (n: number) =>
    `{ scene(id: "${'0'.repeat(32)}") ${'{ next '.repeat(n - 2)}{ text ${'}'.repeat(n - 2)}} }`;
  const { limits } = service;
  expect(await refused(`{ corpora(first: ${limits.page}) { nodes { id } } }`)).toBeUndefined();
  expect(await refused(`{ corpora(first: ${limits.page + 1}) { nodes { id } } }`)).toBe('PAGE_TOO_LARGE');
  expect(await refused(aliases(limits.aliases))).toBeUndefined();
  expect(await refused(aliases(limits.aliases + 1))).toBe('QUERY_TOO_LARGE');
  expect(await refused(deep(limits.depth))).toBeUndefined();
  expect(await refused(deep(limits.depth + 1))).toBe('QUERY_TOO_LARGE');
});

describe.each(['ru', 'en'] as const)('in %s', (lang) => {
  test('the budget of a corpus counts each scene on every rung, the lower the less', async () => {
    const { groups, languages, levels, ...rest } = await budget({ of: { corpus: CORPORA[lang] } });
    expect(rest).toMatchObject({ tokenizer: 'o200k_base', sceneCount: 12, truncated: false, collapse: 'NONE' });
    const { textTokens, codeCount, typeTokenRatio } = rest;
    expect(typeTokenRatio).toBe(codeCount / 12);
    expect(groups[0].rungs[0]).toMatchObject({ rung: 'TEXT', total: textTokens });
    expect(languages).toEqual([
      {
        lang: lang.toUpperCase(),
        sceneCount: 12,
        withoutFigureCount: rest.withoutFigureCount,
        codeCount,
        typeTokenRatio,
        textTokens,
        sentences: expect.objectContaining({ count: 12, total: textTokens }),
        halves: null,
        levels: [{ level: 0, positions: 12, compression: textTokens / 12 }],
      },
    ]);
    expect(levels).toMatchObject([
      { level: 0, positions: 12, occurrenceCount: 12, codeCount, registryCodes: codeCount },
    ]);
    expect(groups).toHaveLength(1);
    expect(groups[0]).toMatchObject({ lang: lang.toUpperCase(), kind: 'SCENE', sceneCount: 12 });
    expect(groups[0].rungs.map(({ rung }: Answer) => rung.toLowerCase())).toEqual(RUNGS);
    for (const { total, mean, median, p90, max } of groups[0].rungs) {
      expect(mean * 12).toBeCloseTo(total);
      expect(median).toBeLessThanOrEqual(p90);
      expect(p90).toBeLessThanOrEqual(max);
    }
    expect(groups[0].rungs.find(({ rung }: Answer) => rung === 'CODE')).toMatchObject({ total: 12, max: 1 });
  });

  test('the first scenes alone are counted where more are not asked for, and it says so', async () => {
    expect(await budget({ of: { corpus: CORPORA[lang] }, scenesMax: 5 })).toMatchObject({
      sceneCount: 5,
      truncated: true,
    });
    expect(await budget({ of: { corpus: CORPORA[lang] }, scenesMax: 12 })).toMatchObject({
      sceneCount: 12,
      truncated: false,
    });
  });

  test('a text is counted without being kept', async () => {
    const before = await api.ask('{ corpora { nodes { name revision } } }');
    const told = await budget({ of: { text: TEXTS[lang] }, labels: lang.toUpperCase() });
    expect(told.sceneCount).toBeGreaterThanOrEqual(2);
    expect(told.groups[0].lang).toBe(lang.toUpperCase());
    expect(told.collapse).toBeNull();
    expect(await budget({ of: { text: TEXTS[lang] }, scenesMax: 1 })).toMatchObject({ sceneCount: 1, truncated: true });
    expect(await api.ask('{ corpora { nodes { name revision } } }')).toEqual(before);
  });

  test('what waits is coupled, and nothing is coupled twice', async () => {
    const couple = async (): Promise<Answer> =>
      (
        await api.ask(
          'mutation ($c: String!) { couple(corpus: $c) { scenes added removed corpus { uncoupledCount couplingCount } } }',
          { c: CORPORA[lang] },
        )
      ).couple;
    const waiting = (await api.store.corpus(corpusName(CORPORA[lang])))?.uncoupled;
    expect(waiting).toBe(12);
    const first = await couple();
    expect(first).toMatchObject({ scenes: 12, removed: 0, corpus: { uncoupledCount: 0, couplingCount: first.added } });
    expect(first.added).toBeGreaterThan(0);
    expect(await couple()).toEqual({ ...first, scenes: 0, added: 0 });
  });

  test('the budget of what is collapsed has its levels, the highest of one position; of a part it has none', async () => {
    await api.ask('mutation ($c: String!) { collapse(corpus: $c) { corpus { id } } }', { c: CORPORA[lang] });
    const { levels, languages, textTokens, collapse } = await budget({ of: { corpus: CORPORA[lang] } });
    expect(collapse).toBe('FRESH');
    expect(levels.length).toBeGreaterThan(1);
    for (const [i, { level, positions, compression, compressionWithRegistry, registryPositions }] of levels.entries()) {
      expect([level, compression]).toEqual([i, textTokens / positions]);
      expect(compressionWithRegistry).toBe(textTokens / (positions + registryPositions));
      if (i > 0) expect(positions).toBeLessThanOrEqual(levels[i - 1].positions);
    }
    expect(levels.at(-1)).toMatchObject({ positions: 1, occurrenceCount: 1, codeCount: 1, typeTokenRatio: 1 });
    expect(languages[0].levels.map(({ positions }: Answer) => positions)).toEqual(
      levels.map(({ positions }: Answer) => positions),
    );
    expect((await budget({ of: { corpus: CORPORA[lang] }, scenesMax: 5 })).levels).toMatchObject([{ level: 0 }]);
    await api.write(longStory(CORPORA[lang], 'later', 2, lang));
    expect(await budget({ of: { corpus: CORPORA[lang] } })).toMatchObject({ sceneCount: 14, collapse: 'STALE' });
  });
});

test.each([
  ['budget(of: { corpus: "нет" }) { sceneCount }', 'CORPUS_NOT_FOUND'],
  ['budget(of: { corpus: "tales" }, scenesMax: 0) { sceneCount }', 'BAD_ARGUMENT'],
  ['budget(of: { corpus: "tales" }, scenesMax: 20001) { sceneCount }', 'BAD_ARGUMENT'],
  ['budget(of: { text: "" }) { sceneCount }', 'EMPTY_DOCUMENT'],
  ['budget(of: {}) { sceneCount }', 'GRAPHQL_VALIDATION_FAILED'],
  ['budget(of: { corpus: "tales", text: "x" }) { sceneCount }', 'GRAPHQL_VALIDATION_FAILED'],
])('%s → %s', async (query, code) => {
  const { errors } = await api.answer(`{ ${query} }`);
  expect(errors.map(({ extensions }: Answer) => extensions.code)).toEqual([code]);
});

test.each([[{ corpus: 'tales', text: 'x' }], [{ corpus: null }], [{}]])(
  'one of several is one of several in variables too: %j',
  async (of) => {
    const { errors } = await api.answer(BUDGET, { of });
    expect(errors.map(({ extensions }: Answer) => extensions.code)).toEqual(['BAD_USER_INPUT']);
  },
);
