import { type Digest, digestOf } from '../scene/digest.ts';

/** The digest of a motif is that of its canonical form. */
export const motifDigest = (form: string): Digest => digestOf('motif', form);
