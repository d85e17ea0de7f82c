import type { FoldedRung } from '../../activation/fold.ts';
import { writeHypertoken } from '../../activation/fold.ts';
import { hyperlexemeText, type Rung } from '../../activation/rung.ts';
import { HypersceneError } from '../../errors.ts';
import { codeRow, facetRow, NONE_ROW, type RowKey, sceneRow } from '../../model/row-key.ts';
import type { Digest } from '../../scene/digest.ts';
import { type Figure, figureKeyDigest, figureOf, NONE } from '../../scene/figure.ts';
import { type Code, formatCode, formatOccurrence } from '../../scene/hypertoken.ts';
import type { Language } from '../../scene/scene.ts';
import type { StoredScene } from '../../store/graph-store.ts';

/** What is written for a model, as it was read of the store. */
export type Thing =
  | { readonly kind: 'scene'; readonly scene: StoredScene }
  | {
      readonly kind: 'hypertoken';
      readonly code: Code;
      /** Null of a code by itself. */
      readonly ordinal: number | null;
      readonly digest: Digest;
      /** Of a motif in the order of its form, of a community and a view the commonest; one of level 0. */
      readonly figures: readonly Figure[];
      /** Those bound to the variables of a motif at its place. */
      readonly agents: readonly string[];
    };

/** `Δ14:7`, or `Δ14` of a code by itself. */
export const nameOfThing = (thing: Thing): string => {
  if (thing.kind === 'scene') return formatOccurrence(thing.scene);
  const { code, ordinal } = thing;
  return ordinal === null ? formatCode(code) : formatOccurrence({ code, ordinal });
};

/** @throws HypersceneError INTERNAL for the text of what is no scene, which {@link checkParts} refuses */
export const wordsOf = (thing: Thing, rung: 'text' | 'hyperlexeme', labels: Language): string => {
  if (thing.kind === 'scene') return rung === 'text' ? thing.scene.text : hyperlexemeText(thing.scene, labels);
  if (rung === 'text') throw new HypersceneError('INTERNAL', 'text of no scene', { came: nameOfThing(thing) });
  return writeHypertoken({ ...thing, ordinal: thing.ordinal ?? 0 }, rung, { labels, count: () => 0 }).text;
};

/** A rung that is written by rows of a pack. */
export type RowRung = Exclude<Rung, 'text' | 'hyperlexeme'>;

export const isRowRung = (rung: Rung): rung is RowRung => rung !== 'text' && rung !== 'hyperlexeme';

/** One row for each position that it takes. Rows of occurrences are of scenes: what is none is written by its code's. */
export const rowsOf = (thing: Thing, rung: RowRung): readonly RowKey[] => {
  switch (rung) {
    case 'facets':
      return figuresOf(thing).flatMap(facetRows);
    case 'occurrence':
      return thing.kind === 'scene' ? [sceneRow(thing.scene.id)] : [codeRow(thing.digest)];
    case 'code':
      return [codeRow(digestOfThing(thing))];
    default:
      return rung satisfies never;
  }
};

const figuresOf = (thing: Thing): readonly Figure[] =>
  thing.kind === 'scene' ? [figureOf(thing.scene)] : thing.figures;

/** A scene's code is that of its figure. */
const digestOfThing = (thing: Thing): Digest =>
  thing.kind === 'scene' ? figureKeyDigest(thing.scene.figure) : thing.digest;

/** In the order archetype, atmosphere, tension. */
const facetRows = (figure: Figure): readonly RowKey[] => {
  const rows = (['archetype', 'atmosphere', 'tension'] as const).flatMap((kind) =>
    figure[kind] === NONE ? [] : [facetRow(kind, figure[kind])],
  );
  return rows.length === 0 ? [NONE_ROW] : rows;
};

/** How something comes to be written, and why not as it was wanted. */
export interface Choice {
  readonly rung: Rung;
  /** None where it is written in words. */
  readonly rows: readonly RowKey[];
  readonly substitution: ChoiceSubstitution | null;
}

export interface ChoiceSubstitution {
  readonly wanted: RowRung;
  readonly written: FoldedRung;
  /**
   * `NO_PACK`: none is named; `NO_ROW`: the pack does not have all of its rows; `NOT_A_SCENE`: a motif, community or view has no row
   * of its own place, and is written by that of its code.
   */
  readonly why: 'NO_PACK' | 'NO_ROW' | 'NOT_A_SCENE';
  /** That are missing. */
  readonly rows: readonly RowKey[];
}

/** @param hasRow null where no pack is named */
export const choose = (thing: Thing, wanted: Rung, hasRow: ((row: RowKey) => boolean) | null): Choice => {
  if (!isRowRung(wanted)) return { rung: wanted, rows: [], substitution: null };
  const rows = rowsOf(thing, wanted);
  const missing = hasRow === null ? rows : rows.filter((row) => !hasRow(row));
  if (missing.length > 0) {
    const why = hasRow === null ? 'NO_PACK' : 'NO_ROW';
    const written = 'hyperlexeme';
    return { rung: written, rows: [], substitution: { wanted, written, why, rows: [...new Set(missing)] } };
  }
  if (wanted !== 'occurrence' || thing.kind === 'scene') return { rung: wanted, rows, substitution: null };
  return { rung: 'code', rows, substitution: { wanted, written: 'code', why: 'NOT_A_SCENE', rows: [] } };
};
