/** `hyperscene serve` on an embedded graph, in a process of its own: forked by `child.ts`, with the data folder as its argument. */

import { readConfig } from '../../src/config.ts';
import { serve } from '../../src/main/serve.ts';
import { openApplication } from '../../src/main.ts';
import { answerParent } from './answer-parent.ts';

const [dataDir = ''] = process.argv.slice(2);
const application = await openApplication(readConfig(process.env, { dataDir, host: '127.0.0.1', port: '0' }));
const server = await serve(application);

answerParent({
  url: server.url,
  statements: () => application.store.statistics(),
  close: async () => {
    await server.close();
    await application.close();
  },
});
