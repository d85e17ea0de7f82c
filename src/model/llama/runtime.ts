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

const runtimeMissing = (cause: unknown): HypersceneError =>
  new HypersceneError('MODEL_RUNTIME_MISSING', 'language models cannot be run here', {
    expected: `the package node-llama-cpp ${RUNTIME_VERSION} beside this one: npm install node-llama-cpp@${RUNTIME_VERSION}`,
    came:
      systemCode(cause) === 'ERR_MODULE_NOT_FOUND' ? 'none' : cause instanceof Error ? cause.message : String(cause),
    cause,
  });
