import { HypersceneError } from '../errors.ts';
import { type Coupling, REASON_KINDS, type Reason } from '../scene/coupling.ts';
import type { CouplingChange } from './graph-store.ts';
import { checkWellFormed } from './indexed-key.ts';

type Pair = Pick<Coupling, 'a' | 'b'>;

const refuse = (expected: string, { a, b }: Pair, came: unknown): never => {
  throw new HypersceneError('BAD_ARGUMENT', 'bad coupling', { at: `${a}–${b}`, expected, came: String(came) });
};

const pairText = ({ a, b }: Pair): string => JSON.stringify([a, b]);

/** @throws HypersceneError BAD_ARGUMENT */
export const checkCouplings = ({ put, remove, coupled }: CouplingChange): void => {
  const named = new Set<string>();
  checkWellFormed('id of a scene', coupled);
  for (const pair of [...put, ...remove]) {
    checkWellFormed('id of a scene', [pair.a, pair.b]);
    if (!(pair.a < pair.b)) refuse('a before b', pair, `${pair.a}, ${pair.b}`);
    if (named.has(pairText(pair))) refuse('each pair once', pair, 'twice');
    named.add(pairText(pair));
  }
  for (const coupling of put) {
    checkWeight(coupling, coupling);
    if (coupling.because.length === 0) refuse('a reason', coupling, 'none');
    for (const reason of coupling.because) checkReason(reason, coupling);
  }
};

const checkWeight = ({ weight }: { readonly weight: number }, pair: Pair): void => {
  if (!(weight >= 0 && weight <= 1)) refuse('a weight from 0 to 1', pair, weight);
};

/** Stored as JSON, in which NaN is null and a lone surrogate passes. */
const checkReason = (reason: Reason, pair: Pair): void => {
  checkWeight(reason, pair);
  if (!REASON_KINDS.includes(reason.kind)) refuse(`one of ${REASON_KINDS.join(', ')}`, pair, reason.kind);
  checkWellFormed('key of a reason', [reason.key]);
};

/** By falling weight, then the other scene's id. */
export const heaviestFirst = (
  x: { readonly weight: number; readonly other: string },
  y: { readonly weight: number; readonly other: string },
): number => y.weight - x.weight || (x.other < y.other ? -1 : 1);

/** As couplings are ordered everywhere. */
export const byPair = (
  x: { readonly a: string; readonly b: string },
  y: { readonly a: string; readonly b: string },
): number => {
  if (x.a !== y.a) return x.a < y.a ? -1 : 1;
  return x.b < y.b ? -1 : 1;
};
