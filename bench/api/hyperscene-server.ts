/** `hyperscene serve` on an embedded graph, in a process of its own: forked by `child.ts`, with the data folder as its argument. */

import { createHash } from 'node:crypto';
import { readConfig } from '../../src/config.ts';
import { serve } from '../../src/main/serve.ts';
import { openApplication } from '../../src/main.ts';
import { corpusName, documentName, workspaceName } from '../../src/scene/name.ts';
import { answerParent } from './answer-parent.ts';

const [dataDir = ''] = process.argv.slice(2);
const application = await openApplication(readConfig(process.env, { dataDir, host: '127.0.0.1', port: '0' }));
const server = await serve(application);

let writes = 0;

/** A write, in a workspace that nobody asks for. */
const forget = async (): Promise<void> => {
  const text = String(writes++);
  async function* parts() {
    yield { type: 'text' as const, text };
  }
  const sha256 = createHash('sha256').update(text).digest('hex');
  const [corpus, name] = [corpusName('beside'), documentName('beside')];
  const beside = application.database.workspace(workspaceName('beside'));
  await beside.writeDocument({ corpus, name, lang: 'en', sha256, bytes: text.length }, parts());
};

answerParent({
  forget,
  url: server.url,
  statements: () => application.store.statistics(),
  close: async () => {
    await server.close();
    await application.close();
  },
});
