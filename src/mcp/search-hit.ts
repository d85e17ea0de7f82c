import { z } from 'zod';
import { quoted } from './quoted.ts';
import { sceneAnswer, sceneLine, sceneOutput } from './scene.ts';
import { count } from './whole.ts';

const facetOutput = z.object({ kind: z.string(), label: z.string(), sceneCount: count() });
const hypertokenOutput = z.object({
  code: z.string().describe('Δ14: `occurrences` tells where it stands.'),
  level: count(),
  hyperlexeme: z.string(),
  occurrenceCount: count(),
});
const occurrenceOutput = z.object({ ref: z.string(), level: count(), size: count() });

/** Exactly one of the four is there. */
export const hitOutput = z.object({
  score: z.number().describe('How much of the text it answers to, 0 to 1.'),
  because: z
    .array(z.string())
    .describe('What of the text it answers to; empty for a scene found by those around it alone.'),
  highlights: z
    .array(z.object({ start: count(), end: count() }))
    .describe("Spans [start, end) of the scene's text that answer, in UTF-16 code units."),
  scene: sceneOutput.optional(),
  facet: facetOutput.optional().describe('Who, what tension, place, atmosphere or archetype, and in how many scenes.'),
  hypertoken: hypertokenOutput.optional(),
  occurrence: occurrenceOutput.optional(),
});

type Hit = z.output<typeof hitOutput>;

/** Each kind with where it begins in its document, from which highlights are counted. */
const foundAnswer = z.discriminatedUnion('__typename', [
  z.looseObject({ __typename: z.literal('Scene'), start: z.number() }),
  z.looseObject({ __typename: z.literal('CorpusFacet'), facet: z.string() }),
  z.looseObject({ __typename: z.literal('Hypertoken') }),
  z.looseObject({ __typename: z.literal('Occurrence') }),
]);

const named = (found: z.output<typeof foundAnswer>): Pick<Hit, 'scene' | 'facet' | 'hypertoken' | 'occurrence'> => {
  switch (found.__typename) {
    case 'Scene':
      return { scene: sceneAnswer.parse(found) };
    case 'CorpusFacet':
      return { facet: facetOutput.parse({ ...found, kind: found.facet }) };
    case 'Hypertoken':
      return { hypertoken: hypertokenOutput.parse(found) };
    case 'Occurrence':
      return { occurrence: occurrenceOutput.parse(found) };
  }
};

export const hitAnswer = z
  .object({
    score: z.number(),
    because: z.array(z.object({ label: z.string() })),
    highlights: z.array(z.object({ start: z.number(), end: z.number() })),
    hit: foundAnswer,
  })
  .transform(({ score, because, highlights, hit }): Hit => {
    const from = hit.__typename === 'Scene' ? hit.start : 0;
    return {
      score,
      because: because.map(({ label }) => label),
      highlights: highlights.map(({ start, end }) => ({ start: start - from, end: end - from })),
      ...named(hit),
    };
  });

/** A line each; the document is named where it is another one than in the scene before. */
export const hitLines = (hits: readonly Hit[]): readonly string[] => {
  let document: string | null = null;
  return hits.flatMap((hit) => {
    const line = `${hitLine(hit)} ${hit.score.toFixed(2)}${hit.because.length === 0 ? '' : ` by ${quoted([...new Set(hit.because)].join(', '))}`}`;
    if (hit.scene === undefined || hit.scene.document === document) return [line];
    document = hit.scene.document;
    return [`Document ${quoted(document)}:`, line];
  });
};

const hitLine = ({ scene, facet, hypertoken, occurrence }: Hit): string => {
  if (scene !== undefined) return sceneLine(scene);
  if (facet !== undefined) return `  ${facet.kind} ${quoted(facet.label)}, ${facet.sceneCount} scenes`;
  if (hypertoken !== undefined)
    return `  ${hypertoken.code} ${hypertoken.hyperlexeme}, level ${hypertoken.level}, ${hypertoken.occurrenceCount} occurrences`;
  return occurrence === undefined ? '' : `  ${occurrence.ref}, level ${occurrence.level}, ${occurrence.size} scenes`;
};
