import { join } from 'node:path';
import type { Config } from '../config.ts';

/** Where the keys of an installation are kept, whether there are any or not. */
export const keysFile = ({ access, dataDir }: Config): string => access.keysFile ?? join(dataDir, 'keys.json');
