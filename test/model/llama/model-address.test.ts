import fc from 'fast-check';
import {
  formatModelAddress,
  type HubAddress,
  parseModelAddress,
  shardsOf,
} from '../../../src/model/llama/model-address.ts';

const name = fc.stringMatching(/^[A-Za-z\d_][\w.+=-]{0,20}$/u);
const hubAddress: fc.Arbitrary<HubAddress> = fc.record({
  kind: fc.constant('hub' as const),
  owner: name,
  repo: name,
  file: fc
    .array(name, { minLength: 1, maxLength: 3 })
    .map((names) => `${names.join('/')}.gguf`)
    .filter((file) => !/-\d{5}-of-\d{5}\.gguf$/u.test(file)),
  revision: fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('/')),
  sha256: fc.option(fc.stringMatching(/^[\da-f]{64}$/u)),
});

describe('the address of a model', () => {
  it('is read as it is written, whatever it names', () => {
    fc.assert(
      fc.property(hubAddress, (address) => {
        expect(parseModelAddress(formatModelAddress(address))).toEqual(address);
      }),
    );
  });

  it('names the default, a file, or a file of the hub on its main branch', () => {
    expect(parseModelAddress('default')).toEqual({ kind: 'default' });
    expect(parseModelAddress('/модели/a b.gguf')).toEqual({ kind: 'file', path: '/модели/a b.gguf' });
    expect(parseModelAddress('hf:Qwen/Qwen3-0.6B-GGUF/sub/q8_0.gguf')).toEqual({
      kind: 'hub',
      owner: 'Qwen',
      repo: 'Qwen3-0.6B-GGUF',
      file: 'sub/q8_0.gguf',
      revision: 'main',
      sha256: null,
    });
  });

  it.each([
    '',
    'a.bin',
    'hf:o/r',
    'hf:o/r/',
    'hf:o/r/a.bin',
    'hf:o/../a.gguf',
    'hf:../r/a.gguf',
    'hf:o/r/../../a.gguf',
    'hf:o/r//a.gguf',
    'hf:o/r/.a.gguf',
    'hf:o/r/a\\..\\b.gguf',
    'hf:o/r/C:a.gguf',
    'hf:o/r/-a.gguf',
    'hf:o/r/a%2f..%2fb.gguf',
    'hf:o/r/a.gguf@../main',
    'hf:o/r/a.gguf@',
    'hf:o/r/a.gguf#sha256=12',
    'hf:o/r/a.gguf?x=1.gguf',
    'hf:o/r/a.gguf@b@c',
    'hf:o/r/a\n.gguf',
    `hf:o/r/a-00001-of-00002.gguf#sha256=${'0'.repeat(64)}`,
    'hf:o/r/a-00003-of-00002.gguf',
    'a\0.gguf',
  ])('is refused as %j', (text) => {
    const read = (): unknown => {
      const address = parseModelAddress(text);
      return address.kind === 'hub' ? shardsOf(address.file) : address;
    };
    expect(read).toThrow(expect.objectContaining({ code: 'BAD_MODEL_ADDRESS', exitStatus: 65 }));
  });

  it('is refused or leads nowhere but into its repository, whatever text it is', () => {
    const piece = fc.oneof(name, fc.constantFrom('..', '.', '/', '@', '#', '\\', '%2e', ':', '~'), fc.string());
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        let address: ReturnType<typeof parseModelAddress>;
        try {
          address = parseModelAddress(`hf:${pieces.join('')}.gguf`);
        } catch (error) {
          expect(error).toMatchObject({ code: 'BAD_MODEL_ADDRESS' });
          return;
        }
        const { owner, repo, file, revision } = address as HubAddress;
        for (const part of [owner, repo, ...file.split('/'), ...revision.split('/')])
          expect(part).toMatch(/^(?!\.)[\w.+=-]+$/u);
      }),
    );
  });
});

describe('the files of a model', () => {
  it('are itself, or all its parts, whichever is named', () => {
    expect(shardsOf('a.gguf')).toEqual(['a.gguf']);
    const all = ['a-00001-of-00003.gguf', 'a-00002-of-00003.gguf', 'a-00003-of-00003.gguf'];
    for (const one of all) expect(shardsOf(one)).toEqual(all);
  });
});
