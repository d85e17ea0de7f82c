import { setImmediate } from 'node:timers/promises';
import { documentId } from '../../src/scene/scene.ts';
import type { GraphRecord } from '../../src/store/graph-archive.ts';
import type { StoredScene } from '../../src/store/graph-store.ts';
import { allItems } from './all-pages.ts';
import { CORPUS, nameOf, RUSSIAN, write } from './prose.ts';
import type { OpenStore } from './store-adapter.ts';

/** Rewrites: on Neo4j some 10 s, in which a reader that did not look whether the graph stood still met half a document in each run of ten. */
const REWRITES = 24;
const HALF = 40;
const VERSIONS = [RUSSIAN.slice(0, HALF), RUSSIAN.slice(HALF, 2 * HALF)];

/** What of a scene a reader must see together. */
const essence = ({ text, agent, tension, context, atmosphere, archetype }: StoredScene): string =>
  JSON.stringify([text, agent, tension, context, atmosphere, archetype]);

const together = (scenes: readonly StoredScene[]): string => scenes.map(essence).join('\n');

/** Reads while another rewrites what is read. */
export const describeReadingBesideAWriter = ({ store, database }: OpenStore): void => {
  const rewrite = async (times: number): Promise<void> => {
    for (let i = 1; i <= times; i++) await write(store(), { name: 'a', sentences: VERSIONS[i % 2] ?? [] });
  };
  /** Reads over and over until `writing` is done, and gives the different answers. */
  const seenWhile = async (writing: Promise<void>, read: () => Promise<string>): Promise<ReadonlySet<string>> => {
    let done = false;
    const finished = writing.finally(() => {
      done = true;
    });
    const seen = new Set<string>();
    while (!done) {
      seen.add(await read());
      // What is kept comes without a turn of the event loop, in which alone the writer gets on.
      await setImmediate();
    }
    await finished;
    return seen;
  };

  it('sees one version of a document or the other, whole', async () => {
    const whole = new Set<string>();
    const idsOf: StoredScene['id'][] = [];
    for (const sentences of VERSIONS) {
      await write(store(), { name: 'a', sentences });
      const scenes = await allItems((page) => store().scenes({ corpus: CORPUS }, page), 200);
      expect(scenes).toHaveLength(HALF);
      whole.add(together(scenes));
      idsOf.push(...scenes.map(({ id }) => id));
    }
    const page = async () => {
      const { items } = await store().scenes({ corpus: CORPUS }, { first: 200 });
      return together(items.map(({ item }) => item));
    };
    const byId = async () => together((await store().scenesById(idsOf)).filter((scene) => scene !== null));
    const inRange = async () => together(await store().scenesInRanges([{ document, from: 0, to: HALF }]));
    const document = documentId(CORPUS, nameOf({ name: 'a' }));
    const writing = rewrite(REWRITES);
    const [pages, byIds, ranges] = await Promise.all([page, byId, inRange].map((read) => seenWhile(writing, read)));
    expect([...(pages ?? [])].filter((answer) => !whole.has(answer))).toEqual([]);
    expect([...(byIds ?? [])].filter((answer) => !whole.has(answer))).toEqual([]);
    expect([...(ranges ?? [])].filter((answer) => !whole.has(answer))).toEqual([]);
  });

  it('copies a corpus whole while it is written without a pause', async () => {
    const { archive } = database();
    if (archive === null) return;
    await rewrite(2);
    const scenesOfCopy = async (): Promise<string> => {
      let section: GraphRecord[] = [];
      const kept: GraphRecord[] = [];
      await archive.copy(store().workspace, {
        begin: async () => {
          section = [];
        },
        take: async (records) => {
          section.push(...records);
        },
        end: async (isWhole) => {
          if (isWhole) kept.push(...section);
        },
      });
      return String(kept.filter((record) => 'node' in record && record.node === 'scene').length);
    };
    expect(await seenWhile(rewrite(REWRITES / 2), scenesOfCopy)).toEqual(new Set([String(HALF)]));
  });
};
