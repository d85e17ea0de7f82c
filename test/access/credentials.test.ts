import fc from 'fast-check';
import { readAuthorization } from '../../src/access/credentials.ts';

const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

describe('readAuthorization', () => {
  it.each([
    [undefined, { type: 'none' }],
    ['', { type: 'none' }],
    ['Bearer hs_abc', { type: 'bearer', secret: 'hs_abc' }],
    ['bearer hs_abc', { type: 'bearer', secret: 'hs_abc' }],
    [basic(':hs_abc'), { type: 'bearer', secret: 'hs_abc' }],
    [basic('царь:hs_a:b'), { type: 'bearer', secret: 'hs_a:b' }],
    ['Bearer', { type: 'unreadable' }],
    ['Bearer ', { type: 'unreadable' }],
    ['Bearer a b', { type: 'unreadable' }],
    ['hs_abc', { type: 'unreadable' }],
    ['Digest username=x', { type: 'unreadable' }],
    [basic('no colon'), { type: 'unreadable' }],
    [basic('user:'), { type: 'unreadable' }],
    [`Bearer ${'x'.repeat(9000)}`, { type: 'unreadable' }],
  ])('reads %j', (header, credentials) => {
    expect(readAuthorization(header)).toEqual(credentials);
  });

  it('gives back any secret that a header can hold, and never throws', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[!-~]{1,200}$/u), (secret) => {
        expect(readAuthorization(`Bearer ${secret}`)).toEqual({ type: 'bearer', secret });
        expect(readAuthorization(basic(`name:${secret}`))).toEqual({ type: 'bearer', secret });
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (header) => {
        expect(['none', 'bearer', 'unreadable']).toContain(readAuthorization(header).type);
      }),
    );
  });
});
