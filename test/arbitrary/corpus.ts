import { createHash } from 'node:crypto';
import type { AgentFacet, Facet } from '../../src/scene/facet.ts';
import { type CorpusName, corpusName, type DocumentName, documentName } from '../../src/scene/name.ts';
import { documentId, type Language, type Scene, sceneId } from '../../src/scene/scene.ts';
import type { DocumentInput, DocumentPart } from '../../src/store/graph-store.ts';

/** Facets of one scene by their keys. */
export interface Sketch {
  readonly text: string;
  readonly agent?: string;
  readonly tension?: string;
  readonly context?: readonly string[];
  readonly atmosphere?: string;
  readonly archetype?: string;
}

export interface SketchedDocument {
  readonly input: DocumentInput;
  parts(): AsyncIterable<DocumentPart>;
}

/** A document made by hand, one sketch a line, for tests that are not about reading. */
export const sketchDocument = (
  corpus: string,
  name: string,
  sketches: readonly Sketch[],
  lang: Language = 'ru',
): SketchedDocument => {
  const [of, called]: readonly [CorpusName, DocumentName] = [corpusName(corpus), documentName(name)];
  const text = sketches.map((sketch) => `${sketch.text}\n`).join('');
  const scenes = scenesOf(of, called, sketches, lang);
  const bytes = Buffer.byteLength(text);
  const facets = createHash('sha256').update(text).update(JSON.stringify(sketches)).digest('hex');
  return {
    input: { corpus: of, name: called, lang, sha256: facets, bytes },
    async *parts() {
      yield { type: 'text', text };
      yield { type: 'scenes', scenes };
    },
  };
};

const scenesOf = (
  corpus: CorpusName,
  name: DocumentName,
  sketches: readonly Sketch[],
  lang: Language,
): readonly Scene[] => {
  const document = documentId(corpus, name);
  const seen = new Map<string, number>();
  let start = 0;
  return sketches.map((sketch, position) => {
    const { text } = sketch;
    const nth = seen.get(text) ?? 0;
    seen.set(text, nth + 1);
    const from = start;
    start += text.length + 1;
    const facet = (key: string): Facet => ({ key, start: from, end: from + 1, confidence: 0.9, by: 'word' });
    const agent = (key: string): AgentFacet => ({ ...facet(key), entity: key });
    return {
      id: sceneId(document, text, nth),
      position,
      kind: 'scene',
      start: from,
      end: from + text.length,
      text,
      lang,
      agent: sketch.agent === undefined ? null : agent(sketch.agent),
      tension: sketch.tension === undefined ? null : facet(sketch.tension),
      context: (sketch.context ?? []).map(facet),
      atmosphere: sketch.atmosphere === undefined ? null : facet(sketch.atmosphere),
      archetype: sketch.archetype === undefined ? null : facet(sketch.archetype),
    };
  });
};
