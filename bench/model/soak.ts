import { readFile } from 'node:fs/promises';
import type { LanguageModel, Prompt } from '../../src/model/language-model.ts';
import { tell } from '../report.ts';

/** A minute of the soak. */
export interface SoakMinute {
  readonly minute: number;
  readonly requests: number;
  readonly cancelled: number;
  /** Bytes resident of the model's process at its end. */
  readonly resident: number;
}

const CLIENTS = 4;
const MINUTE = 60_000;
const OPTIONS = { tokensMax: 24, temperature: 0.8, topK: 40, topP: 0.95, minP: 0.05, stop: [] };

const residentOf = async (model: LanguageModel): Promise<number> => {
  const pid = model.status().processes[0]?.pid;
  if (typeof pid !== 'number') return 0;
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return 1024 * Number(/^VmRSS:\s+(\d+)/mu.exec(status)?.[1] ?? 0);
};

/** Clients that ask without a pause: every third goes on from what others ask too, every fifth is left after its first piece. */
export const soak = async (model: LanguageModel, text: string, minutes: number): Promise<readonly SoakMinute[]> => {
  const told: SoakMinute[] = [];
  let [requests, cancelled, count] = [0, 0, 0];
  const end = Date.now() + minutes * MINUTE;
  const ask = async (client: number): Promise<void> => {
    while (Date.now() < end) {
      const n = count++;
      const own = n % 3 === 0 ? text : `${n}. ${text.slice(0, 200 + (n % 7) * 100)}`;
      const prompt: Prompt = { form: 'raw', segments: [{ kind: 'text', text: `${own} ${n}` }] };
      requests += 1;
      for await (const _ of model.complete(prompt, OPTIONS, {
        client: `${client}`,
        workspace: 'bench',
        pack: null,
        reproducible: false,
      }))
        if (n % 5 === 0) {
          cancelled += 1;
          break;
        }
    }
  };
  const clients = Promise.all(Array.from({ length: CLIENTS }, (_, i) => ask(i)));
  for (let minute = 1; minute <= minutes; minute += 1) {
    await new Promise((resolve) => setTimeout(resolve, MINUTE));
    const figures = { minute, requests, cancelled, resident: await residentOf(model) };
    tell(`soak: minute ${minute}, ${requests} requests, ${Math.round(figures.resident / 2 ** 20)} MiB`);
    told.push(figures);
  }
  await clients;
  return told;
};
