import { HypersceneError } from '../errors.ts';

/** Cursors of the lists that the API pages itself; the store's own pass through as they are. */

const encode = (text: string): string => Buffer.from(text).toString('base64url');

const badCursor = (cursor: string): HypersceneError =>
  new HypersceneError('BAD_CURSOR', 'bad cursor', {
    expected: 'a cursor of this list',
    came: JSON.stringify(cursor.slice(0, 80)),
  });

/** UTF-16 code units: the longest has 80. */
const LENGTH_MAX = 200;

const decode = (cursor: string, form: RegExp): readonly string[] => {
  if (cursor.length > LENGTH_MAX) throw badCursor(cursor);
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  const match = form.exec(text);
  if (match === null || encode(text) !== cursor) throw badCursor(cursor);
  return match.slice(1);
};

const POSITION = /^position:(0|[1-9]\d{0,9})$/u;
const COUPLING = /^coupling:(0(?:\.\d{1,6})?|1):([0-9a-f]{32})$/u;

export const positionCursor = (position: number): string => encode(`position:${position}`);

/** @throws HypersceneError BAD_CURSOR */
export const decodePositionCursor = (cursor: string): number => Number(decode(cursor, POSITION)[0]);

/** Where a coupling stands among those of a scene: by falling weight, then the other scene's id. */
export interface CouplingPlace {
  readonly weight: number;
  readonly other: string;
}

/** Six places, since `1e-6` is how JavaScript writes the smallest weight. */
export const couplingCursor = ({ weight, other }: CouplingPlace): string =>
  encode(`coupling:${weight === 1 ? '1' : weight.toFixed(6)}:${other}`);

/** @throws HypersceneError BAD_CURSOR */
export const decodeCouplingCursor = (cursor: string): CouplingPlace => {
  const [weight, other] = decode(cursor, COUPLING);
  if (weight === undefined || other === undefined) throw badCursor(cursor);
  return { weight: Number(weight), other };
};
