import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { workspaceName } from '../../../src/scene/name.ts';
import { openEmbeddedStore } from '../../../src/store/embedded/open-embedded-store.ts';
import type { GraphDatabase, GraphStore } from '../../../src/store/graph-store.ts';
import { anyHistory, observe, type Step, take } from '../../conformance/history.ts';
import { CORPUS, ENGLISH, RUSSIAN, UNICODE, write } from '../../conformance/prose.ts';
import { openSharedNeo4jStore } from '../../neo4j/open-test-store.ts';
import { inconsistencies } from '../consistency.ts';
import { archiveOf, backUp, recordLines, restore } from './take-backup.ts';

const KINDS = ['embedded', 'neo4j'] as const;
const PAIRS = KINDS.flatMap((from) => KINDS.map((to) => [from, to] as const));

/** Histories tried for each pair of stores; a restore into Neo4j waits two seconds until others have noticed. */
const RUNS = Number(process.env['HISTORIES'] ?? 1);
const RUN_MS = 240_000;

let folder: string;
let databases: Readonly<Record<(typeof KINDS)[number], GraphDatabase>>;
let other: GraphDatabase;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hyperscene-backup-'));
  databases = {
    embedded: await openEmbeddedStore({ path: join(folder, 'graph') }),
    neo4j: await openSharedNeo4jStore(),
  };
  other = await openEmbeddedStore({ path: join(folder, 'other') });
});
afterAll(async () => {
  for (const database of [...Object.values(databases), other]) await database.close();
  await rm(folder, { recursive: true, force: true });
});

const run = randomBytes(4).toString('hex');
let count = 0;
const newWorkspace = () => workspaceName(`восст/новление ${run} ${++count}`);

type Taken = Exclude<Step, { do: 'reopen' }>;
const isTaken = (step: Step): step is Taken => step.do !== 'reopen';

const takeAll = async (store: GraphStore, steps: readonly Step[]): Promise<readonly unknown[]> => {
  const results: unknown[] = [];
  for (const step of steps.filter(isTaken)) results.push(await take(store, step));
  return results;
};

const longHistory = fc.array(anyHistory, { minLength: 2, maxLength: 4 }).map((some) => some.flat());

describe.each(PAIRS)('a backup of the %s store restored into the %s store', (from, to) => {
  it(
    'is the same graph to the last byte, and goes on the same way',
    async () => {
      await fc.assert(
        fc.asyncProperty(longHistory, anyHistory, async (before, after) => {
          const workspace = newWorkspace();
          const store = databases[from].workspace(workspace);
          await takeAll(store, before);
          const seen = await observe(store);
          const first = await backUp(archiveOf(databases[from]), folder, workspace);
          // What goes on in the store it was taken from, in another store of the first kind.
          await restore(other, first.path, workspace);
          const expected = await takeAll(other.workspace(workspace), after);
          const target = databases[to];
          if (from === to) await takeAll(store, after);
          await restore(target, first.path, workspace, from === to);
          const restored = target.workspace(workspace);
          expect(await observe(restored)).toEqual(seen);
          const second = await backUp(archiveOf(target), folder, workspace);
          expect(recordLines(second.path)).toEqual(recordLines(first.path));
          expect(await takeAll(restored, after)).toEqual(expected);
          expect(await observe(restored)).toEqual(await observe(other.workspace(workspace)));
          expect(await inconsistencies(restored)).toEqual([]);
        }),
        { numRuns: RUNS },
      );
    },
    RUNS * RUN_MS,
  );

  it(
    'carries Russian, English and hostile text, and leaves other workspaces alone',
    async () => {
      const [workspace, neighbour] = [newWorkspace(), newWorkspace()];
      const store = databases[from].workspace(workspace);
      const nasty = [
        'default/ x',
        'a\u2028b \u2029 c\u0085 d',
        '{"section":1,"whole":false}',
        '\u0000\u0007 \\u0000',
        '𝔘 \ufeff ﷺ',
      ];
      await write(store, { name: 'ru', sentences: [...RUSSIAN.slice(0, 40), ...UNICODE] });
      await write(store, { name: 'en', lang: 'en', sentences: [...ENGLISH.slice(0, 40), ...nasty] });
      await write(store, { name: '{"node":"scene"}', corpus: 'a/b%2Fc', sentences: nasty });
      await write(databases[to].workspace(neighbour), { sentences: RUSSIAN.slice(0, 3) });
      const beside = await observe(databases[to].workspace(neighbour));
      const seen = await observe(store);
      const { path, scenes } = await backUp(archiveOf(databases[from]), folder, workspace);
      expect(scenes).toBe(80 + UNICODE.length + 2 * nasty.length);
      await restore(databases[to], path, workspace, from === to);
      expect(await observe(databases[to].workspace(workspace))).toEqual(seen);
      expect(await observe(databases[to].workspace(neighbour))).toEqual(beside);
    },
    RUN_MS,
  );
});

it('holds several workspaces, and one that is empty or was never there is restored as such', async () => {
  const [full, empty, unused] = [newWorkspace(), newWorkspace(), newWorkspace()];
  for (const one of [full, empty]) await write(databases.embedded.workspace(one), { sentences: RUSSIAN.slice(0, 5) });
  await databases.embedded.workspace(empty).deleteCorpus(CORPUS);
  await databases.embedded.workspace(unused).corpora({ first: 1 });
  const { path } = await backUp(archiveOf(databases.embedded), folder, full, empty, unused);
  for (const workspace of [full, empty, unused]) {
    await restore(other, path, workspace);
    expect(await observe(other.workspace(workspace))).toEqual(await observe(databases.embedded.workspace(workspace)));
  }
  expect((await other.workspace(full).corpus(CORPUS))?.scenes).toBe(5);
  for (const database of [databases.embedded, other]) {
    const workspaces = await archiveOf(database).workspaces();
    expect([full, empty, unused].map((one) => workspaces.includes(one))).toEqual([true, true, false]);
  }
});

describe.each(KINDS)('the %s store', (kind) => {
  it(
    'refuses a restore into a workspace that holds anything, codes alone too',
    async () => {
      const workspace = newWorkspace();
      const store = databases[kind].workspace(workspace);
      await write(store, { sentences: RUSSIAN.slice(0, 5) });
      const { path } = await backUp(archiveOf(databases[kind]), folder, workspace);
      await expect(restore(databases[kind], path, workspace)).rejects.toMatchObject({ code: 'STORE_NOT_EMPTY' });
      const seen = await observe(store);
      await store.deleteCorpus(CORPUS);
      await expect(restore(databases[kind], path, workspace)).rejects.toMatchObject({ code: 'STORE_NOT_EMPTY' });
      await restore(databases[kind], path, workspace, true);
      expect(await observe(store)).toEqual(seen);
    },
    RUN_MS,
  );
});
