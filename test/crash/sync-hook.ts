/**
 * Loaded before a writer (`--import`), in each of its threads: writes down in `SYNC_LOG`, in the order in which it happens,
 * `sync <size> <file>` when a file is synchronised, and `ack <sizes of the log files>` before an acknowledgement is told.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { isMainThread } from 'node:worker_threads';

const listing = process.env['SYNC_LOG'] ?? '';
const logs = process.env['SYNC_FOLDER'] ?? '';
const note = (line: string): void => fs.appendFileSync(listing, `${line}\n`);

const paths = new Map<number, string>();
const { openSync, fdatasyncSync } = fs;
fs.openSync = (path, ...rest) => {
  const descriptor = openSync(path, ...rest);
  paths.set(descriptor, String(path));
  return descriptor;
};
fs.fdatasyncSync = (descriptor) => {
  // What is written while it works may be missed.
  const { size } = fs.fstatSync(descriptor);
  fdatasyncSync(descriptor);
  note(`sync ${size} ${paths.get(descriptor)}`);
};
syncBuiltinESMExports();

if (isMainThread) {
  const { stdout } = process;
  const write = stdout.write.bind(stdout) as (text: string) => boolean;
  stdout.write = (text: string | Uint8Array): boolean => {
    if (String(text).startsWith('ack ')) {
      const files = fs.readdirSync(logs).map((name) => join(logs, name));
      note(`ack ${JSON.stringify(files.map((file) => [file, fs.statSync(file).size]))}`);
    }
    return write(String(text));
  };
}
