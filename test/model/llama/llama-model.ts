import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  CompleteOptions,
  CompletionEnd,
  CompletionPiece,
  LanguageModel,
  ModelCall,
  Prompt,
} from '../../../src/model/language-model.ts';
import { type LlamaOptions, openLlama } from '../../../src/model/llama/open-llama.ts';
import type { RowKey } from '../../../src/model/row-key.ts';
import { testModel } from './test-model.ts';

/** A folder for packs and one for files that hold them. */
export const modelFolders = async (): Promise<{
  readonly packs: string;
  readonly cache: string;
  readonly remove: () => Promise<void>;
}> => {
  const folder = await mkdtemp(join(tmpdir(), 'hyperscene-models-'));
  return {
    packs: join(folder, 'packs'),
    cache: join(folder, 'cache'),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
};

/** The real model, small enough to run beside another test. */
export const openTestModel = (
  folders: { readonly packs: string; readonly cache: string },
  options: Partial<LlamaOptions> = {},
): LanguageModel =>
  openLlama({
    find: () => testModel(),
    ...folders,
    gpu: 'off',
    // Threads of llama.cpp wait for each other by spinning, and the cores are shared with other tests.
    threads: 1,
    context: 512,
    slots: 2,
    processes: 1,
    kv: { key: 'f16', value: 'f16' },
    memoryMax: 4 * 2 ** 30,
    idle: 600_000,
    timeout: 600_000,
    queueMax: 64,
    prefixBytesMax: 2 ** 26,
    ...options,
  });

export const CALL: ModelCall = { client: 'test', workspace: 'test', pack: null, reproducible: false };
export const GREEDY: CompleteOptions = { tokensMax: 16, temperature: 0, topK: 0, topP: 1, minP: 0, stop: [] };

export const raw = (...parts: readonly (string | { readonly row: RowKey })[]): Prompt => ({
  form: 'raw',
  segments: parts.map((part) =>
    typeof part === 'string' ? { kind: 'text', text: part } : { kind: 'row', row: part.row },
  ),
});

/** All pieces of a completion, its text and how it ended. */
export const completed = async (
  pieces: AsyncIterable<CompletionPiece>,
): Promise<{ readonly text: string; readonly rows: readonly RowKey[]; readonly end: CompletionEnd }> => {
  let text = '';
  const rows: RowKey[] = [];
  let end: CompletionEnd | undefined;
  for await (const piece of pieces) {
    if (end !== undefined) throw new Error('a piece came after the end');
    if (piece.kind === 'text') text += piece.text;
    else if (piece.kind === 'row') rows.push(piece.row);
    else end = piece;
  }
  if (end === undefined) throw new Error('no end came');
  return { text, rows, end };
};
