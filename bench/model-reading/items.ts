import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { seededRandom, shuffled } from '../../src/collapse/leiden/random.ts';
import type { Reader } from '../../src/reading/reader.ts';
import { FACET_KINDS, type FacetKind, FIGURE_CONFIDENCE_MIN } from '../../src/scene/facet.ts';
import { ATMOSPHERES } from '../../src/scene/inventory.ts';
import { corpusName, documentName } from '../../src/scene/name.ts';
import { documentId, LANGUAGES, type Language, type Scene } from '../../src/scene/scene.ts';
import { compareText } from '../../src/store/text-order.ts';
import { weakFacets } from '../../src/worker/model/weak-facets.ts';

/** Whose labels: of emotions in film subtitles, of syntax in news and Wikipedia, of the sentences that the lexicons were written with. */
export const SETS = ['XED', 'PUD subjects', 'PUD obliques', 'lexicon sentences'] as const;
export type SetName = (typeof SETS)[number];

/** A facet of a text that is one scene, and what is right of it. */
export interface Item {
  readonly set: SetName;
  readonly scene: Scene;
  readonly kind: FacetKind;
  /** The reader is unsure of it, or has nothing. */
  readonly weak: boolean;
  /** Keys that count as right, in small letters and without ё. */
  readonly accepted: ReadonlySet<string>;
}

interface Labelled {
  readonly text: string;
  readonly accepted: Readonly<Partial<Record<FacetKind, ReadonlySet<string>>>>;
}

export const plain = (key: string): string => key.toLowerCase().replaceAll('ё', 'е');
const keys = (of: Iterable<string>): ReadonlySet<string> => new Set([...of].map(plain));

/** Plutchik's eight as keys of the inventory of tensions; what may be meant counts as right. */
const TENSIONS_OF: Readonly<Record<string, readonly string[]>> = {
  anger: ['anger', 'resistance'],
  fear: ['fear', 'threat', 'flight'],
  sadness: ['grief', 'despair', 'loneliness', 'longing', 'weariness', 'powerlessness', 'lack'],
  joy: ['joy', 'calm', 'release', 'breakthrough'],
  anticipation: ['waiting', 'hope', 'curiosity', 'longing'],
  trust: ['love', 'loyalty', 'calm'],
  surprise: ['wonder', 'curiosity'],
  disgust: ['repulsion', 'shame', 'anger'],
};

const emotions = async (folder: string, lang: Language): Promise<readonly Labelled[]> => {
  const lines = (await readFile(join(folder, `corpora/emotion/xed_${lang}.jsonl`), 'utf8')).trim().split('\n');
  return lines.map((line) => {
    const { text, labels } = JSON.parse(line) as { readonly text: string; readonly labels: readonly string[] };
    return { text, accepted: { tension: keys(labels.flatMap((label) => TENSIONS_OF[label] ?? [])) } };
  });
};

/** Of the subject of the main clause, and of the nouns that stand as its obliques, lemma and form. */
const syntax = async (folder: string, lang: Language): Promise<readonly Labelled[]> => {
  const blocks = (await readFile(join(folder, `corpora/ud/${lang}_pud.conllu`), 'utf8')).trim().split('\n\n');
  return blocks.flatMap((block) => {
    const text = /^# text = (.*)$/mu.exec(block)?.[1];
    const words = block
      .split('\n')
      .map((line) => line.split('\t'))
      .filter(([id]) => /^\d+$/u.test(id ?? ''));
    const root = words.find(([, , , , , , , relation]) => relation === 'root')?.[0];
    const beneath = (wanted: RegExp) =>
      words
        .filter(
          ([, , , tag, , , head, relation]) =>
            head === root && /NOUN|PROPN|PRON/u.test(tag ?? '') && wanted.test(relation ?? ''),
        )
        .flatMap(([, form = '', lemma = '']) => [form, lemma]);
    const [agent, context] = [keys(beneath(/^nsubj/u)), keys(beneath(/^obl(?!:agent)/u))];
    if (text === undefined || root === undefined) return [];
    return [{ text, accepted: { ...(agent.size > 0 && { agent }), ...(context.size > 0 && { context }) } }];
  });
};

const sentences = async (folder: string, lang: Language): Promise<readonly Labelled[]> => {
  const lines = (await readFile(join(folder, 'prototypes/reading/gold_main.tsv'), 'utf8')).trim().split('\n');
  return lines
    .map((line) => line.split('\t').map((cell) => cell.trim()))
    .filter(([of]) => of === lang)
    .map(([, text = '', , tension = '', context = '', archetype = '']) => {
      const contexts = context.split('|');
      const atmosphere = keys(contexts.filter((key) => Object.hasOwn(ATMOSPHERES, key)));
      return {
        text,
        accepted: {
          tension: keys(tension.split('|')),
          archetype: keys(archetype.split('|')),
          ...(atmosphere.size > 0 && { atmosphere }),
        },
      };
    });
};

export interface ItemOptions {
  /** Holds `corpora/` and `prototypes/`. */
  readonly folder: string;
  /** Of each set and language at most. */
  readonly count: number;
}

/**
 * Of XED and PUD texts that are one scene with a weak facet that is labelled, drawn by chance and always the same; of the sentences that
 * the lexicons were written with, where next to nothing is weak, all but agents and contexts.
 */
export const readItems = async (reader: Reader, { folder, count }: ItemOptions): Promise<readonly Item[]> => {
  const items: Item[] = [];
  for (const lang of LANGUAGES) {
    const trees = await syntax(folder, lang);
    for (const [set, kind, labelled] of [
      ['XED', 'tension', await emotions(folder, lang)],
      ['PUD subjects', 'agent', trees],
      ['PUD obliques', 'context', trees],
    ] as const)
      items.push(...(await drawn(reader, { set, kind, lang, labelled, count })));
    for (const { text, accepted } of await sentences(folder, lang)) {
      const scene = await onlyScene(reader, text, lang);
      if (scene === null) continue;
      const weak = weakFacets(scene, FIGURE_CONFIDENCE_MIN);
      for (const kind of FACET_KINDS) {
        const of = accepted[kind];
        if (of !== undefined)
          items.push({ set: 'lexicon sentences', scene, kind, weak: weak.includes(kind), accepted: of });
      }
    }
  }
  // Questions of a kind and language begin alike, which the model keeps.
  return items.toSorted((x, y) => compareText(placeOf(x), placeOf(y)));
};

const placeOf = ({ kind, set, scene: { lang } }: Item): string => [kind, lang, set].join(' ');

interface Drawing {
  readonly set: SetName;
  readonly kind: FacetKind;
  readonly lang: Language;
  readonly labelled: readonly Labelled[];
  readonly count: number;
}

const drawn = async (reader: Reader, { set, kind, lang, labelled, count }: Drawing): Promise<readonly Item[]> => {
  const items: Item[] = [];
  for (const at of shuffled(labelled.length, seededRandom(1))) {
    const { text, accepted: all } = labelled[at] as Labelled;
    const accepted = all[kind];
    if (items.length === count) break;
    if (accepted === undefined) continue;
    const scene = await onlyScene(reader, text, lang);
    if (scene === null) continue;
    const weak = weakFacets(scene, FIGURE_CONFIDENCE_MIN).includes(kind);
    if (weak) items.push({ set, scene, kind, weak, accepted });
  }
  return items;
};

const DOCUMENT = documentId(corpusName('bench'), documentName('model reading'));

/** Null for a text of several scenes, of which it is not said which one a label is of. */
const onlyScene = async (reader: Reader, text: string, lang: Language): Promise<Scene | null> => {
  await using reading = await reader.read({ text }, { document: DOCUMENT, lang });
  const scenes: Scene[] = [];
  for await (const part of reading.parts()) if (part.type === 'scenes') scenes.push(...part.scenes);
  return scenes.length === 1 ? (scenes[0] ?? null) : null;
};
