import { figureKey, figureOf } from '../../src/scene/figure.ts';
import { corpusName, documentName } from '../../src/scene/name.ts';
import { sceneId } from '../../src/scene/scene.ts';
import type { DocumentPart } from '../../src/store/graph-store.ts';
import { allItems, failing } from './all-pages.ts';
import { CORPUS, ENGLISH, idOf, inputOf, nameOf, partsOf, RUSSIAN, scenesOf, textOf, UNICODE, write } from './prose.ts';
import type { OpenStore } from './store-adapter.ts';

const MISSING = corpusName('нет такого');

const joined = async (chunks: AsyncIterable<string>): Promise<string> => {
  let text = '';
  for await (const chunk of chunks) text += chunk;
  return text;
};

const allParts = async (parts: AsyncIterable<DocumentPart>): Promise<DocumentPart[]> => {
  const all: DocumentPart[] = [];
  for await (const part of parts) all.push(part);
  return all;
};

/** What a corpus and its documents are, and what writing and deleting does to them. */
export const describeDocuments = ({ store, reopen, adapter }: OpenStore): void => {
  describe.each([
    ['Russian', { sentences: RUSSIAN.slice(0, 40), lang: 'ru' as const }],
    ['English', { sentences: ENGLISH.slice(0, 40), lang: 'en' as const }],
    ['any Unicode', { sentences: UNICODE, name: 'имя 👩‍👩‍👧‍👦/с.чертой' }],
  ])('a document in %s', (_, document) => {
    it('comes back as it was given', async () => {
      const report = await write(store(), document);
      const scenes = scenesOf(document);
      expect(report).toEqual({
        document: idOf(document),
        version: 1,
        unchanged: false,
        scenesAdded: scenes.length,
        scenesKept: 0,
        scenesDeleted: 0,
        viewsDeleted: [],
      });
      expect(await joined(store().documentText(idOf(document)))).toBe(textOf(document));
      const stored = await allItems((page) => store().scenes({ corpus: CORPUS }, page), 7);
      expect(stored).toEqual(
        scenes.map((scene) => ({
          ...scene,
          corpus: CORPUS,
          document: idOf(document),
          documentName: nameOf(document),
          figure: figureKey(figureOf(scene)),
          code: expect.any(Number),
          ordinal: expect.any(Number),
        })),
      );
      const [record] = await store().documentsById([idOf(document)]);
      expect(record).toEqual({
        ...inputOf(document),
        id: idOf(document),
        version: 1,
        length: textOf(document).length,
        scenes: scenes.length,
        notices: ['длинный документ'],
        filledBy: null,
      });
    });

    it('is the same after closing and opening', async () => {
      if (!adapter.persistent) return;
      await write(store(), document);
      const before = await allItems((page) => store().scenes({ corpus: CORPUS }, page));
      await reopen();
      expect(await allItems((page) => store().scenes({ corpus: CORPUS }, page))).toEqual(before);
      expect(await joined(store().documentText(idOf(document)))).toBe(textOf(document));
    });
  });

  it('takes a text of many mebibytes in pieces that part surrogate pairs', async () => {
    const text = '👩‍👩‍👧‍👦 дом '.repeat(300_000);
    async function* parts(): AsyncGenerator<DocumentPart> {
      for (let i = 0; i < text.length; i += 99_991) yield { type: 'text', text: text.slice(i, i + 99_991) };
    }
    await store().writeDocument({ ...inputOf({ sentences: [] }), bytes: Buffer.byteLength(text) }, parts());
    const chunks: string[] = [];
    for await (const chunk of store().documentText(idOf({}))) chunks.push(chunk);
    expect(chunks.join('') === text).toBe(true);
    expect(Math.max(...chunks.map((chunk) => Buffer.byteLength(chunk)))).toBeLessThanOrEqual(2 ** 20);
  });

  it('is not joined with one that took its name while it was read', async () => {
    const long = (word: string) => ({ sentences: [`${word} `.repeat(400_000).trim()], name: 'a' });
    await write(store(), long('дом'));
    const reading = store()
      .documentText(idOf({ name: 'a' }))
      [Symbol.asyncIterator]();
    expect((await reading.next()).value).toMatch(/^(дом )+/u);
    await store().deleteDocument(CORPUS, nameOf({ name: 'a' }));
    await write(store(), long('сон'));
    expect(await failing(reading.next())).toBe('STORE_CONFLICT');
  });

  it('keeps no other writer waiting while its content has not begun to come', async () => {
    const document = { sentences: RUSSIAN.slice(0, 3) };
    const meanwhile = { sentences: ENGLISH.slice(0, 3), name: 'meanwhile', lang: 'en' as const };
    async function* late(): AsyncGenerator<DocumentPart> {
      // Were the store locked by now, this would wait for ever.
      await write(store(), meanwhile);
      yield* partsOf(document);
    }
    expect(await store().writeDocument(inputOf(document), late())).toMatchObject({ version: 1, scenesAdded: 3 });
    expect(await store().corpus(CORPUS)).toMatchObject({ documents: 2, scenes: 6 });
  });

  it('is found on the pages of corpora in the order of code points', async () => {
    const names = ['ﬁ', '\uffff', '𐀀', '👩', 'я', 'a', 'ﬁa', '👩b', '\ud7ff'];
    for (const corpus of names) await write(store(), { sentences: RUSSIAN.slice(0, 1), corpus });
    const bytes = (text: string): Buffer => Buffer.from(text);
    const expected = names.toSorted((x, y) => Buffer.compare(bytes(x), bytes(y)));
    for (const first of [1, 2, 100])
      expect((await allItems((page) => store().corpora(page), first)).map(({ name }) => name)).toEqual(expected);
  });

  it('is not written again when bytes and language are the same, and its content is not even asked for', async () => {
    const document = { sentences: RUSSIAN.slice(0, 5) };
    await write(store(), document);
    const before = await store().corpus(CORPUS);
    const untouched: AsyncIterable<DocumentPart> = {
      [Symbol.asyncIterator]: () => {
        throw new Error('the content was asked for');
      },
    };
    expect(await store().writeDocument(inputOf(document), untouched)).toEqual({
      document: idOf(document),
      version: 1,
      unchanged: true,
      scenesAdded: 0,
      scenesKept: 5,
      scenesDeleted: 0,
      viewsDeleted: [],
    });
    expect(await store().corpus(CORPUS)).toEqual(before);
    expect(await write(store(), { ...document, lang: 'en' })).toMatchObject({ version: 2, scenesKept: 5 });
  });

  it('is written anew when a model filled facets of it, another one or none any more, and stays when the same did', async () => {
    const document = { sentences: RUSSIAN.slice(0, 5) };
    const filled = (filledBy: string | null) =>
      store().writeDocument({ ...inputOf(document), filledBy }, partsOf(document));
    await write(store(), document);
    expect(await filled('модель 1')).toMatchObject({ version: 2, unchanged: false, scenesKept: 5 });
    expect(await filled('модель 1')).toMatchObject({ version: 2, unchanged: true });
    expect((await store().documentsById([idOf(document)]))[0]).toMatchObject({ filledBy: 'модель 1', version: 2 });
    expect(await filled('модель 2')).toMatchObject({ version: 3, unchanged: false });
    expect(await write(store(), document)).toMatchObject({ version: 4, unchanged: false });
    expect((await store().documentsById([idOf(document)]))[0]).toMatchObject({ filledBy: null });
    expect(await joined(store().documentText(idOf(document)))).toBe(textOf(document));
    for (const bad of ['', 'x'.repeat(2001), '\ud800'])
      await expect(filled(bad)).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
  });

  it('keeps codes and ordinals of the scenes that stay when it is edited', async () => {
    const first = { sentences: RUSSIAN.slice(0, 20) };
    const edited = { sentences: ['Новое начало.', ...RUSSIAN.slice(0, 8), ...RUSSIAN.slice(10, 20)] };
    await write(store(), first);
    const before = new Map((await allItems((page) => store().scenes({ corpus: CORPUS }, page))).map((s) => [s.id, s]));
    const ids = [...before.keys()];
    await store().writeCouplings(CORPUS, { put: [], remove: [], coupled: ids });
    expect(await write(store(), edited)).toMatchObject({
      version: 2,
      scenesAdded: 1,
      scenesKept: 18,
      scenesDeleted: 2,
      viewsDeleted: [],
    });
    const after = await allItems((page) => store().scenes({ corpus: CORPUS }, page));
    expect(after.map(({ text }) => text)).toEqual(edited.sentences);
    for (const scene of after.slice(1)) {
      const { code, ordinal } = before.get(scene.id) ?? {};
      expect({ code: scene.code, ordinal: scene.ordinal }).toEqual({ code, ordinal });
    }
    // The new one, and those whose neighbour it is or that met across the gap.
    expect((await store().uncoupledScenes(CORPUS, 100)).map(({ position }) => position)).toEqual([0, 1, 8, 9]);
    expect(await store().corpus(CORPUS)).toMatchObject({ scenes: 19, uncoupled: 4 });
    expect(await joined(store().documentText(idOf({})))).toBe(textOf(edited));
  });

  it('gives a kept scene another occurrence when its figure is read otherwise', async () => {
    await write(store(), { sentences: RUSSIAN.slice(0, 12), reading: 0 });
    const before = await allItems((page) => store().scenes({ corpus: CORPUS }, page));
    await write(store(), { sentences: [...RUSSIAN.slice(0, 12), 'Конец.'], reading: 1 });
    const after = (await allItems((page) => store().scenes({ corpus: CORPUS }, page))).slice(0, 12);
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    let changed = 0;
    for (const [i, scene] of after.entries()) {
      const was = before[i];
      const same = was?.figure === scene.figure;
      changed += same ? 0 : 1;
      expect({ code: scene.code, ordinal: scene.ordinal }).toEqual(
        same ? { code: was?.code, ordinal: was?.ordinal } : expect.not.objectContaining({ code: was?.code }),
      );
    }
    expect(changed).toBeGreaterThan(3);
    expect(await store().occurrencesByRef(before.filter((s, i) => s.figure !== after[i]?.figure))).toEqual(
      Array.from({ length: changed }, () => null),
    );
  });

  it('leaves nothing behind when its content fails midway', async () => {
    await write(store(), { sentences: RUSSIAN.slice(0, 3) });
    const state = async () => [
      await allItems((page) => store().corpora(page)),
      await allItems((page) => store().scenes({ corpus: CORPUS }, page)),
      await allItems((page) => store().hypertokens({}, page)),
    ];
    const before = await state();
    async function* broken(sentences: readonly string[], name?: string): AsyncGenerator<DocumentPart> {
      yield* partsOf({ sentences, ...(name === undefined ? {} : { name }) });
      throw new RangeError('the disk of the source broke');
    }
    const other = { sentences: ENGLISH, name: 'новый' };
    await expect(store().writeDocument(inputOf(other), broken(ENGLISH, 'новый'))).rejects.toThrow('the source broke');
    await expect(store().writeDocument(inputOf({ sentences: ENGLISH }), broken(ENGLISH))).rejects.toThrow(RangeError);
    expect(await state()).toEqual(before);
  });

  it.each([
    [
      'positions with a gap',
      (parts: DocumentPart[]) => [
        parts[0],
        { type: 'scenes', scenes: scenesOf({ sentences: RUSSIAN.slice(0, 3) }).slice(1) },
      ],
    ],
    ['the same scene twice', (parts: DocumentPart[]) => [...parts.slice(0, 2), ...parts.slice(0, 2)]],
    ['half a surrogate pair', () => [{ type: 'text', text: 'а\ud800' }]],
  ])('refuses %s and writes nothing', async (_, spoil) => {
    const parts = spoil(await allParts(partsOf({ sentences: RUSSIAN.slice(0, 3) }))) as DocumentPart[];
    async function* content() {
      yield* parts;
    }
    const code = await failing(store().writeDocument(inputOf({ sentences: ['x'] }), content()));
    expect(['BAD_ARGUMENT', 'LONE_SURROGATE']).toContain(code);
    expect(await store().corpus(CORPUS)).toBeNull();
  });

  it("refuses a scene's id that another document has", async () => {
    await write(store(), { sentences: RUSSIAN.slice(0, 3), name: 'a' });
    const [stolen] = scenesOf({ sentences: RUSSIAN.slice(0, 1), name: 'a' });
    async function* content(): AsyncGenerator<DocumentPart> {
      if (stolen !== undefined) yield { type: 'scenes', scenes: [stolen] };
    }
    expect(await failing(store().writeDocument(inputOf({ sentences: ['x'], name: 'b' }), content()))).toBe(
      'BAD_ARGUMENT',
    );
    expect(sceneId(idOf({ name: 'b' }), RUSSIAN[0] ?? '', 0)).not.toBe(stolen?.id);
  });

  it("refuses a scene's id that had another text", async () => {
    await write(store(), { sentences: RUSSIAN.slice(0, 3) });
    const [first] = scenesOf({ sentences: RUSSIAN.slice(0, 1) });
    async function* content(): AsyncGenerator<DocumentPart> {
      if (first !== undefined) yield { type: 'scenes', scenes: [{ ...first, text: first.text.toUpperCase() }] };
    }
    expect(await failing(store().writeDocument(inputOf({ sentences: ['x'] }), content()))).toBe('BAD_ARGUMENT');
    const [scene] = await allItems((page) => store().scenes({ corpus: CORPUS }, page));
    expect(scene?.text).toBe(RUSSIAN[0]);
  });

  it('goes with all that hangs on it', async () => {
    await write(store(), { sentences: RUSSIAN.slice(0, 10), name: 'a' });
    await write(store(), { sentences: ENGLISH.slice(0, 10), name: 'b', lang: 'en' });
    const scenes = await allItems((page) => store().scenes({ corpus: CORPUS }, page));
    const [x, y] = [scenes[0], scenes[10]].map((scene) => scene?.id).sort();
    if (x === undefined || y === undefined) throw new Error('two scenes are needed');
    const because = [{ kind: 'agent' as const, key: 'царь', weight: 0.5 }];
    await store().writeCouplings(CORPUS, { put: [{ a: x, b: y, weight: 0.5, because }], remove: [], coupled: [x] });
    expect(await store().deleteDocument(CORPUS, nameOf({ name: 'a' }))).toEqual({
      documents: 1,
      scenes: 10,
      couplings: 1,
      occurrences: 10,
    });
    expect(await store().corpus(CORPUS)).toMatchObject({ documents: 1, scenes: 10, couplings: 0 });
    expect(await store().documentsById([idOf({ name: 'a' })])).toEqual([null]);
    expect(await store().scenesById(scenes.slice(0, 10).map(({ id }) => id))).toEqual(Array(10).fill(null));
    expect(await allItems((page) => store().couplings(CORPUS, page))).toEqual([]);
    expect(await failing(joined(store().documentText(idOf({ name: 'a' }))))).toBe('DOCUMENT_NOT_FOUND');
    expect(await store().deleteCorpus(CORPUS)).toMatchObject({ documents: 1, scenes: 10 });
    expect(await store().corpus(CORPUS)).toBeNull();
    expect(
      (await allItems((page) => store().hypertokens({}, page))).every(({ occurrences }) => occurrences === 0),
    ).toBe(true);
  });

  it('never gives an ordinal twice, though all its scenes were deleted', async () => {
    const document = { sentences: RUSSIAN.slice(0, 6) };
    await write(store(), document);
    const before = await allItems((page) => store().occurrences({}, page));
    await store().deleteCorpus(CORPUS);
    await write(store(), document);
    const after = await allItems((page) => store().occurrences({}, page));
    expect(after.map(({ code }) => code)).toEqual(before.map(({ code }) => code));
    const refs = [...before, ...after].map(({ code, ordinal }) => `${code}:${ordinal}`);
    expect(new Set(refs).size).toBe(12);
  });

  it('is found only where it is', async () => {
    await write(store(), { sentences: RUSSIAN.slice(0, 2) });
    const absent = documentName('нет такого');
    const request = { first: 10 };
    expect(await failing(store().deleteDocument(CORPUS, absent))).toBe('DOCUMENT_NOT_FOUND');
    expect(await failing(store().deleteDocument(MISSING, absent))).toBe('CORPUS_NOT_FOUND');
    expect(await failing(store().deleteCorpus(MISSING))).toBe('CORPUS_NOT_FOUND');
    expect(await failing(store().documents(MISSING, request))).toBe('CORPUS_NOT_FOUND');
    expect(await failing(store().scenes({ corpus: MISSING }, request))).toBe('CORPUS_NOT_FOUND');
    expect(await failing(store().countScenes({ corpus: MISSING }))).toBe('CORPUS_NOT_FOUND');
    expect(await failing(store().scenes({ corpus: CORPUS, document: idOf({ name: 'x' }) }, request))).toBe(
      'DOCUMENT_NOT_FOUND',
    );
    expect(await failing(store().couplings(MISSING, request))).toBe('CORPUS_NOT_FOUND');
    expect(await failing(store().uncoupledScenes(MISSING, 1))).toBe('CORPUS_NOT_FOUND');
    expect(await failing(store().facetCounts(MISSING, []))).toBe('CORPUS_NOT_FOUND');
    expect(await failing(store().scenesSharing(MISSING, [], 1))).toBe('CORPUS_NOT_FOUND');
    expect(await failing(store().writeCouplings(MISSING, { put: [], remove: [], coupled: [] }))).toBe(
      'CORPUS_NOT_FOUND',
    );
    expect(await failing(store().clearCouplings(MISSING))).toBe('CORPUS_NOT_FOUND');
    expect(await failing(store().hypertokens({ corpus: MISSING }, request))).toBe('CORPUS_NOT_FOUND');
    expect(await failing(store().occurrences({ corpus: MISSING }, request))).toBe('CORPUS_NOT_FOUND');
    expect(await failing(store().writeCollapse(MISSING, { revision: 0, groups: [] }))).toBe('CORPUS_NOT_FOUND');
    expect(await store().corpus(MISSING)).toBeNull();
  });
};
