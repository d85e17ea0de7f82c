import { checkBase } from '../../../src/model/pack/check-base.ts';
import { BASE } from './small-pack.ts';

const pack = { name: 'small', base: BASE };
const model = { sha256: BASE.sha256, vocabulary: BASE.vocabulary, embeddingLength: BASE.embeddingLength };
const other = 'cd'.repeat(32);

test('a pack fits the model it was trained for', () => {
  expect(() => checkBase(pack, model)).not.toThrow();
});

test.each([
  ['another file', { sha256: other }, `expected маленькая, SHA-256 ${BASE.sha256}; came SHA-256 ${other}`],
  ['a server', { sha256: null }, 'came a model whose file is not known'],
  ['another vocabulary', { vocabulary: 49153 }, 'expected SHA-256 abab'],
  ['other embeddings', { embeddingLength: 576 }, '49152 tokens of 576 numbers'],
  ['no vocabulary', { vocabulary: null }, 'null tokens'],
])('%s does not fit', (_, change, said) => {
  let thrown: unknown;
  try {
    checkBase(pack, { ...model, ...change });
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toMatchObject({ code: 'PACK_MISMATCH', message: expect.stringContaining(said) });
});
