import { z } from 'zod';
import { LANGUAGES, type Language } from '../scene/scene.ts';
import type { PlacedScene } from './corpus-pages.ts';

/** Scenes of one row at most: a longer document is told in several, so that no reader has to hold all of it. */
export const SEQUENCE_MAX = 65_536;

/** The scenes of a document as hypertokens, in their order. All lists are of one length. */
export interface SequenceRow {
  readonly document: string;
  readonly lang: Language;
  /** 0, and one more for each {@link SEQUENCE_MAX} scenes before. */
  readonly part: number;
  /** Position of its first scene in the document. */
  readonly first: number;
  /** n of Δn of each scene. */
  readonly codes: readonly number[];
  readonly ordinals: readonly number[];
  /** Of the motif of each scene; the scene's own code where it rises alone. */
  readonly motifs: readonly number[];
  /** Of each scene in the document, UTF-16 code units. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

const stateShape = z
  .object({
    document: z.string(),
    lang: z.enum(LANGUAGES),
    part: z.int(),
    first: z.int(),
    codes: z.array(z.int()),
    ordinals: z.array(z.int()),
    motifs: z.array(z.int()),
    starts: z.array(z.int()),
    ends: z.array(z.int()),
  })
  .nullable();

type Open = NonNullable<z.infer<typeof stateShape>>;

/** Gathers scenes, which come in the order of the corpus, into rows. */
export class SequenceBuilder {
  #open: Open | null = null;

  /** @returns the row that is whole now; null while it grows */
  add({ scene, levels }: PlacedScene): SequenceRow | null {
    const open = this.#open;
    const isNext = open !== null && open.document === scene.documentName;
    const row = open !== null && (!isNext || open.codes.length >= SEQUENCE_MAX) ? open : null;
    if (open === null || row !== null)
      this.#open = {
        document: scene.documentName,
        lang: scene.lang,
        part: isNext ? open.part + 1 : 0,
        first: scene.position,
        codes: [],
        ordinals: [],
        motifs: [],
        starts: [],
        ends: [],
      };
    const { codes, ordinals, motifs, starts, ends } = this.#open as Open;
    codes.push(scene.code);
    ordinals.push(scene.ordinal);
    motifs.push(levels[0]?.level === 1 ? levels[0].code : scene.code);
    starts.push(scene.start);
    ends.push(scene.end);
    return row;
  }

  /** The row that no scene follows. */
  end(): SequenceRow | null {
    const row = this.#open;
    this.#open = null;
    return row;
  }

  get state(): unknown {
    return this.#open;
  }

  restore(state: unknown): void {
    this.#open = stateShape.parse(state);
  }
}
