import fc from 'fast-check';
import { corpusName, documentName, viewName } from '../../src/scene/name.ts';
import { coupleCorpus } from '../../src/worker/couple-job.ts';
import { sketchDocument } from '../arbitrary/corpus.ts';
import { type Answer, openApi, type TestApi } from './open-api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await openApi();
});

afterAll(() => api.close());

const ROWS = 7;
/** Walks of each list: one of couplings, with all that is coupled between its pages, takes a second. */
const RUNS = 8;
/** A document of two scenes, the second of which shares nobody and nothing with another document; in Russian or English. */
const write = (corpus: string, name: string): Promise<void> => {
  const isRussian = /[а-я]/u.test(name);
  const tension = TENSIONS[name.length % TENSIONS.length] ?? 'fear';
  const [first, second] = isRussian
    ? [`${name}: сцена и дверь.`, `${name}: сцена и порог.`]
    : [`${name}: сцена, a scene and a door.`, `${name}: a scene and a порог.`];
  const sketches = [
    { text: first, agent: 'герой', tension },
    { text: second, agent: name, context: [`место ${name}`] },
  ];
  return api.write(sketchDocument(corpus, name, sketches, isRussian ? 'ru' : 'en'));
};
const TENSIONS = ['fear', 'calm', 'waiting', 'joy', 'anger'];
const remove = async (corpus: string, name: string): Promise<void> => {
  await api.store.deleteDocument(corpusName(corpus), documentName(name));
};
const couple = async (corpus: string): Promise<void> => {
  const { compute } = api.services;
  await coupleCorpus({ store: api.store, compute, signal: new AbortController().signal }, corpusName(corpus));
};

/** A list, and how a row comes into it and goes from it. `$corpus` is the corpus's name. */
interface List {
  /** With `...P` in the place of pages. */
  readonly query: string;
  readonly find: (data: Answer) => Answer;
  /** What a row is told by, and found by when it is to go. */
  readonly name: (row: Answer) => string;
  readonly add: (corpus: string, name: string) => Promise<void>;
  readonly remove: (corpus: string, row: Answer) => Promise<void>;
  /** Called when the first rows are there. */
  readonly prepare?: (corpus: string) => Promise<void>;
}

const documents = { add: write, remove: (corpus: string, { name }: Answer) => remove(corpus, name) };

const LISTS: Readonly<Record<string, List>> = {
  corpora: {
    query: 'corpora(...P) { edges { node { name } } ...I }',
    find: ({ corpora }) => corpora,
    name: ({ name }) => name,
    add: (corpus, name) => write(`${corpus} ${name}`, 'единственный'),
    remove: async (_, { name }) => {
      await api.store.deleteCorpus(corpusName(name));
    },
  },
  documents: {
    query: 'corpus(name: $corpus) { documents(...P) { edges { node { name } } ...I } }',
    find: ({ corpus }) => corpus.documents,
    name: ({ name }) => name,
    ...documents,
  },
  scenes: {
    query: 'scenes(filter: { corpus: $corpus }, ...P) { edges { node { text document { name } } } ...I }',
    find: ({ scenes }) => scenes,
    name: ({ text }) => text,
    add: write,
    remove: (corpus, { document }) => remove(corpus, document.name),
  },
  'scenes by a word': {
    query:
      'scenes(filter: { corpus: $corpus, text: "порог" }, ...P) { edges { node { text document { name } } } ...I }',
    find: ({ scenes }) => scenes,
    name: ({ text }) => text,
    add: write,
    remove: (corpus, { document }) => remove(corpus, document.name),
  },
  facets: {
    query: 'facets(filter: { corpus: $corpus }, ...P) { edges { node { kind key } } ...I }',
    find: ({ facets }) => facets,
    name: ({ kind, key }) => `${kind} ${key}`,
    add: write,
    remove: async (corpus, { key }) => {
      const { documents: all } = (
        await api.ask('query ($c: String!) { corpus(name: $c) { documents { nodes { name } } } }', { c: corpus })
      ).corpus;
      const holder = all.nodes.find(({ name }: Answer) => key.endsWith(name)) ?? all.nodes[0];
      if (holder !== undefined && all.nodes.length > 1) await remove(corpus, holder.name);
    },
  },
  couplings: {
    query:
      'scenes(filter: { corpus: $corpus, document: "середина" }, first: 1) { nodes { couplings(...P) { edges { node { other { text document { name } } } } ...I } } }',
    find: ({ scenes }) => scenes.nodes[0].couplings,
    name: ({ other }) => other.text,
    add: async (corpus, name) => {
      await write(corpus, name);
      await couple(corpus);
    },
    remove: async (corpus, { other }) => {
      if (other.document.name !== 'середина') await remove(corpus, other.document.name);
    },
    prepare: async (corpus) => {
      await write(corpus, 'середина');
      await couple(corpus);
    },
  },
  hypertokens: {
    query: 'hypertokens(filter: { corpus: $corpus }, ...P) { edges { node { code } } ...I }',
    find: ({ hypertokens }) => hypertokens,
    name: ({ code }) => code,
    add: write,
    remove: async (corpus, { code }) => {
      const { scenes } = await api.ask(
        'query ($c: String!, $code: Code!) { scenes(filter: { corpus: $c, code: $code }) { nodes { document { name } } } corpus(name: $c) { documentCount } }',
        { c: corpus, code },
      );
      if (scenes.nodes.length > 0) await remove(corpus, scenes.nodes[0].document.name);
    },
  },
  occurrences: {
    query:
      'occurrences(filter: { corpus: $corpus }, ...P) { edges { node { ref firstScene { document { name } } } } ...I }',
    find: ({ occurrences }) => occurrences,
    name: ({ ref }) => ref,
    add: write,
    remove: (corpus, { firstScene }) => remove(corpus, firstScene.document.name),
  },
  views: {
    query: 'views(corpus: $corpus, ...P) { edges { node { name } } ...I }',
    find: ({ views }) => views,
    name: ({ name }) => name,
    add: async (corpus, name) => {
      await write(corpus, name);
      const input = { corpus, name, source: { document: name } };
      await api.ask('mutation ($input: CollapseViewInput!) { collapseView(input: $input) { unchanged } }', { input });
    },
    remove: async (corpus, { name }) => {
      await api.store.deleteView(corpusName(corpus), viewName(name));
    },
  },
  'merges of agents': {
    query: 'corpus(name: $corpus) { agentMerges(...P) { edges { node { alias } } ...I } }',
    find: ({ corpus }) => corpus.agentMerges,
    name: ({ alias }) => alias,
    add: async (corpus, name) => {
      await write(corpus, name);
      await api.store.mergeAgents(corpusName(corpus), { alias: name, into: 'герой', by: 'person' });
    },
    remove: async (corpus, { alias }) => {
      await api.store.undoMerge(corpusName(corpus), alias);
    },
  },
};

const queryOf = ({ query }: List): string => {
  const list = query
    .replace('...P', 'first: $first, after: $after')
    .replace('...I', 'pageInfo { hasNextPage endCursor }');
  return `query ($corpus: String!, $first: Int!, $after: String) { ${list} beside: corpus(name: $corpus) { revision } }`;
};

/** What happens between two pages. */
const STEPS = fc.array(
  fc.record({
    what: fc.constantFrom('add', 'remove', 'remove what the cursor stands on', 'nothing'),
    letter: fc.constantFrom('а', 'л', 'я', 'A', 'z'),
    at: fc.nat(1000),
  }),
  { minLength: 4, maxLength: 12 },
);

let runs = 0;

test.each(Object.keys(LISTS))(
  '%s: what stands throughout a walk is seen once, in its order, whatever comes and goes',
  async (kind) => {
    const list = LISTS[kind];
    if (list === undefined) throw new TypeError(kind);
    const property = fc.asyncProperty(STEPS, fc.integer({ min: 1, max: 3 }), async (steps, first) => {
      runs += 1;
      const corpus = `${kind} ${runs}`;
      let names = 0;
      const add = (letter: string): Promise<void> => {
        names += 1;
        return list.add(corpus, `${letter}${'о'.repeat(names % 4)}${names}`);
      };
      for (const letter of 'мбщжмку'.slice(0, ROWS)) await add(letter);
      await list.prepare?.(corpus);
      const page = async (variables: object): Promise<Answer> =>
        list.find(await api.ask(queryOf(list), { corpus, ...variables }));
      const rows = async (): Promise<readonly Answer[]> =>
        (await page({ first: 200 })).edges.map(({ node }: Answer) => node);

      let standing = (await rows()).map(list.name);
      expect(standing.length).toBeGreaterThan(ROWS / 2);
      const seen: string[] = [];
      let last: Answer = null;
      let after: string | null = null;
      let hasNextPage = true;
      for (let i = 0; hasNextPage; i += 1) {
        const { edges, pageInfo }: Answer = await page({ first, after });
        expect(edges.length).toBeLessThanOrEqual(first);
        seen.push(...edges.map(({ node }: Answer) => list.name(node)));
        last = edges.at(-1)?.node ?? last;
        ({ hasNextPage } = pageInfo);
        after = pageInfo.endCursor ?? after;
        const step = steps[i];
        if (step === undefined || step.what === 'nothing') continue;
        const now = await rows();
        const isThere = now.some((row) => last !== null && list.name(row) === list.name(last));
        // One row is left, so that what holds the list does not go with it.
        if (step.what === 'add') await add(step.letter);
        else if (now.length > 2 && step.what === 'remove') await list.remove(corpus, now[step.at % now.length]);
        else if (now.length > 2 && isThere) await list.remove(corpus, last);
        const left = new Set((await rows()).map(list.name));
        standing = standing.filter((name) => left.has(name));
      }
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.filter((name) => standing.includes(name))).toEqual(standing);
    });
    await fc.assert(property, { numRuns: RUNS });
  },
);

test('parts: what an occurrence is made of stands while all else comes and goes; with a scene of it it is gone', async () => {
  const corpus = 'части';
  for (const name of ['а', 'б', 'в', 'г']) await write(corpus, name);
  await couple(corpus);
  await api.ask('mutation ($c: String!) { collapse(corpus: $c) { occurrences } }', { c: corpus });
  const { occurrences } = await api.ask(
    'query ($c: String!) { occurrences(filter: { corpus: $c, level: 9 }, first: 200) { nodes { ref size level } } }',
    { c: corpus },
  );
  const top = occurrences.nodes.find(({ level, size }: Answer) => level > 1 && size === 8);
  const page = (after: string | null): Promise<Answer> =>
    api.answer(
      'query ($ref: OccurrenceRef!, $after: String) { occurrence(ref: $ref) { parts(first: 1, after: $after) { nodes { ref } pageInfo { hasNextPage endCursor } } } }',
      { ref: top.ref, after },
    );
  const walk = async (between: (i: number) => Promise<void>): Promise<readonly string[]> => {
    const seen: string[] = [];
    let after: string | null = null;
    for (let i = 0; ; i += 1) {
      const { data, errors }: Answer = await page(after);
      if (errors.length > 0) throw new Error(errors[0].extensions.code);
      // Gone as a whole: null, as any occurrence that is not there.
      if (data.occurrence === null) throw new Error('OCCURRENCE_NOT_FOUND');
      const { nodes, pageInfo } = data.occurrence.parts;
      seen.push(...nodes.map(({ ref }: Answer) => ref));
      if (!pageInfo.hasNextPage) return seen;
      after = pageInfo.endCursor;
      await between(i);
    }
  };
  const whole = await walk(async () => {});
  expect(whole).toHaveLength(8);
  const others = async (i: number): Promise<void> => {
    await write(corpus, `к${i}`);
    await write('другой', `к${i}`);
    if (i > 1) await remove('другой', `к${i - 1}`);
  };
  expect(await walk(others)).toEqual(whole);
  await expect(walk((i) => (i === 3 ? remove(corpus, 'б') : Promise.resolve()))).rejects.toThrow(
    'OCCURRENCE_NOT_FOUND',
  );
});
