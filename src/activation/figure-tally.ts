import { type Figure, NONE } from '../scene/figure.ts';
import { ARCHETYPES, ATMOSPHERES, TENSIONS } from '../scene/inventory.ts';

const placesOf = (inventory: object): ReadonlyMap<string, number> =>
  new Map([NONE, ...Object.keys(inventory)].map((key, i) => [key, i]));

const [ARCHETYPE, ATMOSPHERE, TENSION] = [placesOf(ARCHETYPES), placesOf(ATMOSPHERES), placesOf(TENSIONS)];
/** 26,445. */
const FIGURES = ARCHETYPE.size * ATMOSPHERE.size * TENSION.size;

/** Which figures came: a bit for each that is possible, 3.3 kB however many scenes there are. */
export class FigureTally {
  readonly #bits: Buffer;

  /** @param state as it was told, in base64 */
  constructor(state = '') {
    this.#bits = Buffer.alloc(Math.ceil(FIGURES / 8));
    Buffer.from(state, 'base64').copy(this.#bits);
  }

  add({ archetype, atmosphere, tension }: Figure): void {
    const row = (ARCHETYPE.get(archetype) ?? 0) * ATMOSPHERE.size + (ATMOSPHERE.get(atmosphere) ?? 0);
    const place = row * TENSION.size + (TENSION.get(tension) ?? 0);
    this.#bits[place >> 3] = (this.#bits[place >> 3] ?? 0) | (1 << (place & 7));
  }

  addAll(other: FigureTally): void {
    for (const [i, byte] of other.#bits.entries()) this.#bits[i] = (this.#bits[i] ?? 0) | byte;
  }

  get state(): string {
    return this.#bits.toString('base64');
  }

  /** How many differ. */
  get count(): number {
    return this.#places().reduce((sum) => sum + 1, 0);
  }

  /** Morphemes that tell each of them once; one for the figure of all `none`. */
  get morphemes(): number {
    return this.#places().reduce((sum, place) => sum + Math.max(1, morphemesAt(place)), 0);
  }

  *#places(): Generator<number, undefined> {
    for (let place = 0; place < FIGURES; place++) if ((this.#bits[place >> 3] ?? 0) & (1 << (place & 7))) yield place;
  }
}

const morphemesAt = (place: number): number => {
  const row = Math.floor(place / TENSION.size);
  const parts = [Math.floor(row / ATMOSPHERE.size), row % ATMOSPHERE.size, place % TENSION.size];
  return parts.filter((part) => part > 0).length;
};
