import type { LanguageModel, Prompt } from '../../src/model/language-model.ts';
import { median } from '../store/figures.ts';

/** Requests that are asked together, and what came of it. */
export interface ThroughputFigures {
  readonly side: string;
  readonly together: number;
  /** Tokens made in a second by all of them; the median of the rounds. */
  readonly tokensASecond: number;
  /** ms until the last was done. */
  readonly time: number;
}

const TOKENS = 48;
const OPTIONS = { tokensMax: TOKENS, temperature: 0, topK: 0, topP: 1, minP: 0, stop: [] };

const drain = async (model: LanguageModel, prompt: Prompt, client: string): Promise<number> => {
  let generated = 0;
  for await (const piece of model.complete(prompt, OPTIONS, {
    client,
    workspace: 'bench',
    pack: null,
    reproducible: false,
  }))
    if (piece.kind === 'end') generated = piece.usage.generated;
  return generated;
};

/** Prompts have no beginning in common, so that no side has read it before. */
const promptOf = (text: string, i: number, round: string): Prompt => ({
  form: 'raw',
  segments: [{ kind: 'text', text: `${round} ${i}. ${text}` }],
});

/** The sides take turns within a round. */
export const measureThroughput = async (
  sides: ReadonlyMap<string, LanguageModel>,
  { text, together, rounds }: { readonly text: string; readonly together: number; readonly rounds: number },
): Promise<readonly ThroughputFigures[]> => {
  const times = new Map<string, { readonly time: number; readonly rate: number }[]>();
  for (let round = 0; round < rounds; round += 1)
    for (const [side, model] of sides) {
      const started = performance.now();
      const all = await Promise.all(
        Array.from({ length: together }, (_, i) =>
          drain(model, promptOf(text, i, `Round ${round} of ${together}, part`), `client ${i}`),
        ),
      );
      const time = performance.now() - started;
      const generated = all.reduce((sum, count) => sum + count, 0);
      times.set(side, [...(times.get(side) ?? []), { time, rate: (1000 * generated) / time }]);
    }
  return [...times].map(([side, runs]) => ({
    side,
    together,
    tokensASecond: median(runs.map(({ rate }) => rate)),
    time: median(runs.map(({ time }) => time)),
  }));
};
