// Runs a script under Node 24: `node scripts/node24.mjs [node options] FILE [arguments]`. Works from Node 20 on, in
// every shell.
import { spawnSync } from 'node:child_process';
import { constants } from 'node:os';
import { findNode, NODE_MISSING } from '../bin/find-node.js';

const node = findNode();
if (node === null) {
  console.error(NODE_MISSING);
  process.exit(1);
}
// The child gets the terminal's Ctrl-C itself; without a handler this process would end before it.
process.on('SIGINT', () => {});
const { status, signal, error } = spawnSync(node, process.argv.slice(2), { stdio: 'inherit' });
if (error) console.error(`${node} does not start: ${error.message}`);
process.exit(status ?? 128 + (constants.signals[signal] ?? 0));
