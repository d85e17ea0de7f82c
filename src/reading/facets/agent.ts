import type { AgentFacet } from '../../scene/facet.ts';
import type { Subject } from '../grammar.ts';
import type { Token } from '../token.ts';

/** The subject as a facet; who it is, beyond its name, is not known from one sentence. */
export const toAgent = (subject: Subject, tokens: readonly Token[]): AgentFacet => ({
  key: subject.key,
  entity: subject.key,
  start: tokens[subject.from]?.start ?? 0,
  end: tokens[subject.to - 1]?.end ?? 0,
  confidence: subject.confidence,
  by: subject.by,
});
