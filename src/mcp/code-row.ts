import { z } from 'zod';

/** A hypertoken that came out of the model, in an operation. */
export const CODE_ROW = 'code figures { key } hyperlexeme';

export const codeRowShape = {
  code: z.string().nullable(),
  figures: z.array(z.object({ key: z.string() })).transform((figures) => figures.map(({ key }) => key)),
  hyperlexeme: z.string().nullable(),
} as const;

interface CodeRow {
  readonly code: string | null;
  readonly hyperlexeme: string | null;
  readonly facets: readonly string[];
}

/** `Δ14 порогтишина [threshold.silence]` */
export const codeRowText = ({ code, hyperlexeme, facets }: CodeRow): string =>
  [
    code ?? 'a code not seen here',
    ...(hyperlexeme === null ? [] : [hyperlexeme]),
    ...(facets.length === 0 ? [] : [`[${facets.join(' ')}]`]),
  ].join(' ');
