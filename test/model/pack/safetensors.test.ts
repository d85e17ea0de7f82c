import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPack } from '../../../src/model/pack/pack.ts';
import { DTYPES } from '../../../src/model/pack/safetensors.ts';
import { writePack } from '../../../src/model/pack/write-pack.ts';
import { codeRow, facetRow, type RowKey } from '../../../src/model/row-key.ts';
import { digestOf } from '../../../src/scene/digest.ts';
import { figureDigest } from '../../../src/scene/figure.ts';
import { runPython } from '../../python/run-python.ts';
import { CONTENTS, gather, reseal } from './small-pack.ts';

const [ROWS, LENGTH] = [300, 7];

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'hyperscene-safetensors-'));
}, 900_000);
afterAll(() => rm(root, { recursive: true, force: true }));

const key = (i: number): RowKey => codeRow(digestOf('row', String(i)));
const untold = { level: null, form: null, figures: [], hyperlexeme: null };

/** Numbers of every size, the smallest ones that are no zero too, from the bits of a generator of Weyl. */
const numbers = (salt: number): Float32Array[] =>
  Array.from({ length: ROWS }, (_, i) =>
    Float32Array.from({ length: LENGTH }, (_, j) => {
      const bits = Math.imul(salt + i * LENGTH + j, 0x9e3779b1) >>> 0;
      return (bits % 2 === 0 ? 1 : -1) * (1 + bits / 2 ** 32) * 2 ** ((bits % 39) - 24);
    }),
  );

const packOf = async (folder: string, dtype: (typeof DTYPES)[number]) => {
  const outputs = numbers(1);
  const rows = numbers(0).map((embedding, i) => ({
    ...untold,
    key: key(i),
    embedding,
    output: i % 3 === 0 ? (outputs[i] ?? null) : null,
  }));
  const base = { ...CONTENTS.base, embeddingLength: LENGTH };
  await writePack(folder, { ...CONTENTS, base, dtype, rows });
  return openPack(folder);
};

/** Bits of 32-bit floats, so that −0 is told from 0. */
const bitsOf = (values: readonly number[] | null): number[] => [
  ...new Uint32Array(new Float32Array(values ?? []).buffer),
];

/** Reads one of our files with the real package, and widens 16 bits with numpy. */
const READ = `
import sys, json
import numpy as np
from safetensors import deserialize
out = {}
for name, tensor in deserialize(open(sys.argv[1], 'rb').read()):
    data = bytes(tensor['data'])
    if tensor['dtype'] == 'BF16':
        values = (np.frombuffer(data, '<u2').astype('<u4') << 16).view('<f4')
    else:
        values = np.frombuffer(data, {'F32': '<f4', 'F16': '<f2'}[tensor['dtype']]).astype('<f4')
    out[name] = {'dtype': tensor['dtype'], 'shape': tensor['shape'], 'bits': values.view('<u4').tolist()}
json.dump(out, sys.stdout)
`;

test.each(DTYPES)(
  'Python reads what is written as %s',
  async (dtype) => {
    const pack = await packOf(join(root, `ours-${dtype}`), dtype);
    const found = await runPython(READ, join(root, `ours-${dtype}`, 'rows.safetensors'));
    const shape = [ROWS, LENGTH];
    expect(found).toEqual({
      embedding: { dtype, shape, bits: bitsOf(await gather(pack.embedding())) },
      output: { dtype, shape, bits: bitsOf(await gather(pack.output())) },
    });
  },
  900_000,
);

test('numbers are rounded as numpy does it', async () => {
  const pack = await packOf(join(root, 'rounded'), 'F16');
  const program = `
import sys, json
import numpy as np
values = np.array(json.loads(sys.argv[1]), '<u4').view('<f4')
json.dump(values.astype('<f2').astype('<f4').view('<u4').tolist(), sys.stdout)
`;
  const given = bitsOf(numbers(0).flatMap((row) => [...row]));
  expect(bitsOf(await gather(pack.embedding()))).toEqual(await runPython(program, JSON.stringify(given)));
}, 900_000);

/** Writes any finite bits with the real package. */
const WRITE = `
import sys, json
import numpy as np
from safetensors import TensorSpec, serialize_file
from safetensors.numpy import save_file
path, dtype, rows, length = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
random = np.random.default_rng(7)
out, tensors = {}, {}
for name in ['embedding', 'output']:
    if dtype == 'F32':
        bits = random.integers(0, 2**32, (rows, length), dtype=np.uint32)
        bits[(bits & 0x7f800000) == 0x7f800000] = 0x80000000
        wide, tensors[name] = bits.view('<f4'), bits.view('<f4')
    else:
        bits = random.integers(0, 2**16, (rows, length), dtype=np.uint16)
        mask = 0x7c00 if dtype == 'F16' else 0x7f80
        bits[(bits & mask) == mask] = 0x8000
        if dtype == 'F16':
            tensors[name] = bits.view('<f2')
            wide = tensors[name].astype('<f4')
        else:
            tensors[name] = bits
            wide = (bits.astype('<u4') << 16).view('<f4')
    if name == 'output':
        keep = (np.arange(rows) % 3 == 0)[:, None]
        tensors[name] = np.where(keep, tensors[name], np.zeros_like(tensors[name]))
        wide = np.where(keep, wide, np.float32(0))
    out[name] = np.ascontiguousarray(wide).view('<u4').reshape(-1).tolist()
if dtype == 'BF16':
    # numpy has no such type.
    tensors = {name: np.ascontiguousarray(bits) for name, bits in tensors.items()}
    spec = lambda bits: TensorSpec(dtype='bfloat16', shape=bits.shape, data_ptr=bits.ctypes.data, data_len=bits.nbytes)
    serialize_file({name: spec(bits) for name, bits in tensors.items()}, path, None)
else:
    save_file(tensors, path, {'format': 'np'})
json.dump(out, sys.stdout)
`;

test.each(DTYPES)(
  'what Python writes as %s is read to the bit',
  async (dtype) => {
    const folder = join(root, `theirs-${dtype}`);
    await packOf(join(root, `mould-${dtype}`), 'F32');
    await cp(join(root, `mould-${dtype}`), folder, { recursive: true });
    const written = await runPython(WRITE, join(folder, 'rows.safetensors'), dtype, String(ROWS), String(LENGTH));
    await reseal(folder);
    const pack = await openPack(folder);
    expect({
      embedding: bitsOf(await gather(pack.embedding())),
      output: bitsOf(await gather(pack.output())),
    }).toEqual(written);
  },
  900_000,
);

test('the program of docs/packs.md writes a pack', async () => {
  const page = await readFile(join(import.meta.dirname, '../../../docs/packs.md'), 'utf8');
  const program = /```python\n(.*?)```/su.exec(page)?.[1] ?? '';
  await runPython(`${program}\nprint('null')`, join(root, 'example'));
  const pack = await openPack(join(root, 'example'));
  expect(pack.identity.name).toBe('example');
  expect(pack.counts).toEqual({ codes: 1, facets: 1, scenes: 0, predicted: 1 });
  expect(
    pack.rowIndex(codeRow(figureDigest({ archetype: 'threshold', atmosphere: 'silence', tension: 'restraint' }))),
  ).toBe(0);
  expect(pack.rowIndex(facetRow('archetype', 'threshold'))).toBe(1);
}, 900_000);
