import type { ByteSource } from '../../../src/model/gguf/byte-source.ts';

/** Bytes in memory as a source. */
export const memorySource = (bytes: Uint8Array, name = 'memory.gguf'): ByteSource => ({
  name,
  bytes: bytes.byteLength,
  async read(buffer, at) {
    const some = bytes.subarray(at, at + buffer.byteLength);
    buffer.set(some);
    return some.byteLength;
  },
});
