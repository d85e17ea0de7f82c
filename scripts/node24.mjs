// Runs a script under Node 24: `node scripts/node24.mjs [node options] FILE [arguments]`. Works from Node 20 on, in
// every shell.
import { spawnSync } from 'node:child_process';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { findNode, NODE_MISSING } from '../bin/find-node.js';

const node = findNode();
if (node === null) {
  console.error(NODE_MISSING);
  process.exit(1);
}
// The child gets the terminal's Ctrl-C itself; without a handler this process would end before it.
process.on('SIGINT', () => {});
// Where Node keeps it by itself. Threads know it by the environment alone: without it each of them strips and compiles the sources
// anew, which is a third of what a store takes to open.
const env = { NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache'), ...process.env };
const { status, signal, error } = spawnSync(node, process.argv.slice(2), { stdio: 'inherit', env });
if (error) console.error(`${node} does not start: ${error.message}`);
process.exit(status ?? 128 + (constants.signals[signal] ?? 0));
