// Completes package-lock.json with the packages of other platforms. npm leaves out of the lock what the registry at
// hand does not serve, and `npm ci` then refuses the lock; a registry that mirrors one platform only is enough for
// that. The names and versions come from the package that wants them, the platform from the name.
// What package.json's overrides leave out is named for no platform at all: unnamed, `npm ci` would refuse the lock too.
// `--check` changes nothing and fails when something is missing.
import { readFileSync, writeFileSync } from 'node:fs';

const LOCK = new URL('../package-lock.json', import.meta.url);
const MANIFEST = new URL('../package.json', import.meta.url);

const SYSTEMS = {
  android: 'android',
  darwin: 'darwin',
  freebsd: 'freebsd',
  linux: 'linux',
  mac: 'darwin',
  openharmony: 'openharmony',
  win: 'win32',
  win32: 'win32',
};
const PROCESSORS = ['arm64', 'arm', 'x64', 'ia32', 'ppc64', 's390x', 'riscv64', 'loong64'];
const LIBRARIES = { gnu: 'glibc', gnueabihf: 'glibc', musl: 'musl', musleabihf: 'musl' };

/** `@swc/core-linux-x64-gnu` → linux, x64, glibc; null for a package that is not made for one platform. */
const platformOf = (name) => {
  const words = name.split(/[-/]/u);
  const os = words.map((word) => SYSTEMS[word]).find((system) => system !== undefined);
  const cpu = words.find((word) => PROCESSORS.includes(word));
  if (os === undefined || cpu === undefined) return null;
  const libc = os === 'linux' ? LIBRARIES[words.at(-1)] : undefined;
  return { os: [os], cpu: [cpu], ...(libc === undefined ? {} : { libc: [libc] }) };
};

/** A version that no package has, so that without the lock the package does not come either. */
const LEFT_OUT = '0.0.0-left-out';
const NO_PLATFORM = { os: ['none'], cpu: ['none'] };

const leftOutBy = (overrides = {}) =>
  Object.entries(overrides).flatMap(([name, value]) => {
    if (typeof value === 'string') return value === LEFT_OUT ? [name] : [];
    return leftOutBy(value);
  });

const missingFrom = (packages, leftOut) =>
  Object.entries(packages).flatMap(([path, { optionalDependencies = {}, dev, devOptional }]) =>
    Object.entries(optionalDependencies).flatMap(([name, version]) => {
      const isLeftOut = leftOut.includes(name);
      const platform = isLeftOut ? NO_PLATFORM : platformOf(name);
      const isThere = [`node_modules/${name}`, `${path}/node_modules/${name}`].some((place) => place in packages);
      if (isThere || platform === null || !/^\d+\.\d+\.\d+[-\w.]*$/u.test(version)) return [];
      const use = { ...(dev ? { dev } : {}), ...(devOptional ? { devOptional } : {}) };
      return [
        [`node_modules/${name}`, { version: isLeftOut ? LEFT_OUT : version, ...platform, ...use, optional: true }],
      ];
    }),
  );

/** One that is made for a processor other than ours, and lets itself be installed on ours too, does not come. */
const narrowed = ([path, locked]) => {
  const cpu = locked.optional ? platformOf(path.slice(path.lastIndexOf('node_modules/')))?.cpu : undefined;
  const isWide = cpu !== undefined && locked.cpu?.length > 1 && locked.cpu.includes(cpu[0]);
  return [path, isWide ? { ...locked, cpu } : locked];
};

const lock = JSON.parse(readFileSync(LOCK, 'utf8'));
const { overrides } = JSON.parse(readFileSync(MANIFEST, 'utf8'));
const missing = missingFrom(lock.packages, leftOutBy(overrides));
if (process.argv.includes('--check')) {
  for (const [path] of missing) console.error(`package-lock.json lacks ${path}`);
  if (missing.length > 0) console.error('Run: npm run lock');
  process.exit(missing.length > 0 ? 1 : 0);
}
const [root, ...rest] = [...Object.entries(lock.packages), ...missing];
// As npm sorts them, so that it does not reorder the file at its next change.
rest.sort(([a], [b]) => a.localeCompare(b, 'en'));
lock.packages = Object.fromEntries([root, ...rest.map(narrowed)]);
writeFileSync(LOCK, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${missing.length} packages of other platforms were added to package-lock.json`);
