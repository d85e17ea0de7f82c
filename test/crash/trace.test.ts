import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkTrace } from './trace.ts';
import { startWriter } from './writer-process.ts';

const HOOK = fileURLToPath(new URL('./sync-hook.ts', import.meta.url));
const LOG = '/d/graph.wal/wal_00.log';

const call = (text: string): string => `7 ${text}`;
const OPENS = [
  call(`mkdir("/d/graph.wal", 0777) = 0`),
  call(`openat(AT_FDCWD</>, "${LOG}", O_RDWR|O_CREAT|O_EXCL, 0666) = 5<${LOG}>`),
  call('fsync(6</d/graph.wal>) = 0'),
  call('fsync(6</d>) = 0'),
];
const WRITE = call(`write(5<${LOG}>, "x"..., 9) = 9`);
const SYNC = call(`fdatasync(5<${LOG}>) = 0`);
const ACK = call('write(1<pipe:[1]>, "ack 0 1\\n", 8) = 8');
const DATA = call('pwrite64(4</d/graph>, "x"..., 9, 4096) = 9');
const HEADER_SYNC = call('fsync(4</d/graph>) = 0');
const DROP = call(`unlink("${LOG}") = 0`);

const NEXT = '/d/graph.wal/wal_07.log';
const NEXT_LOG = [
  `8 openat(AT_FDCWD</>, "${NEXT}", O_RDWR|O_CREAT|O_EXCL, 0666) = 9<${NEXT}>`,
  String.raw`8 write(9<${NEXT}>, "GRAFWAL\0\2\0"..., 128) = 128`,
];
const NEXT_WRITE = call(`write(9<${NEXT}>, "x"..., 9) = 9`);

const faultsOf = (lines: readonly string[]) => checkTrace(lines.join('\n'), '/d/graph').faults;

it.each([
  ['written, synchronised, acknowledged', [...OPENS, WRITE, SYNC, ACK], 0],
  ['acknowledged without a synchronisation', [...OPENS, WRITE, ACK], 1],
  ['acknowledged before the synchronisation', [...OPENS, WRITE, ACK, SYNC], 1],
  ['written again after the synchronisation', [...OPENS, WRITE, SYNC, WRITE, ACK], 1],
  ['a synchronisation that failed', [...OPENS, WRITE, SYNC.replace('= 0', '= -1 EIO (Input/output error)'), ACK], 1],
  ['a new file that its folder does not hold for good', [...OPENS.slice(0, 2), ...OPENS.slice(3), WRITE, SYNC, ACK], 1],
  ['a new folder that its parent does not hold for good', [...OPENS.slice(0, 3), WRITE, SYNC, ACK], 1],
  [
    'acknowledged while another thread synchronises',
    [...OPENS, WRITE, `8 fdatasync(5<${LOG}> <unfinished ...>`, ACK, '8 <... fdatasync resumed>) = 0'],
    1,
  ],
  [
    'written while another thread synchronises',
    [...OPENS, `8 fdatasync(5<${LOG}> <unfinished ...>`, WRITE, '8 <... fdatasync resumed>) = 0', ACK],
    1,
  ],
  ['acknowledged while a checkpoint makes a new log', [...OPENS, WRITE, SYNC, ...NEXT_LOG, ACK], 0],
  ['written to a new log that nothing holds for good', [...OPENS, WRITE, SYNC, ...NEXT_LOG, NEXT_WRITE, ACK], 2],
  ['a log removed after a checkpoint', [...OPENS, WRITE, SYNC, ACK, DATA, HEADER_SYNC, DROP], 0],
  ['a log removed too early', [...OPENS, WRITE, SYNC, ACK, DATA, DROP, HEADER_SYNC], 1],
])('the reader of traces judges: %s', (_, lines, faults) => {
  expect(faultsOf(lines)).toHaveLength(faults);
});

/** `npm run test:crash` reads the system calls themselves, which takes strace. */
it('synchronises every byte of the log before an acknowledgement', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hyperscene-sync-'));
  try {
    const path = join(folder, 'graph');
    const listing = join(folder, 'sync.txt');
    const writer = startWriter(
      { store: { kind: 'embedded', path }, from: [0], most: 40 },
      { nodeOptions: ['--import', HOOK], env: { SYNC_LOG: listing, SYNC_FOLDER: `${path}.wal` } },
    );
    await writer.told('closed');
    await writer.ended;
    const synced = new Map<string, number>();
    let acknowledgements = 0;
    for (const line of (await readFile(listing, 'utf8')).trim().split('\n')) {
      const [, size, file = ''] = /^sync (\d+) (.+)$/u.exec(line) ?? [];
      if (size !== undefined) synced.set(file, Number(size));
      if (!line.startsWith('ack ')) continue;
      acknowledgements += 1;
      // A checkpoint's new log holds a header alone, which the engine syncs itself.
      const unsynced = (JSON.parse(line.slice(4)) as readonly (readonly [string, number])[]).filter(
        ([log, bytes]) => bytes > Math.max(synced.get(log) ?? 0, LOG_HEADER),
      );
      expect(unsynced).toEqual([]);
    }
    expect(acknowledgements).toBe(40);
    expect(synced.size).toBeGreaterThan(0);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

/** Bytes. */
const LOG_HEADER = 128;
