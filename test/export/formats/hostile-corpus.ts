import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportCorpus } from '../../../src/export/export-corpus.ts';
import type { ExportOptions, FormatName } from '../../../src/export/export-format.ts';
import type { Manifest } from '../../../src/export/manifest.ts';
import { DEFAULT_SHARES } from '../../../src/export/split.ts';
import { corpusName, workspaceName } from '../../../src/scene/name.ts';
import type { GraphStore } from '../../../src/store/graph-store.ts';
import { openMemoryStore } from '../../../src/store/memory/open-memory-store.ts';
import { collapseCorpus } from '../../../src/worker/collapse-job.ts';
import { openComputePool } from '../../../src/worker/compute-pool.ts';
import { coupleCorpus } from '../../../src/worker/couple-job.ts';
import { type Sketch, sketchDocument } from '../../arbitrary/corpus.ts';
import { ENGLISH, RUSSIAN, UNICODE, write } from '../../conformance/prose.ts';

/** What breaks out of texts, of XML and of Cypher. */
const HOSTILE: readonly string[] = [
  "Он сказал: '); MATCH (n) DETACH DELETE n; //",
  '\\u0027}] AS row DETACH DELETE n //',
  '\\',
  "\\'",
  '*/ } ] ;',
  ']]> <![CDATA[ x ]]>',
  '</data></node><node id="x">',
  '"/><node id="y"/>',
  '&lt; &amp; &#0; &nope;',
  '<!-- не всё --> --> <!DOCTYPE a [<!ENTITY b "c">]>',
  '$x `back` $y {brace} \u0085\u2028\u2029.',
  'a\r\nb\tc\rd\ne  f',
  'a;\nRETURN 1;\n:exit',
  ...UNICODE,
];

/** What XML 1.0 cannot hold. */
export const UNHOLDABLE = 'нуль \u0000, звонок \u0007, \u001b[31m, \ufffe и \uffff.';

const PERSON = '\'царь" \\ </node> ]]> ; \u0001 $x `';

/** One motif again and again, of another agent each time: it has slots, to which they are bound. */
const MOTIF: readonly Sketch[] = ['царь', 'Емельян', 'жена', 'the Prince', 'the mask', 'king'].flatMap((agent, i) => [
  { text: `${agent} боялся. ${i}`, agent, tension: 'fear', context: ['дверь'] },
  { text: `${agent} ушёл. ${i}`, agent, tension: 'longing', context: ['дверь'] },
]);

const sketches: readonly Sketch[] = [
  ...HOSTILE.map((text, i) => ({ text, ...(i % 2 === 0 ? { agent: PERSON } : { context: ['a, "b"]', "'; //"] }) })),
  { text: UNHOLDABLE, agent: PERSON, tension: 'fear', atmosphere: 'cold', archetype: 'threshold' },
  ...MOTIF,
];

export interface HostileCorpus {
  readonly store: GraphStore;
  readonly name: ReturnType<typeof corpusName>;
  /** Into a new folder. @returns the path of `graph.FORMAT`, its text, the manifest */
  export(format: FormatName, corpus?: string): Promise<{ path: string; text: string; manifest: Manifest }>;
  /** Makes a corpus of one document without scenes. */
  writeEmpty(corpus: string): Promise<void>;
  close(): Promise<void>;
}

/** Russian, English and hostile texts, coupled and collapsed. */
export const openHostileCorpus = async (name: string): Promise<HostileCorpus> => {
  const folder = await mkdtemp(join(tmpdir(), 'hyperscene-graph-'));
  const database = openMemoryStore();
  const store = database.workspace(workspaceName('вывоз'));
  const corpus = corpusName(name);
  const hostile = sketchDocument(corpus, '</node>\'"; \\.txt', sketches);
  await store.writeDocument(hostile.input, hostile.parts());
  await write(store, { corpus, name: 'сказка', sentences: RUSSIAN.slice(0, 15) });
  await write(store, { corpus, name: 'tale', sentences: ENGLISH.slice(0, 15), lang: 'en' });
  const compute = openComputePool({ threadsMax: 1 });
  await coupleCorpus({ store, compute }, corpus);
  await collapseCorpus({ store, compute }, corpus);
  await compute.close();
  const options: ExportOptions = { labels: 'ru', seed: 0, shares: DEFAULT_SHARES, licence: null, rowGroup: 1000 };
  return {
    store,
    name: corpus,
    export: async (format, of = name) => {
      const out = join(await mkdtemp(join(folder, 'out-')), 'export');
      const product = { version: '0.0.0', store: 'memory' as const };
      const request = { corpus: corpusName(of), format, out, options, resume: false, product };
      const manifest = await exportCorpus(store, request);
      const path = join(out, `graph.${format}`);
      return { path, text: await readFile(path, 'utf8'), manifest };
    },
    writeEmpty: async (of) => {
      const { input, parts } = sketchDocument(of, 'пусто', []);
      await store.writeDocument(input, parts());
    },
    close: async () => {
      await database.close();
      await rm(folder, { recursive: true });
    },
  };
};
