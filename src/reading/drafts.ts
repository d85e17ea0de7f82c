import { HypersceneError } from '../errors.ts';
import type { Facet } from '../scene/facet.ts';
import type { SceneDraft } from './sentence-reader.ts';
import type { Span } from './span.ts';

export type DraftFacets = Pick<SceneDraft, 'agent' | 'tension' | 'context' | 'atmosphere' | 'archetype'>;

const facetsOf = ({ agent, tension, context, atmosphere, archetype }: DraftFacets): readonly Facet[] =>
  [agent, tension, ...context, atmosphere, archetype].filter((facet) => facet !== null);

/** The facets with their spans somewhere else. */
export const placeFacets = (facets: DraftFacets, place: (span: Span) => Span): DraftFacets => {
  const placed = <F extends Facet>(facet: F): F => ({ ...facet, ...place(facet) });
  return {
    agent: facets.agent && placed(facets.agent),
    tension: facets.tension && placed(facets.tension),
    context: facets.context.map(placed),
    atmosphere: facets.atmosphere && placed(facets.atmosphere),
    archetype: facets.archetype && placed(facets.archetype),
  };
};

/**
 * Holds a sentence reader to its port: the drafts cover the sentence but for white space, and their facets lie within.
 * @throws HypersceneError INTERNAL
 */
export const checkDrafts = (sentence: string, drafts: readonly SceneDraft[]): void => {
  let covered = 0;
  for (const draft of drafts) {
    const isNext = draft.start >= covered && draft.end > draft.start && draft.end <= sentence.length;
    if (!isNext || /\S/u.test(sentence.slice(covered, draft.start))) throw brokenPort(sentence, 'drafts side by side');
    const strays = facetsOf(draft).some(({ start, end }) => start < draft.start || end > draft.end || start > end);
    if (strays) throw brokenPort(sentence, 'facets within their drafts');
    covered = draft.end;
  }
  if (/\S/u.test(sentence.slice(covered))) throw brokenPort(sentence, 'drafts up to the end');
};

const brokenPort = (sentence: string, expected: string): HypersceneError =>
  new HypersceneError('INTERNAL', 'a sentence was misread', { expected, at: JSON.stringify(sentence.slice(0, 120)) });
