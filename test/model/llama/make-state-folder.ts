import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeStateFolder } from '../../../src/model/llama/state-folder.ts';

/** A program that makes a folder of states in the one it is told, says which, and waits to be killed. */
const folder = makeStateFolder(process.argv[2] ?? '');
mkdirSync(join(folder, '0'));
writeFileSync(join(folder, '0', '0.state'), 'a state');
process.send?.(folder);
setInterval(() => undefined, 1000);
