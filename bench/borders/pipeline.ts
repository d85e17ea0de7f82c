import { type CouplingGraph, CouplingGraphBuilder } from '../../src/collapse/coupling-graph.ts';
import { nothingStanding } from '../../src/collapse/standing-collapse.ts';
import type { Reader } from '../../src/reading/reader.ts';
import { corpusName, DEFAULT_WORKSPACE, documentName } from '../../src/scene/name.ts';
import { openMemoryStore } from '../../src/store/memory/open-memory-store.ts';
import { pagesOf } from '../../src/store/pages.ts';
import { collapse } from '../../src/worker/compute.ts';
import type { ComputePool } from '../../src/worker/compute-pool.ts';
import { readIntoCorpus } from '../../src/worker/read-job.ts';
import type { GoldDocument } from './documents.ts';

/** A document as Hyperscene made it, a corpus of its own. Scenes are numbered in the order of the text. */
export interface ReadDocument extends Pick<GoldDocument, 'kind' | 'name' | 'lang'> {
  readonly scenes: number;
  readonly graph: CouplingGraph;
  /** Scenes that a block begins with, but the first: where all methods may put a border. */
  readonly gaps: readonly number[];
  /** By gap: the block that begins there. */
  readonly blockOf: readonly number[];
  /** By scene: its gap's place in `gaps` + 1, 0 before the first. */
  readonly unitOf: Int32Array;
  /** Scenes that a true section begins with, but the first; of `gaps`. */
  readonly gold: readonly number[];
  /** The highest level is one community. */
  readonly levels: readonly Int32Array[];
}

const CORPUS = corpusName('borders');

export const readGold = async (
  { reader, compute }: { readonly reader: Reader; readonly compute: ComputePool },
  { kind, name, lang, blocks, sections }: GoldDocument,
): Promise<ReadDocument> => {
  const database = openMemoryStore();
  const store = database.workspace(DEFAULT_WORKSPACE);
  const text = blocks.join('\n\n');
  await readIntoCorpus(
    { store, reader, compute },
    { corpus: CORPUS, name: documentName(`${name}.txt`), source: { text }, lang },
  );
  const builder = new CouplingGraphBuilder();
  const starts: number[] = [];
  for await (const page of pagesOf((request) => store.scenes({ corpus: CORPUS }, request), undefined)) {
    builder.addScenes(page.map((scene) => ({ ...scene, agent: scene.agent?.entity ?? null })));
    for (const { start } of page) starts.push(start);
  }
  for await (const page of pagesOf((request) => store.couplings(CORPUS, request), undefined))
    builder.addCouplings(page);
  await database.close();
  const graph = builder.build();
  return {
    kind,
    name,
    lang,
    scenes: starts.length,
    graph,
    ...gapsOf(starts, blocks, sections),
    levels: levelsOf(graph),
  };
};

const gapsOf = (starts: readonly number[], blocks: readonly string[], sections: readonly number[]) => {
  const gaps: number[] = [];
  const blockOf: number[] = [];
  const unitOf = new Int32Array(starts.length);
  const firstOf = new Map<number, number>();
  let [block, offset] = [0, 0];
  for (const [scene, start] of starts.entries()) {
    const before = block;
    while (block < blocks.length - 1 && start >= offset + (blocks[block] ?? '').length + 2)
      offset += (blocks[block++] ?? '').length + 2;
    if (block !== before && scene > 0) {
      gaps.push(scene);
      blockOf.push(block);
    }
    // A block without a scene begins where the next one does.
    for (let passed = scene === 0 ? 0 : before + 1; passed <= block; passed += 1) firstOf.set(passed, scene);
    unitOf[scene] = gaps.length;
  }
  const gold = new Set(sections.map((first) => firstOf.get(first) ?? 0));
  gold.delete(0);
  return { gaps, blockOf, unitOf, gold: [...gold] };
};

/** By level from 1 upwards: the group of each scene; what rose alone is a group of its own. */
export const levelsOf = (graph: CouplingGraph): readonly Int32Array[] => {
  const { motifs, levels } = collapse({ graph, standing: nothingStanding(graph.figureOf.length), options: {} });
  const alone = Int32Array.from({ length: graph.figureOf.length }, (_, scene) => scene);
  const found = [alone.slice()];
  const scenesOf: (readonly (readonly number[])[])[] = [[], motifs.map(({ scenes }) => scenes)];
  for (const { scenes } of motifs) for (const scene of scenes) (found[0] as Int32Array)[scene] = scenes[0] ?? 0;
  for (const { communities } of levels) {
    const groupOf = (found.at(-1) as Int32Array).slice();
    const members = communities.map(({ parts }) =>
      parts.flatMap((part) => (typeof part === 'number' ? [part] : (scenesOf[part.level]?.[part.group] ?? []))),
    );
    for (const scenes of members) for (const scene of scenes) groupOf[scene] = scenes[0] ?? 0;
    scenesOf.push(members);
    found.push(groupOf);
  }
  return found;
};
