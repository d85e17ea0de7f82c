import { HypersceneError } from '../errors.ts';

/** UTF-16 units encoded at a time: 1 ms of work, so that a caller may let others run in between. */
const SLICE_LENGTH = 262_144;

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;

/**
 * The text's bytes, slice by slice.
 * @throws HypersceneError LONE_SURROGATE: half a character has no bytes in UTF-8
 */
export function* encodeUtf8(text: string): Generator<Uint8Array<ArrayBuffer>, void, undefined> {
  const encoder = new TextEncoder();
  for (let start = 0; start < text.length; ) {
    const limit = Math.min(start + SLICE_LENGTH, text.length);
    const end = limit < text.length && isHighSurrogate(text.charCodeAt(limit - 1)) ? limit + 1 : limit;
    const slice = text.slice(start, end);
    if (!slice.isWellFormed()) throw loneSurrogate(slice, start);
    yield encoder.encode(slice);
    start = end;
  }
}

const loneSurrogate = (slice: string, start: number): HypersceneError => {
  const at = slice.search(/\p{Surrogate}/u);
  return new HypersceneError('LONE_SURROGATE', 'broken text', {
    at: `UTF-16 unit ${start + at}`,
    expected: 'whole characters',
    came: `the lone surrogate U+${slice.charCodeAt(at).toString(16).toUpperCase()}`,
  });
};
