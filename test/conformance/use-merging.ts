import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatOccurrence, type OccurrenceRef } from '../../src/scene/hypertoken.ts';
import { workspaceName } from '../../src/scene/name.ts';
import { type CheckedBackup, checkBackup } from '../../src/store/backup/read-backup.ts';
import { openEmbeddedStore } from '../../src/store/embedded/open-embedded-store.ts';
import { expandOccurrence } from '../../src/store/expand.ts';
import type { GraphDatabase, GraphStore } from '../../src/store/graph-store.ts';
import { type MergeOptions, type MergeReport, mergeBackup } from '../../src/store/merge/merge-backup.ts';
import { archiveOf, backUp } from '../store/backup/take-backup.ts';
import type { OpenStore } from './store-adapter.ts';

/** An embedded store beside the one that is tested, and what brings its workspaces there. */
export const useMerging = ({ store }: Pick<OpenStore, 'store'>) => {
  let folder: string;
  let others: GraphDatabase;
  let count = 0;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hyperscene-merging-'));
    others = await openEmbeddedStore({ path: join(folder, 'others') });
  });
  afterAll(async () => {
    await others.close();
    await rm(folder, { recursive: true, force: true });
  });

  const fresh = (of: GraphDatabase): GraphStore =>
    of.workspace(workspaceName(`${store().workspace} merging ${++count}`));
  const backupOf = async (other: GraphStore, of = others): Promise<CheckedBackup> => {
    const { path } = await backUp(archiveOf(of), folder, other.workspace);
    return checkBackup(path);
  };
  const merge = async (into: GraphStore, other: GraphStore, options: MergeOptions = {}): Promise<MergeReport> =>
    mergeBackup(into, await backupOf(other), other.workspace, options);

  /** What each occurrence of the other store is called here. */
  const namesOf = async (into: GraphStore, other: GraphStore): Promise<ReadonlyMap<string, OccurrenceRef | null>> => {
    const names = new Map<string, OccurrenceRef | null>();
    await merge(into, other, {
      onOccurrences: async (some) => {
        for (const { from, to } of some) names.set(formatOccurrence(from), to);
      },
    });
    return names;
  };

  const expanded = async (of: GraphStore, ref: OccurrenceRef) => {
    const { occurrence, hypertoken, scenes, couplings } = await expandOccurrence(of, ref);
    const { level, size, first, bindings } = occurrence;
    const { digest, form } = hypertoken;
    const numberless = scenes.items.map(({ item: { code: _, ordinal: __, ...scene } }) => scene);
    return { level, size, first, bindings, digest, form, scenes: numberless, couplings };
  };

  return { others: () => others, fresh, backupOf, merge, namesOf, expanded };
};
