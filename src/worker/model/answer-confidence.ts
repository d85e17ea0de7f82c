import type { FacetKind } from '../../scene/facet.ts';
import { isClosed } from './facet-question.ts';

/**
 * How often answers that hold were right, of SmolLM2-135M-Instruct about facets that the reader is unsure of, and about the sentences that
 * the lexicons were written with (`bench/results/model-reading.md`): keys of an inventory 11 of 125 (0.088 ± 0.025; Russian 7 of 81,
 * English 4 of 44), words of the scene 1 of 9, all English: of 38 Russian answers none held. The probability that the model itself gives an
 * answer among those that the schema allows orders them in neither language (Russian keys up to 0.05, 0.2, 0.5: 0.08, 0.13, 0.07 right;
 * English 0, 0.14, 0), so that it is left out: no bin of it would differ from all of them but by chance. Another model counts as this one
 * until somebody measured it and says so (`FillOptions.trust`).
 */
const RIGHT = { keys: 0.09, words: 0.11 } as const;

/** 0 to 1. */
export const measuredConfidence = (kind: FacetKind): number => (isClosed(kind) ? RIGHT.keys : RIGHT.words);

/** The highest that there is. */
export const MEASURED_MAX = Math.max(...Object.values(RIGHT));
