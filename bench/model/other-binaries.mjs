// Loaded into a model's process: another copy of the package is taken for node-llama-cpp's binaries.
import { registerHooks } from 'node:module';

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === '@node-llama-cpp/linux-x64'
      ? { url: process.env['BENCH_LLAMA_BINARIES'], format: 'module', shortCircuit: true }
      : next(specifier, context),
});
