#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { constants } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findNode, isNewEnough, NODE_MISSING } from './find-node.js';

/** Set for the program when a launcher under an older Node started it. */
const LAUNCHED = 'HYPERSCENE_LAUNCHED';

const EX_UNAVAILABLE = 69;

/** A checkout runs its TypeScript sources; an installed package holds compiled JavaScript only. */
const program = () => {
  const source = new URL('../src/cli/main.ts', import.meta.url);
  return existsSync(source) ? source : new URL('../dist/cli/main.js', import.meta.url);
};

const runHere = async () => {
  // Halves the time to start from the second run on; where it cannot write, Node goes on without.
  const { directory } = nodeModule.enableCompileCache?.() ?? {};
  // Its threads know it by the environment alone, under which Node makes the same folder of its version.
  if (directory) process.env.NODE_COMPILE_CACHE ??= dirname(directory);
  // A launcher that was killed leaves its channel closed: without this a server would go on as an orphan.
  if (process.env[LAUNCHED] && process.channel) {
    process.channel.unref();
    process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  }
  delete process.env[LAUNCHED];
  const { main } = await import(program().href);
  process.exitCode = await main(process.argv.slice(2));
};

/** Runs this very file under a newer Node and ends as it ends. */
const runUnder = (node) => {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, [LAUNCHED]: '1' },
  });
  // A terminal sends Ctrl-C to the child as well; the program takes two in a row for one.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(`error INTERNAL: ${node} does not start: ${error.message}`);
    process.exitCode = EX_UNAVAILABLE;
  });
  child.on('exit', (status, signal) => {
    process.exitCode = status ?? 128 + (constants.signals[signal] ?? 0);
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(name);
  });
};

if (isNewEnough(process.version)) await runHere();
else {
  const node = findNode();
  if (node === null) {
    console.error(`error MISSING_ASSET: ${NODE_MISSING}`);
    process.exitCode = EX_UNAVAILABLE;
  } else runUnder(node);
}
