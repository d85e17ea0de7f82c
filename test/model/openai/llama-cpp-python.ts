import { join } from 'node:path';
import { fetchPackages, type PackageSet } from '../../python/python-packages.ts';
import { testModel } from '../llama/test-model.ts';
import { type PythonServer, startPythonServer } from './python-server.ts';

/** Built from source, which wants a C++ compiler and CMake and takes long: 34 minutes on one core of a busy machine. */
const LLAMA_CPP_PYTHON: PackageSet = {
  requirements: join(import.meta.dirname, 'llama-cpp-python-requirements.txt'),
  name: 'python-model',
  options: ['--only-binary', ':all:', '--no-binary', 'llama-cpp-python'],
  // For any machine of the architecture, since the folder may be carried from one to another.
  environment: { CMAKE_ARGS: '-DGGML_NATIVE=OFF -DLLAVA_BUILD=OFF', CMAKE_BUILD_PARALLEL_LEVEL: '2' },
  needed: 'The tests against llama-cpp-python build it: install Python 3.11 or later with pip, g++ and CMake.',
  timeout: 7_200_000,
};

export interface LlamaCppPythonOptions {
  readonly key: string;
  readonly context: number;
  readonly task: 'generate' | 'embed';
  /** Whether the model is made to put its mark of the beginning before a text. */
  readonly beginning: 'mark' | 'bare';
}

export const startLlamaCppPython = async (options: LlamaCppPythonOptions): Promise<PythonServer> => {
  const { key, context, task, beginning } = options;
  const packages = await fetchPackages(LLAMA_CPP_PYTHON);
  const program = join(import.meta.dirname, 'llama_cpp_python_server.py');
  return startPythonServer({
    packages,
    arguments: [program, await testModel(), `${context}`, key, task, beginning],
    listening: /running on (http:\/\/127\.0\.0\.1:\d+)/u,
  });
};
