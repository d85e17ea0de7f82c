import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EXPERTS, EXPERTS_USED, tinyGguf } from '../gguf/tiny-gguf.ts';
import { CALL, completed, GREEDY, modelFolders, openTestModel, raw } from './llama-model.ts';

test('a mixture of experts is told by all and used ones, and speaks', async () => {
  const folders = await modelFolders();
  const path = join(folders.cache, 'mixture.gguf');
  await mkdir(folders.cache);
  await writeFile(path, tinyGguf({ kind: 'mixture', seed: 1 }));
  const model = openTestModel(folders, { find: async () => path });
  try {
    const { experts, parameters, activeParameters } = await model.describe();
    expect(experts).toEqual({ all: EXPERTS, used: EXPERTS_USED });
    expect(activeParameters).toBeLessThan(parameters ?? 0);
    const { end } = await completed(model.complete(raw('он стоял'), { ...GREEDY, tokensMax: 4 }, CALL));
    expect(end.usage.prompt).toBeGreaterThan(1);
    expect(end.usage.generated).toBeGreaterThan(0);
  } finally {
    await model.close();
    await folders.remove();
  }
});
