import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openMetrics } from '../../src/telemetry/metrics.ts';
import { type Family, parseExposition } from './exposition.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/operations.md'), 'utf8');

/** With one of everything, so that every label shows. */
const families = async (): Promise<readonly Family[]> => {
  const metrics = openMetrics({ version: '0', storeKind: 'embedded' });
  metrics.request('/graphql', 'POST', 200, 1);
  metrics.operation('query', 'ok', 1);
  metrics.error('INTERNAL');
  metrics.storeCall('scenes', 'ok', 1);
  metrics.modelCall('reader', 'read', 'ok', 1);
  metrics.languageModelCall({
    operation: 'text_completion',
    provider: 'llama.cpp',
    error: 'CANCELLED',
    seconds: 1,
    firstChunk: 1,
    usage: { prompt: 1, cached: 1, generated: 1, waited: 1 },
  });
  metrics.watchLanguageModel(() => ({ processes: [], waiting: 0, restarts: 0 }));
  metrics.watchJobs(async () => ({ waiting: 1 }));
  const text = await metrics.text();
  metrics.close();
  return parseExposition(text);
};

test('the table of metrics is what the page has: names, types and labels', async () => {
  const rows = [...PAGE.matchAll(/^\| `((?:hyperscene|gen_ai)_\w+)` \| (\w+) \|([^|]*)\|/gmu)].map(
    ([, name, type, labels]) => ({
      name,
      type,
      labels: [...(labels ?? '').matchAll(/`(\w+)`/gu)].map(([, label]) => label),
    }),
  );
  const isOwn = (name: string): boolean => /^(?:hyperscene|gen_ai)_/u.test(name) && name !== 'hyperscene_jobs';
  const own = (await families()).filter(({ name }) => isOwn(name));
  const measured = own.map(({ name, type, samples }) => ({
    name,
    type: type as string,
    labels: Object.keys(samples[0]?.labels ?? {}).filter((label) => label !== 'le'),
  }));
  const byName = <T extends { readonly name: string | undefined }>(list: readonly T[]) =>
    list.toSorted((a, b) => ((a.name ?? '') < (b.name ?? '') ? -1 : 1));
  expect(byName(rows)).toEqual(byName(measured));
});

test('the alerts ask for series that there are', async () => {
  const series = new Set(
    (await families()).flatMap(({ name, samples }) => [name, ...samples.map((sample) => sample.name)]),
  );
  const asked = [...PAGE.matchAll(/\b(?:hyperscene|nodejs|process|gen_ai_client)_\w+/gu)].map(([name]) => name);
  expect(asked.length).toBeGreaterThan(20);
  for (const name of asked) expect([name, series.has(name)]).toEqual([name, true]);
});
