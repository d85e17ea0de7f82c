import { HypersceneError } from '../errors.ts';
import type { Coupling } from '../scene/coupling.ts';
import type { CouplingChange } from './graph-store.ts';

type Pair = Pick<Coupling, 'a' | 'b'>;

const refuse = (expected: string, { a, b }: Pair, came: unknown): never => {
  throw new HypersceneError('BAD_ARGUMENT', 'bad coupling', { at: `${a}–${b}`, expected, came: String(came) });
};

const pairText = ({ a, b }: Pair): string => JSON.stringify([a, b]);

/** @throws HypersceneError BAD_ARGUMENT */
export const checkCouplings = ({ put, remove }: CouplingChange): void => {
  const named = new Set<string>();
  for (const pair of [...put, ...remove]) {
    if (!(pair.a < pair.b)) refuse('a before b', pair, `${pair.a}, ${pair.b}`);
    if (named.has(pairText(pair))) refuse('each pair once', pair, 'twice');
    named.add(pairText(pair));
  }
  for (const coupling of put) {
    if (!(coupling.weight >= 0 && coupling.weight <= 1)) refuse('a weight from 0 to 1', coupling, coupling.weight);
    if (coupling.because.length === 0) refuse('a reason', coupling, 'none');
  }
};

/** By falling weight, then the other scene's id. */
export const heaviestFirst = (
  x: { readonly weight: number; readonly other: string },
  y: { readonly weight: number; readonly other: string },
): number => y.weight - x.weight || (x.other < y.other ? -1 : 1);
