import { ASSUMED } from './assumptions.ts';

export interface ModelCost {
  readonly scenes: number;
  /** Were a model to read every scene; it is not in the program. */
  readonly tokensIn: number;
  readonly tokensOut: number;
  /** Days of machines of 16 cores with the small model on two cores each. */
  readonly smallMachineDays: number;
  /** Days of one GPU of vLLM, by what it writes: reading the prompt is counted in its makers’ figure. */
  readonly gpuDays: number;
}

const DAY = 86_400;

export const modelCosts = (scenes: number): ModelCost => {
  const { model, modelSpeed, machine } = ASSUMED;
  const [tokensIn, tokensOut] = [scenes * model.tokensInAScene, scenes * model.tokensOutAScene];
  const seconds = tokensIn / modelSpeed.smallIn + tokensOut / modelSpeed.smallOut;
  return {
    ...{ scenes, tokensIn, tokensOut },
    smallMachineDays: seconds / (machine.cores / 2) / DAY,
    gpuDays: tokensOut / modelSpeed.vllmOut / DAY,
  };
};
