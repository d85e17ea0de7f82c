import { testModel } from '../model/llama/test-model.ts';
import { LLAMA_SERVER } from '../model/openai/llama-server.ts';
import { fetchPackages, hasPackages } from '../python/python-packages.ts';
import { hasPythonPackages, pythonPackages } from '../python/run-python.ts';
import { redisProgram } from '../redis/redis-program.ts';
import { fetchServer } from './resolve-server.ts';
import { offerSharedServer } from './shared-server.ts';

// biome-ignore lint/style/noDefaultExport: jest reads nothing else
export default async () => {
  await fetchServer();
  // What goes wrong here is told by the tests that need it.
  if (!process.env.REDIS_URL) await redisProgram().catch(() => undefined);
  if (!(await hasPythonPackages())) {
    process.stderr.write('Fetching packages of Python for the tests, 100 MB, this once …\n');
    await pythonPackages().catch(() => undefined);
  }
  if (!(await hasPackages(LLAMA_SERVER))) {
    process.stderr.write("Fetching llama.cpp's server for the tests, 34 MB, this once …\n");
    await fetchPackages(LLAMA_SERVER).catch(() => undefined);
  }
  const say = () => process.stderr.write('Fetching the model for the tests, 93 MB, this once …\n');
  await testModel(say).catch(() => undefined);
  globalThis.sharedNeo4jServer = await offerSharedServer();
};
