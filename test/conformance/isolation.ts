import { corpusName, workspaceName } from '../../src/scene/name.ts';
import { dumpCorpus } from '../../src/store/canonical-dump.ts';
import type { GraphStore } from '../../src/store/graph-store.ts';
import { allItems, failing } from './all-pages.ts';
import { attemptOf, belongingsOf, callAll, changes, METHODS } from './every-method.ts';
import { CORPUS, idOf, inputOf, nameOf, partsOf, RUSSIAN, write } from './prose.ts';
import type { OpenStore } from './store-adapter.ts';

export const dump = async (store: GraphStore, corpus = CORPUS, numbers = true): Promise<readonly string[]> => {
  const lines: string[] = [];
  for await (const line of dumpCorpus(store, corpus, { numbers })) lines.push(line);
  return lines;
};

const NO_CORPUS = { error: 'CORPUS_NOT_FOUND' };

/** Workspaces know nothing of each other. */
export const describeIsolation = ({ database, store }: OpenStore): void => {
  it('keeps workspaces with the same corpora, documents and scenes apart', async () => {
    const other = database().workspace(workspaceName(`${store().workspace} other`));
    await write(store(), { sentences: RUSSIAN.slice(0, 10) });
    const alone = await dump(store());
    await write(other, { sentences: RUSSIAN.slice(5, 15), reading: 1 });
    const scenes = await allItems((page) => other.scenes({ corpus: CORPUS }, page));
    const [a, b] = scenes.map(({ id }) => id).sort();
    if (a === undefined || b === undefined) throw new Error('two scenes are needed');
    const because = [{ kind: 'agent' as const, key: 'царь', weight: 0.5 }];
    await other.writeCouplings(CORPUS, { put: [{ a, b, weight: 0.5, because }], remove: [], coupled: [a, b] });
    expect(await dump(store())).toEqual(alone);
    expect(await store().corpus(CORPUS)).toMatchObject({ scenes: 10, uncoupled: 10, couplings: 0 });
    expect((await store().scenesById(scenes.map(({ id }) => id))).filter((scene) => scene !== null)).toHaveLength(5);
    expect((await other.hypertokensByCode(scenes.map(({ code }) => code))).every((record) => record !== null)).toBe(
      true,
    );
    await other.deleteCorpus(CORPUS);
    expect(await dump(store())).toEqual(alone);
    expect(await other.corpus(CORPUS)).toBeNull();
    expect(await other.documentsById([idOf({})])).toEqual([null]);
  });

  it('are empty, and not made, until a document is written into one', async () => {
    await write(store(), { sentences: RUSSIAN.slice(0, 10) });
    const name = workspaceName(`${store().workspace} absent`);
    const absent = database().workspace(name);
    const isThere = async () => (await database().archive?.workspaces())?.includes(name) ?? false;
    const nothing = await belongingsOf(absent);
    expect(Object.values(nothing).flat()).toEqual([]);
    const attempt = attemptOf(nothing, await belongingsOf(store()), store().workspace);
    for (const method of METHODS.filter((one) => !['writeDocument', 'learnHypertokens', 'beginImport'].includes(one))) {
      const outcomes = await callAll(absent, method, attempt);
      if (changes(method)) expect({ method, outcomes }).toEqual({ method, outcomes: outcomes.map(() => NO_CORPUS) });
    }
    expect(await failing(absent.writeCollapse(CORPUS, { revision: 1, groups: [] }))).toBe('CORPUS_NOT_FOUND');
    const broken = async function* () {
      yield* partsOf({ sentences: RUSSIAN.slice(0, 3) });
      throw new RangeError('the source broke');
    };
    await expect(absent.writeDocument(inputOf({ sentences: ['x'] }), broken())).rejects.toThrow('the source broke');
    expect([await isThere(), await belongingsOf(absent)]).toEqual([false, nothing]);
    await write(absent, { sentences: RUSSIAN.slice(0, 3) });
    expect([await isThere(), (await absent.corpus(CORPUS))?.scenes]).toEqual([database().archive !== null, 3]);
  });

  it('does not confuse names in which the separator of keys stands', async () => {
    const names = ['a', 'a/b', 'a%2Fb', 'a%2fb'].map((name) => workspaceName(`${store().workspace} ${name}`));
    const corpora = ['b/c', 'c', 'b%2Fc'].map(corpusName);
    const pairs = names.flatMap((workspace) => corpora.map((corpus) => ({ workspace, corpus })));
    for (const [i, { workspace, corpus }] of pairs.entries())
      await write(database().workspace(workspace), { sentences: RUSSIAN.slice(0, i + 1), corpus, name: 'd/e' });
    for (const [i, { workspace, corpus }] of pairs.entries()) {
      expect(await database().workspace(workspace).corpus(corpus)).toMatchObject({ scenes: i + 1, documents: 1 });
      expect(
        await database()
          .workspace(workspace)
          .deleteDocument(corpus, nameOf({ name: 'd/e' })),
      ).toMatchObject({
        scenes: i + 1,
      });
    }
  });
};
