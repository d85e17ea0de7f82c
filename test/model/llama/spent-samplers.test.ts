import fc from 'fast-check';
import { SpentSamplers } from '../../../src/model/llama/spent-samplers.ts';

const BYTES_MAX = 2 ** 25;

describe('samplers that nothing frees but a collection', () => {
  test('are collected before they take more than 32 MiB and those of one request, and no sooner', () => {
    const requests = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300_000 }), requests, (vocabulary, samplers) => {
        let standing = 0;
        const spent = new SpentSamplers(vocabulary, () => {
          expect(standing * vocabulary * 12).toBeGreaterThanOrEqual(BYTES_MAX);
          standing = 0;
        });
        for (const count of samplers) {
          for (let i = 0; i < count; i += 1) {
            spent.add();
            standing += 1;
          }
          spent.collect();
          expect(standing * vocabulary * 12).toBeLessThan(BYTES_MAX);
        }
      }),
    );
  });
});
