import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ModelConfig } from '../config/model-config.ts';
import type { Config } from '../config.ts';
import { HypersceneError } from '../errors.ts';
import type { LanguageModel } from '../model/language-model.ts';
import type { ModelProgress, ResolvedModel } from '../model/llama/resolve-model.ts';
import { type ModelCompression, readCompression } from '../model/model-compression.ts';

/** The language model of an installation: opened when first asked for, loaded when first asked of. */
export interface ModelDoor {
  /** @throws HypersceneError MODEL_NOT_FOUND where none is set */
  open(): Promise<LanguageModel>;
  close(): Promise<void>;
}

/** Told while a model is fetched, and never where none is. */
export type OnModelProgress = (progress: ModelProgress) => void;

export const modelDoor = (config: Config, onProgress?: OnModelProgress): ModelDoor => {
  let opened: Promise<LanguageModel> | undefined;
  return {
    open: () => {
      opened ??= openModel(config, onProgress);
      return opened;
    },
    close: async () => {
      const model = await opened?.catch(() => undefined);
      await model?.close();
    },
  };
};

/** Adapters are loaded where they are asked for: most commands need no model. */
const openModel = async ({ model }: Config, onProgress: OnModelProgress | undefined): Promise<LanguageModel> => {
  const { server, context, timeout, queue: queueMax } = model;
  if (server !== null) {
    const { openOpenAi } = await import('../model/openai/open-openai.ts');
    return openOpenAi({ ...server, name: server.name ?? 'default', context, timeout, queueMax });
  }
  checkAddress(model.address);
  const { openLlama } = await import('../model/llama/open-llama.ts');
  const { removeLeftStateFolders } = await import('../model/llama/state-folder.ts');
  await removeLeftStateFolders(tmpdir());
  const { folder, gpu, slots, processes, threads, kv, packs } = model;
  return openLlama({
    find: async (signal) => (await findModel(model, { signal, onProgress })).path,
    packs,
    cache: join(folder, 'with-packs'),
    gpu,
    threads,
    context,
    slots,
    processes,
    kv: { key: kv, value: kv },
    memoryMax: model.memory,
    idle: model.idle,
    timeout,
    queueMax,
    prefixBytesMax: model.prefixes,
  });
};

export interface FindModel {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: OnModelProgress | undefined;
}

/**
 * The files of the model that is set, or of another address; fetched where they are not there yet. Nothing is loaded.
 * @throws HypersceneError MODEL_NOT_FOUND where none is set, and what {@link resolveModel} throws
 */
export const findModel = async (
  { address, folder, hub }: Pick<ModelConfig, 'address' | 'folder' | 'hub'>,
  { signal, onProgress }: FindModel,
): Promise<ResolvedModel> => {
  const { resolveModel } = await import('../model/llama/resolve-model.ts');
  return resolveModel(checkAddress(address), { folder, hub, signal, onProgress });
};

/** What the model that is set saves, of its header; null of a server's, which does not tell. @throws as {@link findModel} */
export const describeCompression = async (
  { model }: Config,
  options: FindModel,
): Promise<{ readonly path: string; readonly compression: ModelCompression } | null> => {
  if (model.server !== null) return null;
  const { path } = await findModel(model, options);
  const { context, slots, kv } = model;
  return { path, compression: await readCompression(path, { context, slots, kv, signal: options.signal }) };
};

const checkAddress = (address: string | null): string => {
  if (address !== null) return address;
  throw new HypersceneError('MODEL_NOT_FOUND', 'no language model is set', {
    expected: 'HYPERSCENE_MODEL, or HYPERSCENE_MODEL_URL for that of a server',
    came: 'neither',
  });
};
