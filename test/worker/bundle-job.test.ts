import { STANDINGS_SHOWN } from '../../src/collapse/bundle.ts';
import type { Occurrence } from '../../src/scene/hypertoken.ts';
import { code } from '../../src/scene/hypertoken.ts';
import { expandOccurrence } from '../../src/store/expand.ts';
import { pagesOf } from '../../src/store/pages.ts';
import { BUNDLE_SCENES_MAX, bundleOccurrence } from '../../src/worker/bundle-job.ts';
import { type OpenStories, openStories } from './open-stories.ts';

let stories: OpenStories;
let occurrences: readonly Occurrence[];

beforeAll(async () => {
  stories = await openStories();
  const { store, corpus } = stories;
  occurrences = (await Array.fromAsync(pagesOf((request) => store.occurrences({ corpus }, request), undefined))).flat();
});

afterAll(() => stories.close());

const tell = (ref: Occurrence, scenesMax?: number, signal?: AbortSignal) =>
  bundleOccurrence({ store: stories.store, signal }, { ref, scenesMax });

it('tells the whole corpus by all of its scenes, Russian and English', async () => {
  const whole = occurrences.find(({ size }) => size === stories.scenes.length) as Occurrence;
  const { bundle, truncated, summary } = await tell(whole);
  expect(truncated).toBe(false);
  expect(bundle).toMatchObject({ scenes: stories.scenes.length, documents: 2, coherence: 1 });
  expect(bundle.agents).toHaveLength(STANDINGS_SHOWN);
  for (const { key, scenes } of bundle.agents)
    expect(scenes).toBe(stories.scenes.filter(({ agent }) => agent?.entity === key).length);
  expect(new Set(bundle.spans.map(({ documentName }) => documentName)).size).toBe(2);
  expect(summary.map(({ id }) => id)).toEqual(bundle.summary.scenes);
  expect(summary).toHaveLength(3);
});

it('tells every level by exactly what expands from it', async () => {
  const some = [0, 1, 2, 3].flatMap((level) => occurrences.filter((one) => one.level === level).slice(0, 5));
  expect(new Set(some.map(({ level }) => level)).size).toBe(4);
  for (const occurrence of some) {
    const { bundle, truncated } = await tell(occurrence);
    const { scenes, couplings } = await expandOccurrence(stories.store, occurrence);
    expect(truncated).toBe(false);
    expect(bundle.scenes).toBe(occurrence.size);
    expect(bundle.coupled).toBe(new Set(couplings.flatMap(({ a, b }) => [a, b])).size);
    if (scenes.hasNextPage) continue;
    const ids = scenes.items.map(({ item }) => item.id);
    for (const id of bundle.summary.scenes) expect(ids).toContain(id);
  }
});

it('says when it did not read all', async () => {
  const large = occurrences.find(({ size }) => size > 20) as Occurrence;
  const { bundle, truncated } = await tell(large, 20);
  expect([bundle.scenes, truncated]).toEqual([20, true]);
});

it('refuses what is not there, a number out of range, and work that was cancelled', async () => {
  const [one] = occurrences as readonly [Occurrence];
  await expect(tell({ ...one, code: code(999_999) })).rejects.toMatchObject({ code: 'OCCURRENCE_NOT_FOUND' });
  for (const scenesMax of [0, 1.5, BUNDLE_SCENES_MAX + 1])
    await expect(tell(one, scenesMax)).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
  const large = occurrences.find(({ size }) => size > 20) as Occurrence;
  await expect(tell(large, 20, AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' });
});
