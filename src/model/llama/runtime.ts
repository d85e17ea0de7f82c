import type { Llama, LlamaLogLevel } from 'node-llama-cpp';
import { HypersceneError } from '../../errors.ts';
import { systemCode } from './system-code.ts';

/** What node-llama-cpp exports. */
export type LlamaRuntime = typeof import('node-llama-cpp');

/** The version that the package asks for as an optional peer; a test holds it to package.json. */
export const RUNTIME_VERSION = '3.22.1';

/**
 * Loads llama.cpp's binding when it is first needed: it takes 0.3 s and 30 MB, and most commands need no model. Nothing is
 * built or downloaded by it.
 * @throws HypersceneError MODEL_RUNTIME_MISSING, saying how it is installed
 */
export const loadLlamaRuntime = async (
  load: () => Promise<LlamaRuntime> = () => import('node-llama-cpp'),
): Promise<LlamaRuntime> => {
  try {
    return await load();
  } catch (cause) {
    throw runtimeMissing(cause);
  }
};

export interface OpenRuntime {
  readonly gpu: 'off' | 'auto' | 'cuda' | 'vulkan' | 'metal';
  /** At most; 0: as many as there are cores. */
  readonly threads?: number | undefined;
  /** What llama.cpp says, from warnings on; nothing is written to the console. */
  readonly onMessage?: ((level: LlamaLogLevel, message: string) => void) | undefined;
}

/**
 * Opens llama.cpp on what was asked for: its binaries as they were installed, which are tried in a process of their own first.
 * @throws HypersceneError MODEL_RUNTIME_MISSING, also where the machine has no such GPU or no driver for it
 */
export const openRuntime = async ({ gpu, threads = 0, onMessage }: OpenRuntime): Promise<Llama> => {
  const { getLlama } = await loadLlamaRuntime();
  try {
    return await getLlama({
      gpu: gpu === 'off' ? false : gpu,
      build: 'never',
      skipDownload: true,
      progressLogs: false,
      logger: onMessage ?? (() => undefined),
      ...(threads === 0 ? {} : { maxThreads: threads }),
    });
  } catch (cause) {
    throw new HypersceneError('MODEL_RUNTIME_MISSING', `language models cannot be run here with GPU ${gpu}`, {
      expected: EXPECTED[gpu],
      came: cause instanceof Error ? cause.message : String(cause),
      cause,
    });
  }
};

const CPU = 'binaries for this platform: Linux with glibc, macOS or Windows, on x64 or arm64';
const onGpu = (name: string): string =>
  `binaries for ${name} (in a checkout: npm run setup:gpu -- ${name}), a GPU and its driver; or HYPERSCENE_MODEL_GPU=off`;
const EXPECTED: Readonly<Record<OpenRuntime['gpu'], string>> = {
  off: CPU,
  auto: CPU,
  cuda: onGpu('cuda'),
  vulkan: onGpu('vulkan'),
  metal: "a Mac with Apple's own processor, or HYPERSCENE_MODEL_GPU=off",
};

const runtimeMissing = (cause: unknown): HypersceneError =>
  new HypersceneError('MODEL_RUNTIME_MISSING', 'language models cannot be run here', {
    expected: `the package node-llama-cpp ${RUNTIME_VERSION} beside this one: npm install node-llama-cpp@${RUNTIME_VERSION}`,
    came:
      systemCode(cause) === 'ERR_MODULE_NOT_FOUND' ? 'none' : cause instanceof Error ? cause.message : String(cause),
    cause,
  });
