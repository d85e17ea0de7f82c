const FLOAT = new Float32Array(1);
const BITS = new Uint32Array(FLOAT.buffer);

const bitsOf = (value: number): number => {
  FLOAT[0] = value;
  return BITS[0] ?? 0;
};

const floatOf = (bits: number): number => {
  BITS[0] = bits;
  return FLOAT[0] ?? 0;
};

/** `bits` without its last `count`, rounded to nearest, ties to even. */
const roundedShift = (bits: number, count: number): number => {
  const kept = bits >>> count;
  const half = 1 << (count - 1);
  const rest = bits & (2 * half - 1);
  return rest > half || (rest === half && (kept & 1) === 1) ? kept + 1 : kept;
};

/**
 * The bits of the nearest IEEE 754 half float, ties to even, of the nearest single float; as ggml's `ggml_compute_fp32_to_fp16`
 * gives them. From 65,520 on it is infinity.
 */
export const halfOf = (value: number): number => {
  const bits = bitsOf(value);
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00;
  const exponent = (magnitude >>> 23) - 112;
  if (exponent >= 31) return sign | 0x7c00;
  // A carry out of the fraction moves on into the exponent, as it should.
  if (exponent > 0) return sign | roundedShift(magnitude - (112 << 23), 13);
  if (exponent < -10) return sign;
  return sign | roundedShift((magnitude & 0x7fffff) | 0x800000, 14 - exponent);
};

/** The value of a half float's bits, exact. */
export const ofHalf = (half: number): number => {
  const sign = (half & 0x8000) === 0 ? 1 : -1;
  const exponent = (half >>> 10) & 31;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
};

/** The bits of the nearest bfloat16, ties to even, of the nearest single float; as ggml's `ggml_compute_fp32_to_bf16`. */
export const bfloatOf = (value: number): number => {
  const bits = bitsOf(value);
  if ((bits & 0x7fffffff) > 0x7f800000) return (bits >>> 16) | 64;
  return roundedShift(bits, 16);
};

/** The value of a bfloat16's bits, exact. */
export const ofBfloat = (bfloat: number): number => floatOf(bfloat << 16);
