import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { tell } from '../report.ts';
import { ask, type Data } from './ask.ts';
import type { Child } from './child.ts';
import { ASSEMBLE, type Ask, OPERATIONS, type OperationName, READ_TEXT, SEARCH } from './operations.ts';

export const CORPUS = 'tales';
/** What the mixed load writes to, so that the answers of what it reads stay what they are. */
export const NOTES = 'notes';

/** Different questions of each kind. */
const SAMPLE = 100;
const PAGE = 200;
/** Content words of a question. */
const WORD = /\p{L}{6,}/gu;

export interface Filled {
  readonly scenes: number;
  readonly couplings: number;
  readonly documents: number;
}

/** Reads every text of the folder by the API and collapses what it read. */
export const fill = async (server: Child, folder: string): Promise<Filled> => {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.txt')).toSorted();
  if (names.length === 0) throw new Error(`--corpora: no .txt in ${folder}`);
  for (const name of names) {
    const text = await readFile(join(folder, name), 'utf8');
    await ask(server, READ_TEXT, { input: { corpus: CORPUS, name: basename(name), text } });
    tell(`read ${name}`);
  }
  await ask(server, 'mutation Collapse($corpus: String!) { collapse(corpus: $corpus) { occurrences } }', {
    corpus: CORPUS,
  });
  const { corpus } = await ask(
    server,
    'query Sizes($name: String!) { corpus(name: $name) { sceneCount couplingCount documentCount } }',
    { name: CORPUS },
  );
  return { scenes: corpus.sceneCount, couplings: corpus.couplingCount, documents: corpus.documentCount };
};

const SCENES = `query All($corpus: String!, $after: String) { scenes(filter: { corpus: $corpus }, first: ${PAGE}, after: $after) {
  pageInfo { hasNextPage endCursor }
  nodes { id lang text agent { entity } archetype { key } tension { key } context { key } motif { ref } couplings(first: 1) { nodes { weight } } }
} }`;

const allScenes = async (server: Child): Promise<readonly Data[]> => {
  const found: Data[] = [];
  for (let after: string | null = null, more = true; more; ) {
    const { scenes } = await ask(server, SCENES, { corpus: CORPUS, after });
    found.push(...scenes.nodes);
    after = scenes.pageInfo.endCursor;
    more = scenes.pageInfo.hasNextPage;
  }
  return found;
};

/** As many as there shall be, spread evenly. */
const spread = <T>(all: readonly T[]): readonly T[] =>
  all.length <= SAMPLE
    ? all
    : Array.from({ length: SAMPLE }, (_, i) => all[Math.floor((i * all.length) / SAMPLE)] as T);

/** Facets of the scenes as filters, each once, the commonest first. */
const filtersOf = (scenes: readonly Data[]): readonly Data[] => {
  const counts = new Map<string, number>();
  const count = (kind: string, key: string | undefined): void => {
    if (key === undefined) return;
    const filter = JSON.stringify({ corpus: CORPUS, facets: [{ kind, key }] });
    counts.set(filter, (counts.get(filter) ?? 0) + 1);
  };
  for (const { agent, archetype, tension, context } of scenes) {
    count('AGENT', agent?.entity);
    count('ARCHETYPE', archetype?.key);
    count('TENSION', tension?.key);
    for (const { key } of context) count('CONTEXT', key);
  }
  return [...counts].toSorted(([, x], [, y]) => y - x).map(([filter]) => JSON.parse(filter));
};

export interface Questions {
  readonly measured: Readonly<Record<OperationName, readonly Ask[]>>;
  /** Asked besides in the mixed load. */
  readonly besides: readonly Ask[];
}

/** Russian and English by turns, as the scenes are. */
export const questionsOf = async (server: Child): Promise<Questions> => {
  const scenes = await allScenes(server);
  const coupled = scenes.filter(({ couplings }) => couplings.nodes.length > 0);
  const worded = scenes.filter(({ text }) => (text.match(WORD) ?? []).length > 1);
  const motifs = [...new Set(scenes.flatMap(({ motif }) => (motif === null ? [] : [motif.ref as string])))];
  const labelsOf = ({ lang }: Data) => lang as string;
  const words = (scene: Data) => (scene.text.match(WORD) as readonly string[]).slice(0, 2).join(' ');
  const about = (scene: Data) => ({ corpus: CORPUS, labels: labelsOf(scene) });
  return {
    measured: {
      scene: spread(coupled).map((scene) => ({
        query: OPERATIONS.scene,
        variables: { id: scene.id, labels: labelsOf(scene) },
      })),
      'page of scenes': filtersOf(scenes)
        .slice(0, SAMPLE)
        .map((filter, i) => ({
          query: OPERATIONS['page of scenes'],
          variables: { filter, labels: i % 2 === 0 ? 'RU' : 'EN' },
        })),
      expand: spread(motifs).map((ref, i) => ({
        query: OPERATIONS.expand,
        variables: { ref, labels: i % 2 === 0 ? 'RU' : 'EN' },
      })),
      activate: spread(worded).map((scene) => ({
        query: OPERATIONS.activate,
        variables: { query: words(scene), ...about(scene) },
      })),
      subgraph: spread(coupled).map((scene) => ({
        query: OPERATIONS.subgraph,
        variables: { id: scene.id, labels: labelsOf(scene) },
      })),
    },
    besides: spread(worded).flatMap((scene, i) => [
      { query: SEARCH, variables: { text: words(scene), ...about(scene) } },
      ...(i % 10 === 0 ? [{ query: ASSEMBLE, variables: { query: words(scene), ...about(scene) } }] : []),
    ]),
  };
};
