// biome-ignore lint/style/noDefaultExport: jest reads nothing else
export default () => globalThis.sharedNeo4jServer?.stop();
