import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AgentFacet, Facet } from '../../src/scene/facet.ts';
import { ARCHETYPES, ATMOSPHERES, TENSIONS } from '../../src/scene/inventory.ts';
import { type CorpusName, corpusName, type DocumentName, documentName } from '../../src/scene/name.ts';
import { documentId, type Language, type Scene, sceneId } from '../../src/scene/scene.ts';
import type { DocumentInput, DocumentPart, GraphStore, WriteReport } from '../../src/store/graph-store.ts';

const story = (path: string): readonly string[] => {
  const text = readFileSync(fileURLToPath(new URL(`../../data/stories/${path}`, import.meta.url)), 'utf8');
  return (text.match(/[^.!?\n]+[.!?]+/gu) ?? [])
    .map((sentence) => sentence.trim().replaceAll(/\s+/gu, ' '))
    .filter((sentence) => sentence.length > 2);
};

/** Sentences of Tolstoy's fairy tale. */
export const RUSSIAN = story('ru/tolstoy-rabotnik-emelyan.txt');
/** Sentences of Poe's. */
export const ENGLISH = story('en/poe-masque-of-the-red-death.txt');

/** Text of every kind of trouble: emoji families, combining marks, right to left, astral letters, quotes, escapes. */
export const UNICODE: readonly string[] = [
  'Семья 👩‍👩‍👧‍👦 вышла под дождь 🌧️.',
  'е\u0308лка и й стоят рядом: \u0439 и и\u0306.',
  'שלום, сказал он; \u202bمرحبا\u202c ответили ему.',
  '𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𠜎𠜱 и \u{10ffff} с \uffff.',
  '"it\'s" \\ `back` $ {brace} $param // comment /* */ --',
  'Строка с\u00a0неразрывным, \u2028 разделителем и \u200b нулём.',
];

const TENSION_KEYS = Object.keys(TENSIONS);
const ARCHETYPE_KEYS = Object.keys(ARCHETYPES);
const ATMOSPHERE_KEYS = Object.keys(ATMOSPHERES);
const AGENTS = ['Емельян', 'царь', 'жена', 'the Prince', 'the mask'];
const CONTEXTS = ['дверь', 'дом', 'chamber', 'clock', 'дорога'];

/** A number that hangs on the sentence and the reading alone. */
const seedOf = (sentence: string, reading: number, what: string): number =>
  createHash('sha256').update(`${reading}/${what}/${sentence}`).digest().readUInt32BE(0);

/** One in `absence` is missing; others come from the first few keys, so that they recur. */
const pick = (keys: readonly string[], seed: number, absence: number): string | null =>
  seed % absence === 0 ? null : (keys[Math.floor(seed / absence) % Math.min(keys.length, 4)] ?? null);

const sceneFacets = (sentence: string, start: number, reading: number) => {
  const end = start + Math.min(3, sentence.length);
  const facet = (what: string, key: string): Facet => ({
    key,
    start,
    end,
    confidence: [1, 0.75, 0.5, 0.333333][seedOf(sentence, reading, `${what} confidence`) % 4] ?? 1,
    by: 'word',
  });
  const optional = (what: string, keys: readonly string[], absence: number): Facet | null => {
    const key = pick(keys, seedOf(sentence, reading, what), absence);
    return key === null ? null : facet(what, key);
  };
  const agent = optional('agent', AGENTS, 4);
  const contexts = [optional('context', CONTEXTS, 2), optional('second context', CONTEXTS, 3)].filter(
    (one) => one !== null,
  );
  return {
    agent:
      agent === null ? null : ({ ...agent, entity: agent.key === 'царь' ? 'Емельян' : agent.key } satisfies AgentFacet),
    tension: optional('tension', TENSION_KEYS, 3),
    context: contexts.filter(({ key }, i) => contexts.findIndex((other) => other.key === key) === i),
    atmosphere: optional('atmosphere', ATMOSPHERE_KEYS, 2),
    archetype: optional('archetype', ARCHETYPE_KEYS, 3),
  };
};

export interface ProseDocument {
  readonly corpus?: string | undefined;
  readonly name?: string | undefined;
  readonly sentences: readonly string[];
  readonly lang?: Language | undefined;
  /** Another reading finds other facets in the same sentences. */
  readonly reading?: number | undefined;
  /** See {@link DocumentInput}. */
  readonly replace?: boolean | undefined;
  readonly filledBy?: string | undefined;
}

export const CORPUS: CorpusName = corpusName('сказки и tales');

export const nameOf = ({ name = 'документ.txt' }: Partial<ProseDocument>): DocumentName => documentName(name);

export const idOf = ({ corpus = CORPUS, name }: Partial<ProseDocument>) =>
  documentId(corpusName(corpus), nameOf({ name }));

const SEPARATOR = ' ';

export const textOf = ({ sentences }: ProseDocument): string => sentences.map((one) => one + SEPARATOR).join('');

export const scenesOf = (document: ProseDocument): readonly Scene[] => {
  const { sentences, lang = 'ru', reading = 0 } = document;
  const seen = new Map<string, number>();
  let at = 0;
  return sentences.map((text, position): Scene => {
    const start = at;
    at += text.length + SEPARATOR.length;
    const nth = seen.get(text) ?? 0;
    seen.set(text, nth + 1);
    const kind = seedOf(text, 0, 'kind') % 3 === 0 ? 'half' : 'scene';
    const place = { id: sceneId(idOf(document), text, nth), position, start, end: start + text.length };
    return { ...place, kind, text, lang, ...sceneFacets(text, start, reading) };
  });
};

export const inputOf = (document: ProseDocument): DocumentInput => ({
  corpus: corpusName(document.corpus ?? CORPUS),
  name: nameOf(document),
  lang: document.lang ?? 'ru',
  sha256: createHash('sha256').update(textOf(document)).digest('hex'),
  bytes: Buffer.byteLength(textOf(document)),
  ...(document.replace === undefined ? {} : { replace: document.replace }),
  ...(document.filledBy === undefined ? {} : { filledBy: document.filledBy }),
});

/** In parts of a few scenes, as a reader gives them. */
export async function* partsOf(document: ProseDocument): AsyncGenerator<DocumentPart> {
  const scenes = scenesOf(document);
  for (let i = 0; i < scenes.length; i += 3) {
    const some = scenes.slice(i, i + 3);
    yield { type: 'text', text: some.map(({ text }) => text + SEPARATOR).join('') };
    yield { type: 'scenes', scenes: some };
  }
  yield { type: 'notices', notices: scenes.length > 3 ? ['длинный документ'] : [] };
}

export const write = (store: GraphStore, document: ProseDocument): Promise<WriteReport> =>
  store.writeDocument(inputOf(document), partsOf(document));
