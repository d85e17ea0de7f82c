import { offerSharedServer } from './shared-server.ts';

// biome-ignore lint/style/noDefaultExport: jest reads nothing else
export default async () => {
  globalThis.sharedNeo4jServer = await offerSharedServer();
};
