import { HypersceneError } from '../errors.ts';
import { type Figure, type FigureKey, parseFigureKey } from '../scene/figure.ts';
import { hyperlexeme } from '../scene/hyperlexeme.ts';
import type { Language } from '../scene/scene.ts';
import type { HypertokenRecord } from '../store/graph-store.ts';

/** @throws HypersceneError INTERNAL for a key that no inventory knows: a store written by a later version */
export const figureOfKey = (key: FigureKey): Figure => {
  const figure = parseFigureKey(key);
  if (figure === null) throw new HypersceneError('INTERNAL', 'unknown figure', { came: JSON.stringify(key) });
  return figure;
};

/** A motif is called by its figures in the order of its form: порогтишина·бегство. */
export const hypertokenLexeme = ({ figures }: HypertokenRecord, labels: Language): string =>
  figures.map((key) => hyperlexeme(figureOfKey(key), labels)).join('·');
