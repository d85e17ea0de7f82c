import { randomInt } from 'node:crypto';

/** llama.cpp takes 2³² − 1 for "draw one anew", so that nothing drawn by it would come again: it stands for 0 here. */
const SEEDS = 2 ** 32 - 1;

export const drawSeed = (): number => randomInt(SEEDS);

/** @param seed 0 to 2³² − 1 */
export const llamaSeed = (seed: number): number => seed % SEEDS;
