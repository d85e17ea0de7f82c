import { fetchServer } from './resolve-server.ts';
import { offerSharedServer } from './shared-server.ts';

// biome-ignore lint/style/noDefaultExport: jest reads nothing else
export default async () => {
  await fetchServer();
  globalThis.sharedNeo4jServer = await offerSharedServer();
};
