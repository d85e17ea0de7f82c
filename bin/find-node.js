import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Node 24 is the first long-term release that runs TypeScript sources as they are. */
export const NODE_MAJOR_MIN = 24;

const majorOf = (version) => Number.parseInt(version.replace(/^v/u, ''), 10);

export const isNewEnough = (version) => majorOf(version) >= NODE_MAJOR_MIN;

/** The `node` dependency's binary, or null where its install script did not run. */
const dependencyNode = () => {
  const require = createRequire(import.meta.url);
  let manifest;
  try {
    manifest = require.resolve('node/package.json');
  } catch {
    return null;
  }
  const { bin, version } = JSON.parse(readFileSync(manifest, 'utf8'));
  const binary = join(dirname(manifest), bin.node);
  return isNewEnough(version) && existsSync(binary) ? binary : null;
};

/**
 * Path of a Node that runs this program: the running one where it is new enough, else the `node` dependency's.
 * @returns {string | null}
 */
export const findNode = () => (isNewEnough(process.version) ? process.execPath : dependencyNode());

export const NODE_MISSING = [
  `Node ${NODE_MAJOR_MIN} or newer is needed; this is ${process.version}, and the copy that npm installs with the program is not there.`,
  'Do one of these:',
  `  install Node ${NODE_MAJOR_MIN} or newer, or`,
  '  let npm run the install script of the package "node": put "allowScripts": { "node": true } into the package.json',
  '  of the folder where you installed, then run: npm rebuild node',
].join('\n');
