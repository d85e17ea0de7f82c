import { createHash } from 'node:crypto';
import { type Random, seededRandom } from '../../src/collapse/leiden/random.ts';
import { type Coupling, roundWeight } from '../../src/scene/coupling.ts';
import type { AgentFacet, Facet } from '../../src/scene/facet.ts';
import { ARCHETYPES, TENSIONS } from '../../src/scene/inventory.ts';
import { type CorpusName, corpusName, documentName } from '../../src/scene/name.ts';
import { documentId, type Scene, sceneId } from '../../src/scene/scene.ts';
import type { DocumentInput, DocumentPart } from '../../src/store/graph-store.ts';
import { between, zipf } from './random.ts';
import type { Sentence } from './sentences.ts';

export const CORPUS: CorpusName = corpusName('bench');

/** Scenes of a document, `[from, to)`: from a story to a short novel's part. */
const DOCUMENT_SCENES = { from: 500, to: 2001 };
/** What the reader hands over at once, see `reading/read-parts.ts`. */
const PART_SCENES = 500;
/** Names and lemmas of the whole corpus; the head of each is in a tenth of the scenes, the tail in one or none. */
const AGENTS = 20_000;
const CONTEXTS = 20_000;
/** Couplings that lead from a scene back to earlier ones of its document. */
const COUPLINGS_A_SCENE = 5;

export interface BenchDocument {
  readonly input: DocumentInput;
  /** Which document of the corpus, 0 … */
  readonly order: number;
  readonly text: string;
  readonly scenes: readonly Scene[];
}

/** As the reader gives a document: its text, then its scenes 500 by 500, then the notices. */
export async function* partsOf({ text, scenes }: BenchDocument): AsyncGenerator<DocumentPart> {
  yield { type: 'text', text };
  for (let from = 0; from < scenes.length; from += PART_SCENES)
    yield { type: 'scenes', scenes: scenes.slice(from, from + PART_SCENES) };
  yield { type: 'notices', notices: [] };
}

/** The corpus, document by document, the same for the same sentences and number of scenes. */
export function* benchDocuments(sentences: readonly Sentence[], scenes: number): Generator<BenchDocument> {
  const random = seededRandom(scenes);
  const facets = facetMaker(random);
  for (let order = 0, left = scenes; left > 0; order++) {
    const count = Math.min(left, between(random, DOCUMENT_SCENES.from, DOCUMENT_SCENES.to));
    const from = scenes - left;
    yield makeDocument(order, count, (i) => sentences[(from + i) % sentences.length] as Sentence, facets);
    left -= count;
  }
}

const makeDocument = (
  order: number,
  count: number,
  sentenceAt: (i: number) => Sentence,
  facets: FacetMaker,
): BenchDocument => {
  const name = documentName(`document ${order}`);
  const id = documentId(CORPUS, name);
  const seen = new Map<string, number>();
  const lang = sentenceAt(0).lang;
  let start = 0;
  const scenes = Array.from({ length: count }, (_, position): Scene => {
    const { text } = sentenceAt(position);
    const nth = seen.get(text) ?? 0;
    seen.set(text, nth + 1);
    const from = start;
    start += text.length + 1;
    const span = { id: sceneId(id, text, nth), position, start: from, end: from + text.length, text, lang };
    return { ...span, kind: 'scene', ...facets(from) };
  });
  const text = `${scenes.map((scene) => scene.text).join('\n')}\n`;
  const sha256 = createHash('sha256').update(text).digest('hex');
  return { input: { corpus: CORPUS, name, lang, sha256, bytes: Buffer.byteLength(text) }, order, text, scenes };
};

type FacetMaker = (start: number) => Pick<Scene, 'agent' | 'tension' | 'context' | 'atmosphere' | 'archetype'>;

/** Four facets each: agent, tension, context, archetype. */
const facetMaker = (random: Random): FacetMaker => {
  const [tensions, archetypes] = [Object.keys(TENSIONS), Object.keys(ARCHETYPES)];
  const draw = {
    agent: zipf(random, AGENTS),
    context: zipf(random, CONTEXTS),
    tension: zipf(random, tensions.length),
    archetype: zipf(random, archetypes.length),
  };
  return (start) => {
    const facet = (key: string, at: number): Facet => ({
      key,
      start: start + at,
      end: start + at + 4,
      confidence: Math.round(random() * 100) / 100,
      by: 'word',
    });
    const who = `agent ${draw.agent()}`;
    return {
      agent: { ...facet(who, 0), entity: who } satisfies AgentFacet,
      tension: facet(tensions[draw.tension()] as string, 2),
      context: [facet(`контекст ${draw.context()}`, 4)],
      atmosphere: null,
      archetype: facet(archetypes[draw.archetype()] as string, 6),
    };
  };
};

/** Some 5 couplings a scene: with the one before, and with others of the document, near ones more often than far ones. */
export const couplingsOf = ({ order, scenes }: BenchDocument): readonly Coupling[] => {
  const random = seededRandom(order);
  return scenes.flatMap(({ id }, position) => {
    const distances = new Set([1]);
    const distance = zipf(random, Math.max(1, position));
    for (let tries = 0; tries < 2 * COUPLINGS_A_SCENE && distances.size < COUPLINGS_A_SCENE; tries++)
      distances.add(1 + distance());
    return [...distances].flatMap((back) => {
      const other = scenes[position - back]?.id;
      if (other === undefined) return [];
      const weight = roundWeight(0.05 + 0.9 * random());
      const kind = back === 1 ? ('sequence' as const) : ('agent' as const);
      const because = [{ kind, key: back === 1 ? '' : `agent ${back}`, weight }];
      return [id < other ? { a: id, b: other, weight, because } : { a: other, b: id, weight, because }];
    });
  });
};
