// Installs the packages that package-lock.json names, where they are not there yet. Plain JavaScript for Node 20 and
// up: it runs before anything is installed.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findNode, NODE_MISSING } from '../bin/find-node.js';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const LOCK = join(ROOT, 'package-lock.json');
/** npm's own record of what lies in node_modules; written last, so an interrupted install leaves none. */
const INSTALLED = join(ROOT, 'node_modules', '.package-lock.json');

const HEARTBEAT_MS = 5000;
const OFFLINE =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|ENOTCACHED)\b/u;

const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;

/** Every package of the lock lies in node_modules in the same version; those for other platforms may be missing. */
const isInstalled = () => {
  if (!existsSync(INSTALLED) || findNode() === null) return false;
  const installed = packagesOf(INSTALLED);
  return Object.entries(packagesOf(LOCK)).every(([path, { version, optional }]) => {
    if (path === '') return true;
    const found = installed[path];
    return found === undefined ? Boolean(optional) : found.version === version;
  });
};

const explain = (output) => {
  const offline = OFFLINE.exec(output)?.[1];
  if (offline !== undefined)
    return `The packages could not be fetched: npm's registry does not answer (${offline}). Connect to the network, or tell npm your proxy (npm config set proxy ADDRESS), and run the same command again.`;
  if (/\bENOSPC\b/u.test(output)) return 'The disk is full: free about 1 GB and run the same command again.';
  if (/\b(EACCES|EPERM|EROFS)\b/u.test(output)) return `${ROOT} cannot be written to; npm's own words are above.`;
  return 'npm could not install the packages; its own words are above. Most often running the same command again helps.';
};

/** @returns what npm printed, and whether it succeeded */
const npm = (...args) =>
  new Promise((resolve) => {
    const child = spawn('npm', [...args, '--no-audit', '--no-fund'], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
    child.on('error', (error) => {
      output += error.code === 'ENOENT' ? 'npm was not found; it comes with Node.\n' : `${error.message}\n`;
    });
    child.on('close', (status) => resolve({ ok: status === 0, output }));
  });

/** NODE_ENV=production must not leave out what the tests need; a package already fetched is not asked for again. */
const OPTIONS = ['--include=dev', '--prefer-offline'];

const installPackages = async () => {
  const exact = await npm('ci', ...OPTIONS);
  if (exact.ok || !exact.output.includes('EUSAGE')) return exact;
  // Versions of npm differ in what they want a lock to name; the packages it does name are still taken from it.
  console.error('npm ci does not take package-lock.json as it is; installing by npm install.');
  return npm('install', '--no-save', ...OPTIONS);
};

const install = async () => {
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  console.error('Installing the packages of package-lock.json (the first time only, about a minute) …');
  const heartbeat = setInterval(() => console.error(`  ${seconds()} s …`), HEARTBEAT_MS);
  const { ok, output } = await installPackages();
  clearInterval(heartbeat);
  if (ok) console.error(`Installed in ${seconds()} s.`);
  else console.error(`${output.trimEnd()}\n\n${explain(output)}`);
  return ok;
};

/** npm from 11 on runs the install script of no dependency that package.json does not allow; other settings can stop it too. */
const ensureNode = () => {
  if (findNode() !== null) return true;
  spawnSync('npm', ['rebuild', 'node', '--ignore-scripts=false'], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (findNode() !== null) return true;
  console.error(NODE_MISSING);
  return false;
};

const setUp = async () => {
  if (isInstalled()) return true;
  return (await install()) && ensureNode();
};

if (!(await setUp())) process.exit(1);
