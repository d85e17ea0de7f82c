import { setTimeout as delay } from 'node:timers/promises';
import type { LanguageModel, Prompt } from '../../src/model/language-model.ts';
import { type Percentiles, percentiles } from '../store/figures.ts';

/** ms from the cancel until its slot is free. */
export interface CancelFigures {
  readonly reading: Percentiles;
  readonly generating: Percentiles;
}

const OPTIONS = { tokensMax: 400, temperature: 0, topK: 0, topP: 1, minP: 0, stop: [] };

const isFree = (model: LanguageModel): boolean => model.status().processes.every(({ running }) => running === 0);

const cancelOnce = async (model: LanguageModel, prompt: Prompt, isGenerating: boolean): Promise<number> => {
  const leaving = new AbortController();
  const call = { client: 'bench', workspace: 'bench', pack: null, reproducible: false, signal: leaving.signal };
  const begun = Promise.withResolvers<void>();
  const over = (async () => {
    for await (const _ of model.complete(prompt, OPTIONS, call)) begun.resolve();
  })().catch(() => undefined);
  if (isGenerating) await begun.promise;
  else await delay(100);
  const started = performance.now();
  leaving.abort();
  await over;
  while (!isFree(model)) await delay(1);
  return performance.now() - started;
};

export const measureCancel = async (model: LanguageModel, text: string, times: number): Promise<CancelFigures> => {
  const prompt = (i: number): Prompt => ({ form: 'raw', segments: [{ kind: 'text', text: `Cancel ${i}. ${text}` }] });
  const [reading, generating]: [number[], number[]] = [[], []];
  for (let i = 0; i < times; i += 1) {
    reading.push(await cancelOnce(model, prompt(i), false));
    generating.push(await cancelOnce(model, prompt(i), true));
  }
  return { reading: percentiles(reading), generating: percentiles(generating) };
};
