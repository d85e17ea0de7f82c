import { cp } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The build of ggml that knows AVX2, FMA and F16C and nothing newer, like what is compiled for any x64 machine of today. */
const AVX2 = 'libggml-cpu-haswell.so';
const BINARIES = join(import.meta.dirname, '../../node_modules/@node-llama-cpp/linux-x64');

/** node-llama-cpp chooses among builds for processors where it is on Linux on x64. */
export const hasBuilds = process.platform === 'linux' && process.arch === 'x64';

/**
 * While `start` runs, processes of models begin with llama.cpp's AVX2 build whatever the processor knows: beside a peer that is compiled for
 * AVX2, what is left of the difference is not the compiler's.
 */
export const withAvx2 = async <Result>(folder: string, start: () => Promise<Result>): Promise<Result> => {
  await cp(BINARIES, folder, {
    recursive: true,
    filter: (file) => !basename(file).startsWith('libggml-cpu-') || basename(file) === AVX2,
  });
  const hook = pathToFileURL(join(import.meta.dirname, 'other-binaries.mjs')).href;
  const before = process.env['NODE_OPTIONS'];
  process.env['BENCH_LLAMA_BINARIES'] = pathToFileURL(join(folder, 'dist/index.js')).href;
  process.env['NODE_OPTIONS'] = `${before ?? ''} --import=${hook}`;
  try {
    return await start();
  } finally {
    delete process.env['BENCH_LLAMA_BINARIES'];
    if (before === undefined) delete process.env['NODE_OPTIONS'];
    else process.env['NODE_OPTIONS'] = before;
  }
};
