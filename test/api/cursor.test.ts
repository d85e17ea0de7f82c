import fc from 'fast-check';
import { couplingCursor, decodeCouplingCursor, decodePositionCursor, positionCursor } from '../../src/api/cursor.ts';
import { roundWeight } from '../../src/scene/coupling.ts';

const weight = fc.double({ min: 0, max: 1, noNaN: true }).map(roundWeight);
const other = fc.stringMatching(/^[0-9a-f]{32}$/u);

test('a cursor is read back as the place it was made of', () => {
  fc.assert(fc.property(fc.nat(), (position) => expect(decodePositionCursor(positionCursor(position))).toBe(position)));
  fc.assert(
    fc.property(weight, other, (w, o) => {
      expect(decodeCouplingCursor(couplingCursor({ weight: w, other: o }))).toEqual({ weight: w, other: o });
    }),
  );
});

test('the smallest and the largest weight have cursors', () => {
  for (const w of [0, 0.000001, 0.999999, 1])
    expect(decodeCouplingCursor(couplingCursor({ weight: w, other: '0'.repeat(32) })).weight).toBe(w);
});

test('no other text is read as a cursor', () => {
  const text = fc.oneof(
    fc.string(),
    fc.base64String(),
    fc.string().map((inner) => Buffer.from(`position:${inner}`).toString('base64url')),
    fc.string().map((inner) => Buffer.from(`coupling:${inner}`).toString('base64url')),
  );
  fc.assert(
    fc.property(text, (cursor) => {
      for (const [decode, encode] of [
        [decodePositionCursor, positionCursor],
        [decodeCouplingCursor, couplingCursor],
      ] as const) {
        try {
          const place = decode(cursor);
          expect((encode as (at: unknown) => string)(place).length).toBeGreaterThanOrEqual(cursor.length);
        } catch (error) {
          expect(error).toMatchObject({ code: 'BAD_CURSOR' });
        }
      }
    }),
  );
});

test('a long text is refused as any other that is no cursor', () => {
  for (const decode of [decodePositionCursor, decodeCouplingCursor])
    expect(() => decode(positionCursor(1).repeat(100))).toThrow(expect.objectContaining({ code: 'BAD_CURSOR' }));
});
