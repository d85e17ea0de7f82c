import { z } from 'zod';
import { count } from './whole.ts';

/** A hypertoken that came out of the model, in an operation. */
export const CODE_ROW = 'code level figures { key } hyperlexeme';

export const codeRowAnswer = z
  .object({
    code: z.string().nullable(),
    level: count().nullable(),
    figures: z.array(z.object({ key: z.string() })),
    hyperlexeme: z.string().nullable(),
  })
  .transform(({ figures, ...row }) => ({ ...row, facets: figures.map(({ key }) => key) }));

export const codeRowOutput = z.object({
  code: z.string().nullable().describe('Δ14; null for one that this graph has never seen.'),
  level: count().nullable(),
  hyperlexeme: z.string().nullable(),
  facets: z.array(z.string()).describe('Archetype, atmosphere and tension of its scenes: threshold.silence.restraint.'),
});

/** `Δ14 порогтишина [threshold.silence]` */
export const codeRowText = ({ code, hyperlexeme, facets }: z.output<typeof codeRowOutput>): string =>
  [
    code ?? 'a code not seen here',
    ...(hyperlexeme === null ? [] : [hyperlexeme]),
    ...(facets.length === 0 ? [] : [`[${facets.join(' ')}]`]),
  ].join(' ');
