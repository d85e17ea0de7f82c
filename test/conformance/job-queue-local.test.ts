import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLocalQueue } from '../../src/worker/local/open-local-queue.ts';
import { describeJobQueue } from './job-queue.ts';

const folders: string[] = [];
const logger = { warn: () => undefined, error: () => undefined };

const newFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'hyperscene-jobs-'));
  folders.push(folder);
  return folder;
};

describe('the queue of one process', () => {
  /** Where what was crashed goes on: a copy of the files as they were at that moment. */
  const moved = new Map<string, string>();
  const at = (place: string): string => moved.get(place) ?? place;
  describeJobQueue({
    kind: 'local',
    newPlace: newFolder,
    open: async (place, services, policy) => {
      const queue = await openLocalQueue({ folder: join(at(place), 'jobs'), policy, services, logger });
      return {
        queue,
        crash: async () => {
          const copy = await newFolder();
          await cp(at(place), copy, { recursive: true, filter: (name) => !/\.json\.\d+$/u.test(name) });
          moved.set(place, copy);
          await queue.close();
        },
      };
    },
    close: async () => {
      for (const folder of folders) await rm(folder, { recursive: true, force: true });
    },
  });
});
