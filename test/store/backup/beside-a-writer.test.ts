import { randomBytes } from 'node:crypto';
import { workspaceName } from '../../../src/scene/name.ts';
import type { GraphDatabase, GraphStore } from '../../../src/store/graph-store.ts';
import { CORPUS, RUSSIAN, write } from '../../conformance/prose.ts';
import { openSharedNeo4jStore } from '../../neo4j/open-test-store.ts';

const name = workspaceName(`beside ${randomBytes(4).toString('hex')}`);
let database: GraphDatabase;
let store: GraphStore;
beforeAll(async () => {
  database = await openSharedNeo4jStore();
  store = database.workspace(name);
  await write(store, { name: 'a', sentences: RUSSIAN.slice(0, 5) });
});
afterAll(() => database.close());

const rewrite = (i: number): Promise<unknown> => write(store, { name: 'a', sentences: RUSSIAN.slice(i, i + 5) });

/** What each reading of the corpus came to, and then the registry. */
const copy = async (beside: (reading: number) => Promise<unknown>): Promise<readonly boolean[]> => {
  const ends: boolean[] = [];
  let readings = 0;
  await database.archive?.copy(name, {
    begin: async () => {
      readings++;
    },
    take: async () => {
      await beside(readings);
    },
    end: async (whole) => {
      ends.push(whole);
    },
  });
  return ends;
};

it('reads a corpus anew that changed while it was read', async () => {
  expect(await copy(async (reading) => reading === 1 && rewrite(1))).toEqual([false, true, true]);
});

it('keeps writers waiting at the fourth reading, and lets them go on afterwards', async () => {
  let written: Promise<unknown> = Promise.resolve();
  const ends = await copy(async (reading) => {
    if (reading < 4) await rewrite(10 + reading);
    else if (reading === 4) written = rewrite(9);
  });
  expect(ends).toEqual([false, false, false, true, true]);
  await written;
  const { items } = await store.scenes({ corpus: CORPUS }, { first: 10 });
  expect(items.map(({ item }) => item.text)).toEqual(RUSSIAN.slice(9, 14));
});
