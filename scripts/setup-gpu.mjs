// Puts llama.cpp's binaries for a GPU beside those for the CPU, which are all that an installation brings:
// `npm run setup:gpu -- cuda|vulkan|off`; `--dry-run` only tells what would be fetched. `npm ci` takes them away again.
// Not by `npm install`, which would change package.json's overrides and the lock for everyone.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const SCOPE = join(ROOT, 'node_modules', '@node-llama-cpp');
const RUNTIME = join(ROOT, 'node_modules', 'node-llama-cpp', 'package.json');

/** A package may hold as much as its registry lets it: CUDA comes in two. MB as of 3.22.1. */
const BINARIES = {
  linux: {
    cuda: { names: ['linux-x64-cuda', 'linux-x64-cuda-ext'], megabytes: 540 },
    vulkan: { names: ['linux-x64-vulkan'], megabytes: 71 },
  },
  win32: {
    cuda: { names: ['win-x64-cuda', 'win-x64-cuda-ext'], megabytes: 540 },
    vulkan: { names: ['win-x64-vulkan'], megabytes: 71 },
  },
};

class Failure extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

const fail = (message, status) => {
  throw new Failure(message, status);
};

const run = (command, args) => {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    shell: process.platform === 'win32' && command === 'npm',
  });
  if (error) fail(`${command} does not start: ${error.message}`, 69);
  if (status !== 0) fail(`${stderr.trimEnd()}\n\n${command} failed; its own words are above.`, 69);
  return stdout;
};

/** npm holds what it fetched to the registry's sum; the sum that it tells must be that of the file. */
const fetchArchive = (name, version, folder) => {
  const [{ filename, integrity }] = JSON.parse(
    run('npm', ['pack', '--json', '--silent', '--pack-destination', folder, `@node-llama-cpp/${name}@${version}`]),
  );
  const listed = join(folder, filename);
  const archive = existsSync(listed)
    ? listed
    : join(
        folder,
        readdirSync(folder).find((file) => file.endsWith('.tgz')),
      );
  const came = `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`;
  if (came !== integrity) fail(`${archive} is damaged: expected ${integrity}; came ${came}`, 65);
  return archive;
};

const install = (name, version) => {
  mkdirSync(SCOPE, { recursive: true });
  // Within node_modules, so that the whole comes into place by one rename.
  const folder = mkdtempSync(join(SCOPE, '.fetching-'));
  try {
    run('tar', ['-xzf', fetchArchive(name, version, folder), '-C', folder]);
    const { version: came } = JSON.parse(readFileSync(join(folder, 'package', 'package.json'), 'utf8'));
    if (came !== version) fail(`@node-llama-cpp/${name}: expected ${version}; came ${came}`, 65);
    rmSync(join(SCOPE, name), { recursive: true, force: true });
    renameSync(join(folder, 'package'), join(SCOPE, name));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const takeAway = () => {
  const names = existsSync(SCOPE) ? readdirSync(SCOPE).filter((name) => /-(?:cuda|cuda-ext|vulkan)$/u.test(name)) : [];
  for (const name of names) rmSync(join(SCOPE, name), { recursive: true });
  console.log(names.length === 0 ? 'There were no binaries for GPUs.' : `Taken away: ${names.join(', ')}.`);
};

const setUp = ([gpu, ...rest], isDry) => {
  if (!['cuda', 'vulkan', 'off'].includes(gpu) || rest.length > 0)
    fail('Usage: npm run setup:gpu -- cuda|vulkan|off [--dry-run]', 2);
  if (gpu === 'off') return takeAway();
  if (!existsSync(RUNTIME)) fail('node-llama-cpp is not installed here; run: npm run setup', 69);
  const { version } = JSON.parse(readFileSync(RUNTIME, 'utf8'));
  const wanted = process.arch === 'x64' ? BINARIES[process.platform]?.[gpu] : undefined;
  if (wanted === undefined)
    fail(
      `There are no binaries for ${gpu} on ${process.platform} ${process.arch}. A Mac with Apple's own processor needs none: HYPERSCENE_MODEL_GPU=metal.`,
      69,
    );
  console.log(`Fetching ${wanted.names.join(' and ')} ${version}, about ${wanted.megabytes} MB …`);
  if (isDry) return;
  for (const name of wanted.names) install(name, version);
  console.log(`Installed in ${SCOPE}. Use them by HYPERSCENE_MODEL_GPU=${gpu}; npm ci takes them away again.`);
};

const given = process.argv.slice(2);
try {
  setUp(
    given.filter((argument) => argument !== '--dry-run'),
    given.includes('--dry-run'),
  );
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  console.error(error.message);
  process.exitCode = error.status;
}
