import { type DocumentId, type Scene, type SceneId, type SceneKind, sceneId } from '../scene/scene.ts';
import type { Block } from './blocks.ts';
import { cutNear } from './cut.ts';
import { checkDrafts, type DraftFacets, placeFacets } from './drafts.ts';
import type { SentenceReader } from './sentence-reader.ts';
import { hasWord, splitSentences } from './sentences.ts';
import { coverText, type Span, trimSpan } from './span.ts';
import { visibleText } from './visible.ts';

/** Cuts whose places a notice names. */
const PLACES_NAMED_MAX = 5;

/** A scene's part of its block, before it has a place in the document; spans within the block. */
interface Piece extends Span {
  readonly kind: SceneKind;
  /** With spans within the document. */
  readonly facets: DraftFacets;
}

/** Of what is covered by a scene without being analysed. */
const NO_FACETS: DraftFacets = { agent: null, tension: null, context: [], atmosphere: null, archetype: null };

const moveSpan = ({ start, end }: Span, by: number): Span => ({ start: start + by, end: end + by });

/** Makes the scenes of one document out of its blocks, which must come in order. */
export class SceneMaker {
  readonly #document: DocumentId;
  readonly #sentences: SentenceReader;
  readonly #sceneLengthMax: number;
  /**
   * How many scenes of equal text there were, by 48 bits of the text's digest: two texts that agree in these are numbered
   * together, which makes no two ids equal. A whole id as key would take five times the memory.
   */
  readonly #seen = new Map<number, number>();
  #position = 0;
  #cuts = 0;
  readonly #firstCuts: number[] = [];

  constructor(document: DocumentId, sentences: SentenceReader, sceneLengthMax: number) {
    this.#document = document;
    this.#sentences = sentences;
    this.#sceneLengthMax = sceneLengthMax;
  }

  *scenesOf(block: Block): Generator<Scene, void, undefined> {
    for (const span of this.#sentenceSpans(block))
      for (const cut of this.#cutToLength(block, span))
        for (const piece of this.#pieces(block, cut)) yield this.#scene(block, piece);
    if (block.cut) this.#noteCut(block.start + block.text.length);
  }

  /** What a person would want to know. */
  notices(): readonly string[] {
    if (this.#cuts === 0) return [];
    const places = this.#firstCuts.join(', ') + (this.#cuts > this.#firstCuts.length ? ' …' : '');
    const what = this.#cuts === 1 ? '1 cut was made' : `${this.#cuts} cuts were made`;
    return [`${what} within sentences longer than ${this.#sceneLengthMax} characters, at ${places}`];
  }

  #noteCut(at: number): void {
    this.#cuts++;
    if (this.#firstCuts.length < PLACES_NAMED_MAX) this.#firstCuts.push(at);
  }

  #sentenceSpans({ text, analysis, kind }: Block): readonly Span[] {
    const whole = trimSpan(text, 0, text.length);
    if (whole.start === whole.end) return [];
    const sentences = kind === 'prose' ? splitSentences(analysis, this.#sentences.lang) : [];
    return sentences.length === 0 ? [whole] : coverText(text, whole, sentences);
  }

  *#cutToLength({ start: offset, text }: Block, { start, end }: Span): Generator<Span, void, undefined> {
    let from = start;
    while (end - from > this.#sceneLengthMax) {
      const to = from + cutNear(text.slice(from, from + this.#sceneLengthMax + 1), this.#sceneLengthMax);
      yield trimSpan(text, from, to);
      this.#noteCut(offset + to);
      from = trimSpan(text, to, end).start;
    }
    yield { start: from, end };
  }

  #pieces({ start: offset, text, analysis, kind }: Block, span: Span): readonly Piece[] {
    const core = trimSpan(analysis, span.start, span.end);
    const original = analysis.slice(core.start, core.end);
    if (kind === 'verbatim' || !hasWord(original)) return [{ ...span, kind: 'scene', facets: NO_FACETS }];
    const visible = visibleText(original);
    const drafts = this.#sentences.read(visible.text);
    checkDrafts(visible.text, drafts);
    const inBlock = (at: Span): Span => moveSpan(visible.toOriginal(at), core.start);
    const inDocument = (at: Span): Span => moveSpan(inBlock(at), offset);
    const spans = coverText(text, span, drafts.map(inBlock));
    return drafts.map((draft, i) => ({
      ...(spans[i] ?? span),
      kind: draft.kind,
      facets: placeFacets(draft, inDocument),
    }));
  }

  #scene(block: Block, { start, end, kind, facets }: Piece): Scene {
    const text = block.text.slice(start, end);
    return {
      id: this.#nextId(text),
      position: this.#position++,
      kind,
      start: block.start + start,
      end: block.start + end,
      text,
      lang: this.#sentences.lang,
      ...facets,
    };
  }

  #nextId(text: string): SceneId {
    const first = sceneId(this.#document, text, 0);
    const key = Number.parseInt(first.slice(0, 12), 16);
    const nth = this.#seen.get(key) ?? 0;
    this.#seen.set(key, nth + 1);
    return nth === 0 ? first : sceneId(this.#document, text, nth);
  }
}
