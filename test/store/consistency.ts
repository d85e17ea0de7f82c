import type { CorpusName } from '../../src/scene/name.ts';
import type { GraphStore, StoredScene } from '../../src/store/graph-store.ts';
import { allItems } from '../conformance/all-pages.ts';

/** What does not hold in a store, in words: its counts against what is there, and nothing by halves. Empty when all is well. */
export const inconsistencies = async (store: GraphStore): Promise<readonly string[]> => {
  const found: string[] = [];
  const expectSame = (what: string, came: unknown, expected: unknown): void => {
    if (JSON.stringify(came) !== JSON.stringify(expected))
      found.push(`${what}: ${JSON.stringify(came)}, not ${JSON.stringify(expected)}`);
  };
  const counts = new Map<number, number>();
  for (const { name, ...record } of await allItems((page) => store.corpora(page))) {
    const scenes = await allItems((page) => store.scenes({ corpus: name }, page), 1000);
    const couplings = await allItems((page) => store.couplings(name, page), 1000);
    const occurrences = await allItems((page) => store.occurrences({ corpus: name }, page), 1000);
    expectSame(`scenes of ${name}`, record.scenes, scenes.length);
    expectSame(`couplings of ${name}`, record.couplings, couplings.length);
    const waiting = await store.uncoupledScenes(name, 1000);
    expectSame(`uncoupled scenes of ${name}`, Math.min(1000, record.uncoupled), waiting.length);
    for (const { code } of occurrences) counts.set(code, (counts.get(code) ?? 0) + 1);
    const ids = new Set(scenes.map(({ id }) => id));
    const strays = [...couplings.flatMap(({ a, b }) => [a, b]), ...occurrences.flatMap((one) => one.scenes)];
    expectSame(
      `scenes that ${name} names and lacks`,
      strays.filter((id) => !ids.has(id)),
      [],
    );
    const level1 = await allItems((page) => store.occurrences({ corpus: name, level: 1 }, page), 1000);
    expectSame(`scenes of level 1 of ${name}`, level1.flatMap((one) => one.scenes).length, scenes.length);
    found.push(...(await documentFaults(store, name, scenes)));
  }
  for (const { code, occurrences } of await allItems((page) => store.hypertokens({}, page), 1000))
    expectSame(`occurrences of Δ${code}`, occurrences, counts.get(code) ?? 0);
  return found;
};

const documentFaults = async (
  store: GraphStore,
  corpus: CorpusName,
  scenes: readonly StoredScene[],
): Promise<readonly string[]> => {
  const faults: string[] = [];
  const byDocument = Map.groupBy(scenes, ({ document }) => document);
  for (const document of await allItems((page) => store.documents(corpus, page), 1000)) {
    let text = '';
    for await (const chunk of store.documentText(document.id)) text += chunk;
    const own = byDocument.get(document.id) ?? [];
    const whole =
      text.length === document.length &&
      own.length === document.scenes &&
      own.every((scene, i) => scene.position === i && text.slice(scene.start, scene.end) === scene.text);
    if (!whole)
      faults.push(
        `${document.name} is not whole: ${own.length} of ${document.scenes} scenes, ${text.length} of ${document.length}`,
      );
  }
  return faults;
};
