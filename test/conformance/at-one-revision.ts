import { setImmediate } from 'node:timers/promises';
import { digestOf } from '../../src/scene/digest.ts';
import { corpusName, viewName } from '../../src/scene/name.ts';
import type { SceneId } from '../../src/scene/scene.ts';
import { dumpCorpus } from '../../src/store/canonical-dump.ts';
import type { GraphView } from '../../src/store/graph-store.ts';
import { CORPUS, ENGLISH, nameOf, RUSSIAN, write } from './prose.ts';
import type { OpenStore } from './store-adapter.ts';

const HALF = 40;
const VERSIONS = [RUSSIAN.slice(0, HALF), ENGLISH.slice(0, HALF)];
/** On Neo4j a rewrite takes 0.4 s, in which it is read twice. */
const REWRITES = 16;

const dump = async (view: GraphView): Promise<string> => {
  const lines: string[] = [];
  for await (const line of dumpCorpus(view, CORPUS, { numbers: true })) lines.push(line);
  return lines.join('\n');
};

/** Reading a corpus for as long as it takes. */
export const describeOneRevision = ({ store, adapter }: OpenStore): void => {
  const snapshots = adapter.kind !== 'neo4j';
  const versionA = (version: number) => ({ name: 'a', sentences: VERSIONS[version] ?? [] });

  it('gives what stood, whatever is written, deleted and added between two of its reads', async () => {
    await write(store(), versionA(0));
    await write(store(), { name: 'b', sentences: ENGLISH.slice(HALF, 2 * HALF) });
    const before = await dump(store());
    const revision = (await store().corpus(CORPUS))?.revision ?? 0;
    let calls = 0;
    const read = await store().atOneRevision(CORPUS, async (view, standing) => {
      const first = await view.scenes({ corpus: CORPUS }, { first: 7 });
      if (++calls === 1) {
        await write(store(), versionA(1));
        await store().deleteDocument(CORPUS, nameOf({ name: 'b' }));
        await write(store(), { name: 'c', sentences: RUSSIAN.slice(HALF, HALF + 10) });
      }
      expect(await view.scenes({ corpus: CORPUS }, { first: 7 })).toEqual(first);
      expect((await view.corpus(CORPUS))?.revision).toBe(standing.revision);
      return { dump: await dump(view), revision: standing.revision, first: first.items.map(({ item }) => item.text) };
    });
    const after = await dump(store());
    expect(after).not.toBe(before);
    expect(calls).toBe(snapshots ? 1 : 2);
    expect(read.dump).toBe(snapshots ? before : after);
    expect(read.revision).toBe(snapshots ? revision : (await store().corpus(CORPUS))?.revision);
    for (const text of read.first) expect(read.dump).toContain(JSON.stringify(text));
  });

  it('notices a collapse and a view, which leave the revision alone', async () => {
    await write(store(), versionA(0));
    const { revision = 0 } = (await store().corpus(CORPUS)) ?? {};
    const [scene] = (await store().scenes({ corpus: CORPUS }, { first: 1 })).items;
    const of = { form: 'x', digest: digestOf('test form', 'x'), figures: [], scenes: [scene?.item.id as SceneId] };
    for (const change of [
      () => store().writeCollapse(CORPUS, { revision, groups: [{ ...of, bindings: [] }] }),
      () => store().writeView(CORPUS, { ...of, revision, name: viewName('вид'), selection: { by: 'scenes' } }),
    ]) {
      let calls = 0;
      const states: string[] = [];
      const read = async (_: unknown, __: unknown, state: string) => {
        states.push(state);
        if (++calls === 1) await change();
      };
      await store().atOneRevision(CORPUS, read);
      expect(calls).toBe(snapshots ? 1 : 2);
      await store().atOneRevision(CORPUS, read);
      expect(new Set(states).size).toBe(2);
      expect(states.at(-1)).not.toBe(states[0]);
    }
  });

  it('ends with the whole of one version while the corpus is written without a pause', async () => {
    const whole: string[] = [];
    for (const version of [0, 1, 0, 1]) {
      await write(store(), versionA(version));
      whole.push(textsOf(await dump(store())));
    }
    expect(new Set(whole).size).toBe(2);
    let done = false;
    const writing = (async () => {
      for (let i = 0; i < REWRITES; i++) await write(store(), versionA(i % 2));
      done = true;
    })();
    let reads = 0;
    for (; !done || reads === 0; reads++) {
      expect(whole).toContain(textsOf(await store().atOneRevision(CORPUS, dump)));
      await setImmediate();
    }
    await writing;
  });

  it('passes on what the work fails of, and there must be a corpus', async () => {
    await write(store(), versionA(0));
    const failure = new Error('не вышло');
    await expect(store().atOneRevision(CORPUS, () => Promise.reject(failure))).rejects.toBe(failure);
    await expect(store().atOneRevision(corpusName('нет такого'), dump)).rejects.toMatchObject({
      code: 'CORPUS_NOT_FOUND',
    });
    expect(await store().atOneRevision(CORPUS, dump)).toBe(await dump(store()));
  });

  it('gives a corpus that is deleted meanwhile whole, or says that it is gone', async () => {
    await write(store(), versionA(0));
    const before = await dump(store());
    const reading = store().atOneRevision(CORPUS, async (view) => {
      await view.documents(CORPUS, { first: 1 });
      await store().deleteCorpus(CORPUS);
      return dump(view);
    });
    if (snapshots) expect(await reading).toBe(before);
    else await expect(reading).rejects.toMatchObject({ code: 'CORPUS_NOT_FOUND' });
    expect(await store().corpus(CORPUS)).toBeNull();
  });
};

/** Without what grows with each version. */
const textsOf = (lines: string): string =>
  lines
    .split('\n')
    .map((line) => JSON.parse(line) as { readonly type: string; readonly text?: string })
    .map(({ type, text }) => `${type} ${text}`)
    .join('\n');
