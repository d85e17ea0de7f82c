// Compiles src/ to dist/ for the published package: Node strips no types inside node_modules.
import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findNode } from '../bin/find-node.js';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const SOURCE = join(ROOT, 'src');
const TARGET = join(ROOT, 'dist');

rmSync(TARGET, { recursive: true, force: true });
const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
// The second writes the types of the client, the one part that others import.
for (const project of ['tsconfig.build.json', 'tsconfig.client.json']) {
  const { status } = spawnSync(findNode() ?? process.execPath, [tsc, '-p', project], { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

// Lexicons and other files that the sources read from beside themselves keep their places.
for (const entry of readdirSync(SOURCE, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || /\.(ts|md|graphql)$/u.test(entry.name)) continue;
  const from = join(entry.parentPath, entry.name);
  cpSync(from, join(TARGET, from.slice(SOURCE.length)));
}
