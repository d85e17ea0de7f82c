import { createServer } from 'node:net';
import { jsonLines, makeFolder, type RunningCli, removeFolder, runCli, startCli } from './run-cli.ts';

const data = makeFolder();
afterAll(() => removeFolder(data));

const urlOf = async (server: RunningCli): Promise<string> => {
  const [first] = jsonLines<{ readonly url: string }>(await server.seen('stdout', '\n'));
  return first?.url ?? '';
};

const query = async (url: string, text: string): Promise<unknown> => {
  const response = await fetch(new URL('/graphql', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: text }),
  });
  return response.json();
};

describe('start', () => {
  it('reads a Russian and an English story, collapses them and serves them, until it is stopped', async () => {
    const server = startCli(['start', '--port', '0', '--json'], { data });
    const url = await urlOf(server);
    const answer = await query(url, '{ corpora { nodes { name documentCount sceneCount couplingCount } } }');
    expect(answer).toMatchObject({ data: { corpora: { nodes: [{ name: 'stories', documentCount: 2 }] } } });
    const page = await fetch(url);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(await page.text()).toContain('stories');
    server.child.kill('SIGINT');
    const { status, stderr } = await server.done;
    expect(status).toBe(0);
    expect(stderr).toMatch(/tolstoy-rabotnik-emelyan\.txt: ru, version 1/u);
    expect(stderr).toMatch(/poe-masque-of-the-red-death\.txt: en, version 1/u);
  });

  it('reads nothing anew the second time', async () => {
    const server = startCli(['start', '--port', '0', '--json'], { data });
    await urlOf(server);
    server.child.kill('SIGTERM');
    const { status, stderr } = await server.done;
    expect(status).toBe(0);
    expect(stderr.match(/unchanged/gu)).toHaveLength(2);
    expect(stderr).not.toContain('collapsed into');
  });
});

describe('serve', () => {
  it('says clearly that its port is taken', async () => {
    const other = createServer();
    const port = await new Promise<number>((resolve) => {
      other.listen(0, '127.0.0.1', () => resolve((other.address() as { readonly port: number }).port));
    });
    const { status, stdout, stderr } = await runCli(['serve', '--port', String(port)], { data });
    other.close();
    expect([status, stdout]).toEqual([69, '']);
    expect(stderr).toMatch(new RegExp(`^error PORT_IN_USE: .*${port}`, 'mu'));
  });

  it('says clearly that an address is none of this machine', async () => {
    const { status, stderr } = await runCli(['serve', '--port', '0', '--host', '192.0.2.1'], { data });
    expect(status).toBe(78);
    expect(stderr).toMatch(/^error BAD_CONFIG: .*192\.0\.2\.1/mu);
  });
});
