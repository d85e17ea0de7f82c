import { HypersceneError } from '../../errors.ts';

/** How a tensor's elements are packed: `bytes` for every `elements` of a row. */
interface Packing {
  readonly id: number;
  readonly elements: number;
  readonly bytes: number;
}

const packing = (id: number, elements: number, bytes: number): Packing => Object.freeze({ id, elements, bytes });

/**
 * Every type a tensor of a GGUF may have today. Ids from `enum ggml_type` of ggml's `include/ggml.h`, sizes from the blocks and
 * their assertions in `src/ggml-common.h`, as of llama.cpp v0.5.0 (September 2026). Ids 4, 5, 31 to 33 and 36 to 38 were taken
 * back.
 */
const PACKINGS = {
  F32: packing(0, 1, 4),
  F16: packing(1, 1, 2),
  Q4_0: packing(2, 32, 18),
  Q4_1: packing(3, 32, 20),
  Q5_0: packing(6, 32, 22),
  Q5_1: packing(7, 32, 24),
  Q8_0: packing(8, 32, 34),
  Q8_1: packing(9, 32, 36),
  Q2_K: packing(10, 256, 84),
  Q3_K: packing(11, 256, 110),
  Q4_K: packing(12, 256, 144),
  Q5_K: packing(13, 256, 176),
  Q6_K: packing(14, 256, 210),
  Q8_K: packing(15, 256, 292),
  IQ2_XXS: packing(16, 256, 66),
  IQ2_XS: packing(17, 256, 74),
  IQ3_XXS: packing(18, 256, 98),
  IQ1_S: packing(19, 256, 50),
  IQ4_NL: packing(20, 32, 18),
  IQ3_S: packing(21, 256, 110),
  IQ2_S: packing(22, 256, 82),
  IQ4_XS: packing(23, 256, 136),
  I8: packing(24, 1, 1),
  I16: packing(25, 1, 2),
  I32: packing(26, 1, 4),
  I64: packing(27, 1, 8),
  F64: packing(28, 1, 8),
  IQ1_M: packing(29, 256, 56),
  BF16: packing(30, 1, 2),
  TQ1_0: packing(34, 256, 54),
  TQ2_0: packing(35, 256, 66),
  MXFP4: packing(39, 32, 17),
  NVFP4: packing(40, 64, 36),
  Q1_0: packing(41, 128, 18),
  Q2_0: packing(42, 64, 18),
} as const satisfies Record<string, Packing>;

export type GgmlType = keyof typeof PACKINGS;

export const GGML_TYPES = Object.freeze(Object.keys(PACKINGS) as GgmlType[]);

const BY_ID: ReadonlyMap<number, GgmlType> = new Map(GGML_TYPES.map((type) => [PACKINGS[type].id, type]));

/** @returns undefined for an id that is not known */
export const ggmlTypeOf = (id: number): GgmlType | undefined => BY_ID.get(id);

export const ggmlTypeId = (type: GgmlType): number => PACKINGS[type].id;

/** Elements that are packed together; a row holds a whole number of them. */
export const blockElements = (type: GgmlType): number => PACKINGS[type].elements;

/** Bytes of {@link blockElements}. */
export const blockBytes = (type: GgmlType): number => PACKINGS[type].bytes;

/** Bytes of a row, as ggml's `ggml_row_size` has it. @throws HypersceneError BAD_ARGUMENT where blocks do not fill it */
export const rowBytes = (type: GgmlType, elements: number): number => {
  const { elements: block, bytes } = PACKINGS[type];
  if (elements % block === 0) return (elements / block) * bytes;
  throw new HypersceneError('BAD_ARGUMENT', `a row of ${type} holds whole blocks`, {
    expected: `a multiple of ${block} elements`,
    came: `${elements}`,
  });
};
