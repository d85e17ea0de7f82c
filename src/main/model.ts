import { join } from 'node:path';
import type { Config } from '../config.ts';
import { HypersceneError } from '../errors.ts';
import type { LanguageModel } from '../model/language-model.ts';

/** The language model of an installation: opened when first asked for, loaded when first asked of. */
export interface ModelDoor {
  /** @throws HypersceneError MODEL_NOT_FOUND where none is set */
  open(): Promise<LanguageModel>;
  close(): Promise<void>;
}

export const modelDoor = (config: Config): ModelDoor => {
  let opened: Promise<LanguageModel> | undefined;
  return {
    open: () => {
      opened ??= openModel(config);
      return opened;
    },
    close: async () => {
      const model = await opened?.catch(() => undefined);
      await model?.close();
    },
  };
};

/** Adapters are loaded where they are asked for: most commands need no model. */
const openModel = async ({ model }: Config): Promise<LanguageModel> => {
  const { server, context, timeout, queue: queueMax } = model;
  if (server !== null) {
    const { openOpenAi } = await import('../model/openai/open-openai.ts');
    return openOpenAi({ ...server, name: server.name ?? 'default', context, timeout, queueMax });
  }
  const { address } = model;
  if (address === null)
    throw new HypersceneError('MODEL_NOT_FOUND', 'no language model is set', {
      expected: 'HYPERSCENE_MODEL, or HYPERSCENE_MODEL_URL for that of a server',
      came: 'neither',
    });
  const [{ openLlama }, { resolveModel }] = await Promise.all([
    import('../model/llama/open-llama.ts'),
    import('../model/llama/resolve-model.ts'),
  ]);
  const { folder, hub, gpu, slots, processes, threads, kv, packs } = model;
  return openLlama({
    find: async (signal) => (await resolveModel(address, { folder, hub, signal })).path,
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
