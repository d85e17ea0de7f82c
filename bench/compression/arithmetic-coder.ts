/** How often a bit was 0 and 1 in a context (Krichevsky & Trofimov 1981, with 0.4 in place of 0.5: most contexts are nearly sure). */
interface BitCounts {
  zeros: number;
  ones: number;
}

const PRIOR = 0.4;
const COUNT_MAX = 1023;
const ONE = 2 ** 16;

/**
 * Adaptive binary arithmetic coding (Witten, Neal & Cleary 1987; here the carry-free interval of 32 bits), in one set of methods for
 * both directions: an encoder returns what it is given, a decoder what it reads. So no model of one side can part from the other's.
 */
export abstract class ArithmeticCoder {
  readonly #contexts = new Map<string, BitCounts>();

  protected abstract code(bit: number, one: number): number;

  bit(context: string, value: number): number {
    let counts = this.#contexts.get(context);
    if (counts === undefined) {
      counts = { zeros: 0, ones: 0 };
      this.#contexts.set(context, counts);
    }
    const share = (counts.ones + PRIOR) / (counts.zeros + counts.ones + 2 * PRIOR);
    const bit = this.code(value, Math.min(ONE - 1, Math.max(1, Math.round(share * ONE))));
    if (bit === 1) counts.ones += 1;
    else counts.zeros += 1;
    if (counts.zeros + counts.ones > COUNT_MAX) {
      counts.zeros /= 2;
      counts.ones /= 2;
    }
    return bit;
  }

  /** One of `size` symbols, bit by bit down a binary tree; a context knows each of the tree's nodes apart. */
  symbol(context: string, size: number, value: number): number {
    let node = 1;
    for (let bit = widthOf(size) - 1; bit >= 0; bit -= 1)
      node = node * 2 + this.bit(`${context}/${node}`, Math.floor(value / 2 ** bit) % 2);
    return node - 2 ** widthOf(size);
  }

  /** An integer from 0: its length in bits, then the bits below the first (Elias γ with learnt bits). */
  integer(context: string, value: number): number {
    const length = this.symbol(`${context}#`, LENGTHS, Math.floor(Math.log2(value + 1)));
    let read = 1;
    for (let bit = length - 1; bit >= 0; bit -= 1) {
      const isHigh = length - bit <= LEARNT_BITS;
      const within = isHigh ? `${context}${length}/${read}` : `${context}${length}~${bit}`;
      read = read * 2 + this.bit(within, Math.floor((value + 1) / 2 ** bit) % 2);
    }
    return read - 1;
  }

  /** An integer of either sign. */
  signed(context: string, value: number): number {
    const isBelow = this.bit(`${context}-`, value < 0 ? 1 : 0) === 1;
    const read = this.integer(context, isBelow ? -value - 1 : value);
    return isBelow ? -read - 1 : read;
  }
}

const LENGTHS = 32;
/** Of the bits below the first of an integer, those that are seen in the context of the bits above. */
const LEARNT_BITS = 3;

const widthOf = (size: number): number => Math.ceil(Math.log2(Math.max(1, size)));

const TOP = 2 ** 32;
const BYTE = 2 ** 24;

const split = (low: number, high: number, one: number): number => low + Math.floor(((high - low) * one) / ONE);

export class ArithmeticEncoder extends ArithmeticCoder {
  #low = 0;
  #high = TOP - 1;
  readonly #bytes: number[] = [];

  protected override code(bit: number, one: number): number {
    const middle = split(this.#low, this.#high, one);
    if (bit === 1) this.#high = middle;
    else this.#low = middle + 1;
    while (Math.floor(this.#low / BYTE) === Math.floor(this.#high / BYTE)) {
      this.#bytes.push(Math.floor(this.#high / BYTE));
      this.#low = (this.#low % BYTE) * 256;
      this.#high = (this.#high % BYTE) * 256 + 255;
    }
    return bit;
  }

  /** What was coded, and as many bytes as name a number within the interval that is left. */
  finish(): Uint8Array {
    for (let length = 1; ; length += 1) {
      const unit = 2 ** (32 - 8 * length);
      const number = Math.ceil(this.#low / unit) * unit;
      if (number > this.#high) continue;
      for (let i = 1; i <= length; i += 1) this.#bytes.push(Math.floor(number / 2 ** (32 - 8 * i)) % 256);
      return Uint8Array.from(this.#bytes);
    }
  }
}

/** Reads zeros behind the end. */
export class ArithmeticDecoder extends ArithmeticCoder {
  #low = 0;
  #high = TOP - 1;
  #at = 0;
  #number = 0;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    super();
    this.#bytes = bytes;
    for (let i = 0; i < 4; i += 1) this.#number = this.#number * 256 + this.#next();
  }

  #next(): number {
    return this.#bytes[this.#at++] ?? 0;
  }

  protected override code(_bit: number, one: number): number {
    const middle = split(this.#low, this.#high, one);
    const bit = this.#number <= middle ? 1 : 0;
    if (bit === 1) this.#high = middle;
    else this.#low = middle + 1;
    while (Math.floor(this.#low / BYTE) === Math.floor(this.#high / BYTE)) {
      this.#low = (this.#low % BYTE) * 256;
      this.#high = (this.#high % BYTE) * 256 + 255;
      this.#number = (this.#number % BYTE) * 256 + this.#next();
    }
    return bit;
  }
}
