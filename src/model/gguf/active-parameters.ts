import { type GgufHeader, type GgufTensor, integerOf, integersOf, modelKey } from './gguf-header.ts';

/**
 * Experts of a layer: all in one tensor whose last dimension counts them (`ffn_up_exps`), or, in files of old, one each
 * (`ffn_up.3`). Names: `LLM_TENSOR_NAMES` of llama.cpp's `src/llama-arch.cpp`. Experts that every token meets (`_shexp`) are
 * not here.
 */
const TOGETHER = /^blk\.(\d+)\.ffn_(?:gate|up|down|gate_up)_exps\.\w+$/;
const APART = /^blk\.(\d+)\.ffn_(?:gate|up|down)\.\d+\.\w+$/;

/** Other tensors of experts, of which one would have to know when they are met. */
const UNKNOWN = /_(?:exps|chexps)\b/;

/**
 * Parameters that one token meets: all but those of experts that are not chosen.
 * @returns null where the header does not say how many are chosen, or has experts of a kind that is not known
 */
export const activeParameters = (header: GgufHeader): number | null => {
  const count = integerOf(header, modelKey(header, 'expert_count')) ?? 0;
  const used = integersOf(header, modelKey(header, 'expert_used_count'));
  let sum = 0;
  for (const tensor of header.tensors) {
    const layer = layerOfExperts(tensor);
    if (layer === undefined) {
      if (UNKNOWN.test(tensor.name)) return null;
      sum += tensor.elements;
    } else {
      const chosen = typeof used === 'object' ? used[layer] : used;
      if (chosen === undefined || chosen > count || tensor.elements % count !== 0) return null;
      sum += (tensor.elements / count) * chosen;
    }
  }
  return sum;
};

const layerOfExperts = ({ name }: GgufTensor): number | undefined => {
  const layer = (TOGETHER.exec(name) ?? APART.exec(name))?.[1];
  return layer === undefined ? undefined : Number(layer);
};
