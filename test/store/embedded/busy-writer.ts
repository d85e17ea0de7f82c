/**
 * A process that writes into a store until it is killed and tells each document that was acknowledged:
 * `node busy-writer.ts <path> <first number> <documents at most>`.
 */

import { digestOf } from '../../../src/scene/digest.ts';
import { DEFAULT_WORKSPACE } from '../../../src/scene/name.ts';
import { openEmbeddedStore } from '../../../src/store/embedded/open-embedded-store.ts';
import type { GraphStore } from '../../../src/store/graph-store.ts';
import { CORPUS, ENGLISH, idOf, nameOf, RUSSIAN, write } from '../../conformance/prose.ts';

const [path = '', first = '0', most = '1000000'] = process.argv.slice(2);

/** The scenes of the newest document, coupled and collapsed two by two. */
const coupleAndCollapse = async (store: GraphStore, name: string): Promise<void> => {
  const [document] = await store.documentsById([idOf({ name })]);
  if (!document) return;
  const { items } = await store.scenes({ corpus: CORPUS, document: document.id }, { first: 100 });
  const pairs = items.flatMap(({ item }, i) => {
    const next = items[i + 1]?.item;
    return next === undefined || i % 2 === 1 ? [] : [[item, next] as const];
  });
  const because = [{ kind: 'sequence' as const, key: '', weight: 0.5 }];
  const put = pairs.map(([x, y]) => {
    const [a, b] = x.id < y.id ? [x.id, y.id] : [y.id, x.id];
    return { a, b, weight: 0.5, because };
  });
  await store.writeCouplings(CORPUS, { put, remove: [], coupled: items.map(({ item }) => item.id) });
  const groups = pairs.map(([x, y]) => {
    const form = `${x.figure}>${y.figure}`;
    return { form, digest: digestOf('motif', form), figures: [x.figure, y.figure], scenes: [x.id, y.id], bindings: [] };
  });
  const revision = (await store.corpus(CORPUS))?.revision ?? 0;
  await store.writeCollapse(CORPUS, { revision, groups });
};

const tell = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const database = await openEmbeddedStore({ path });
const store = database.workspace(DEFAULT_WORKSPACE);
tell('open');
try {
  for (let i = Number(first); i < Number(first) + Number(most); i++) {
    const name = `документ ${i}`;
    const sentences = (i % 2 === 0 ? RUSSIAN : ENGLISH).slice(i % 10, (i % 10) + 60);
    await write(store, { name, sentences });
    tell(`wrote ${i}`);
    if (i % 3 === 1) {
      await write(store, { name: `документ ${i - 1}`, sentences: [`Правка ${i}.`, ...RUSSIAN.slice(5, 50)] });
      tell(`changed ${i - 1}`);
    }
    if (i % 3 === 2) await coupleAndCollapse(store, name);
    if (i % 7 === 6) {
      await store.deleteDocument(CORPUS, nameOf({ name: `документ ${i - 3}` }));
      tell(`deleted ${i - 3}`);
    }
  }
  await database.close();
  tell('closed');
} catch (error) {
  tell(`failed ${(error as { readonly code?: string }).code}`);
  await database.close();
  tell('closed');
}
