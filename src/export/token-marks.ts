import { NONE } from '../scene/figure.ts';
import { type Code, formatCode } from '../scene/hypertoken.ts';
import { ARCHETYPES, ATMOSPHERES, TENSIONS } from '../scene/inventory.ts';
import type { CorpusName } from '../scene/name.ts';
import { MARK_CLOSE, MARK_OPEN } from '../scene/token-mark.ts';
import type { GraphView } from '../store/graph-store.ts';
import { type CodeRow, pagesOfHypertokens } from './code-registry.ts';

const mark = (name: string): string => `${MARK_OPEN}${name}${MARK_CLOSE}`;

/** The content of a code's token: `Δ14` between two private code points. */
export const codeMark = (code: number): string => mark(formatCode(code as Code));

/** Whether a token has the form of one of ours. */
export const isMark = (token: string): boolean => token.startsWith(MARK_OPEN) && token.endsWith(MARK_CLOSE);

/** A morpheme of a figure by its key, `archetype:threshold`, and {@link NONE} for a figure in which nothing stands. */
export const FACETS: readonly string[] = [
  NONE,
  ...Object.entries({ archetype: ARCHETYPES, atmosphere: ATMOSPHERES, tension: TENSIONS }).flatMap(
    ([kind, inventory]) => Object.keys(inventory).map((key) => `${kind}:${key}`),
  ),
];

const FACET_INDEX: ReadonlyMap<string, number> = new Map(FACETS.map((facet, i) => [facet, i]));

/** Place of each morpheme in {@link FACETS}: one where none stands. @param facets as a scene's row has them */
export const facetIndices = (facets: readonly string[]): readonly number[] =>
  (facets.length === 0 ? [NONE] : facets).map((facet) => FACET_INDEX.get(facet) ?? -1);

/** A token behind the base's: a line of `tokens.jsonl`. */
export type TokenRow =
  | { readonly id: number; readonly token: string; readonly kind: 'facet'; readonly facet: string }
  | ({ readonly id: number; readonly token: string; readonly kind: 'hypertoken' } & CodeRow);

/** @param first id of the first */
export const facetRows = (first: number): readonly TokenRow[] =>
  FACETS.map((facet, i) => ({ id: first + i, token: mark(facet), kind: 'facet', facet }));

/** @param first id of the first of these */
export const codeRows = (codes: readonly CodeRow[], first: number): readonly TokenRow[] =>
  codes.map((row, i) => ({ id: first + i, token: codeMark(row.code), kind: 'hypertoken', ...row }));

/** What the ids of our tokens stand for. */
export const TOKENS = 'tokens.jsonl';

/** The place of each code among those of a corpus, by number: 4 bytes a code. */
export class CodePlaces {
  readonly #codes: Int32Array;

  private constructor(codes: Int32Array) {
    this.#codes = codes;
  }

  /** @param level only those of it; undefined takes all */
  static async read(view: GraphView, corpus: CorpusName, level?: number): Promise<CodePlaces> {
    let codes = new Int32Array(1024);
    let count = 0;
    for await (const { items } of pagesOfHypertokens(view, corpus, undefined))
      for (const row of items) {
        if (level !== undefined && row.level !== level) continue;
        if (count === codes.length) {
          const longer = new Int32Array(2 * count);
          longer.set(codes);
          codes = longer;
        }
        codes[count++] = row.code;
      }
    return new CodePlaces(codes.slice(0, count));
  }

  get count(): number {
    return this.#codes.length;
  }

  /** −1 for a code that is not among them. */
  placeOf(code: number): number {
    let low = 0;
    let high = this.#codes.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#codes[middle] ?? 0) < code) low = middle + 1;
      else high = middle;
    }
    return this.#codes[low] === code ? low : -1;
  }
}
