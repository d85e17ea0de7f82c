import { longStory, story } from '../api/sketches.ts';
import { sketchDocument } from '../arbitrary/corpus.ts';
import { serve, type TestServer } from './serve.ts';

let server: TestServer;

beforeEach(async () => {
  server = await serve();
});

afterEach(() => server.close());

const page = async (path = '/', headers: Record<string, string> = {}): Promise<string> => {
  const response = await fetch(server.url + path, { headers });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  return response.text();
};

test('the page shows corpora with counts and their first scenes', async () => {
  for (const lang of ['ru', 'en'] as const) await server.api.write(story(lang));
  const russian = await page('/?lang=ru');
  for (const shown of [
    'сказки',
    'tales',
    'Вронский стоял у двери.',
    'John stood at the door.',
    'порогсдерживание',
    'Δ1',
  ])
    expect(russian).toContain(shown);
  const english = await page('/?lang=en');
  for (const shown of ['сказки', 'tales', 'Вронский стоял у двери.', 'John stood at the door.', 'thresholdrestraint'])
    expect(english).toContain(shown);
});

test('the language is the one asked for, else the browser’s, else English', async () => {
  const lang = async (path: string, accept?: string) =>
    /<html lang="(\w+)">/u.exec(await page(path, accept === undefined ? {} : { 'accept-language': accept }))?.[1];
  expect(await lang('/?lang=ru', 'en')).toBe('ru');
  expect(await lang('/?lang=en', 'ru')).toBe('en');
  expect(await lang('/', 'ru-RU,ru;q=0.9,en;q=0.8')).toBe('ru');
  expect(await lang('/', 'en-GB,ru;q=0.5')).toBe('en');
  expect(await lang('/', 'de,fr;q=0.5')).toBe('en');
  expect(await lang('/?lang=xx&lang=ru')).toBe('en');
  expect(await lang('/')).toBe('en');
});

test('texts, agents and names are data: no markup of theirs reaches the page', async () => {
  const evil = `<script>alert(1)</script><img src=x onerror="alert(2)">`;
  const text = `Он сказал: ${evil} & ушёл.`;
  const corpus = `"><script>alert('corpus')</script>`;
  await server.api.write(sketchDocument(corpus, evil, [{ text, agent: evil, context: [evil] }]));
  for (const path of ['/?lang=ru', '/?lang=en']) {
    const markup = await page(path, { 'accept-language': '"><script>' });
    const scripts = markup.match(/<script[^>]*>/gu);
    expect(scripts).toEqual(['<script src="/assets/start.js" defer>']);
    expect(markup).not.toMatch(/<img|onerror="/u);
    expect(markup).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(markup).toContain('&quot;&gt;&lt;script&gt;');
  }
});

test('a host header that is none does not reach the page', async () => {
  const { request } = await import('node:http');
  const markup = await new Promise<string>((resolve, reject) => {
    const client = request(server.url, { headers: { host: 'a"><script>' } }, async (response) => {
      let body = '';
      for await (const chunk of response) body += chunk;
      resolve(body);
    });
    client.on('error', reject);
    client.end();
  });
  expect(markup).not.toContain('a"><script>');
});

test('nothing on the page comes from elsewhere or stands inline', async () => {
  await server.api.write(story('ru'));
  const markup = await page();
  expect(markup).not.toMatch(/(?:src|href)="(?!\/assets\/|\?lang=)/u);
  expect(markup).not.toMatch(/<style|\sstyle=|\son\w+=/u);
  for (const [, asset] of markup.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/gu)) {
    const response = await fetch(server.url + asset);
    expect([asset, response.status]).toEqual([asset, 200]);
    expect(await response.text()).not.toMatch(/https?:\/\/(?!www\.w3\.org\/2000\/svg)/u);
  }
});

test('an empty store says how to begin', async () => {
  const markup = await page('/?lang=ru');
  expect(markup).toContain('ещё нет ни одного корпуса');
  expect(markup).toContain('readText');
});

test('every example on the page is a query that the API answers', async () => {
  for (const lang of ['ru', 'en'] as const) await server.api.write(story(lang));
  for (const path of ['/?lang=ru', '/?lang=en']) {
    const markup = await page(path);
    const queries = [...markup.matchAll(/data-query="([^"]*)"/gu)].map(([, query = '']) =>
      query.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&'),
    );
    expect(queries.length).toBeGreaterThanOrEqual(6);
    for (const query of queries.filter((each) => !each.includes('readText')))
      expect(await (await server.post(query)).json()).not.toHaveProperty('errors');
  }
});

test('of many corpora ten are shown, by two queries however many there are', async () => {
  for (let i = 0; i < 12; i += 1) await server.api.write(longStory(`повесть ${i}`, 'one', 9, 'ru'));
  const markup = await page('/?lang=ru');
  expect(markup.match(/<table class="scenes">/gu)).toHaveLength(10);
  expect(markup).toContain('Корпусов больше');
});

test('a store that does not answer leaves a page that says so', async () => {
  await server.api.database.close();
  const response = await fetch(`${server.url}/?lang=en`);
  expect(await response.text()).toContain('The store does not answer');
});
