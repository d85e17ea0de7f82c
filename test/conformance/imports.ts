import { corpusName } from '../../src/scene/name.ts';
import type { DocumentRecord, ImportedState } from '../../src/store/graph-store.ts';
import { requireCorpus } from '../../src/store/require-corpus.ts';
import { inconsistencies } from '../store/consistency.ts';
import { allItems, failing } from './all-pages.ts';
import { dump } from './isolation.ts';
import { CORPUS, ENGLISH, inputOf, partsOf, RUSSIAN, write } from './prose.ts';
import type { OpenStore } from './store-adapter.ts';

const DOCUMENTS = [
  { name: 'сказка', sentences: RUSSIAN.slice(0, 12) },
  { name: 'a tale', sentences: ENGLISH.slice(0, 8), lang: 'en' as const },
];
const STATE: ImportedState = {
  documents: 2,
  scenes: 20,
  couplings: 0,
  uncoupled: 20,
  revision: 700,
  collapsedRevision: 650,
};

/** Corpora that come piece by piece. */
export const describeImports = ({ store }: OpenStore): void => {
  const bring = (document: (typeof DOCUMENTS)[number], version = 1) =>
    store().writeDocument({ ...inputOf(document), imported: { version } }, partsOf(document));

  it('are no corpora before they are whole, and then stand at the revision that they were given', async () => {
    const [first, second] = DOCUMENTS;
    if (first === undefined || second === undefined) throw new Error('two documents are needed');
    await write(store(), { sentences: RUSSIAN.slice(5, 9), corpus: 'рядом' });
    expect(await store().beginImport(CORPUS, 'одно')).toEqual({ resumed: false });
    await bring(first, 7);
    expect(await store().beginImport(CORPUS, 'одно')).toEqual({ resumed: true });
    expect(await failing(store().beginImport(CORPUS, 'другое'))).toBe('CORPUS_EXISTS');
    expect(await failing(store().beginImport(corpusName('рядом'), 'одно'))).toBe('CORPUS_EXISTS');
    expect(await store().corpus(CORPUS)).toBeNull();
    expect((await allItems((page) => store().corpora(page), 1)).map(({ name }) => name)).toEqual(['рядом']);
    expect(await store().imports()).toMatchObject([{ name: CORPUS, of: 'одно', documents: 1, scenes: 12 }]);
    const first1 = { first: 1 };
    for (const act of [
      requireCorpus(store(), CORPUS),
      store().documents(CORPUS, first1),
      store().couplings(CORPUS, first1),
      store().views(CORPUS, first1),
      store().agentMerges(CORPUS, first1),
      store().occurrences({ corpus: CORPUS }, first1),
      store().hypertokens({ corpus: CORPUS }, first1),
      store().uncoupledScenes(CORPUS, 1),
      store().atOneRevision(CORPUS, async () => undefined),
      write(store(), { name: 'чужой', sentences: ENGLISH.slice(0, 2) }),
      write(store(), { ...first, sentences: ENGLISH.slice(0, 2) }),
      store().deleteDocument(CORPUS, inputOf(first).name),
      store().mergeAgents(CORPUS, { alias: 'царь', into: 'Иван', unseen: true }),
      store().undoMerge(CORPUS, 'царь'),
      store().clearCouplings(CORPUS),
    ])
      expect(await failing(act)).toBe('CORPUS_IMPORTING');
    expect(await failing(store().endImport(CORPUS, STATE))).toBe('STORE_CONFLICT');
    const merge = { alias: 'царь', into: 'Иван', unseen: true, imported: true };
    expect(await store().mergeAgents(CORPUS, merge)).toMatchObject({ unchanged: false });
    await bring(second);
    await store().endImport(CORPUS, STATE);
    expect(await store().imports()).toEqual([]);
    expect(await store().corpus(CORPUS)).toMatchObject({ name: CORPUS, ...STATE });
    const documents = await allItems<DocumentRecord>((page) => store().documents(CORPUS, page));
    expect(documents.map(({ version }) => version)).toEqual([7, 1]);
    expect(await failing(store().endImport(CORPUS, STATE))).toBe('STORE_CONFLICT');
    expect(await failing(bring({ name: 'ещё', sentences: RUSSIAN.slice(0, 2) }))).toBe('STORE_CONFLICT');
    expect(await write(store(), { ...first, sentences: RUSSIAN.slice(0, 13) })).toMatchObject({ version: 8 });
    expect(await store().corpus(CORPUS)).toMatchObject({ revision: 701, scenes: 21 });
    expect(await inconsistencies(store())).toEqual([]);
  });

  it('are deleted as corpora are, and leave their names to others', async () => {
    for (const documents of [[], DOCUMENTS]) {
      await store().beginImport(CORPUS, 'одно');
      for (const document of documents) await bring(document);
      expect(await store().deleteCorpus(CORPUS)).toMatchObject({ documents: documents.length });
      expect(await store().imports()).toEqual([]);
    }
    expect(await failing(store().endImport(CORPUS, STATE))).toBe('CORPUS_NOT_FOUND');
    await write(store(), { sentences: RUSSIAN.slice(0, 3) });
    expect(await dump(store())).toHaveLength(4);
    expect(await inconsistencies(store())).toEqual([]);
  });
};
