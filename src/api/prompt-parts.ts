import { HypersceneError } from '../errors.ts';
import type { Part } from '../worker/model/part.ts';
import { activationSource } from './activation-source.ts';
import type { ContextPart, PromptPart } from './generated/resolver-types.ts';
import { decodeSceneId } from './global-id.ts';
import { optionalCorpus } from './optional-corpus.ts';
import { pageSize } from './page-request.ts';

/** @throws HypersceneError BAD_ARGUMENT, BAD_NAME, PAGE_TOO_LARGE */
export const promptParts = (parts: readonly PromptPart[], pageMax: number): readonly Part[] =>
  parts.map((part) => promptPart(part, pageMax));

/** What is left out has the schema's own defaults already; the generated types do not know. */
const promptPart = ({ text, scene, code, occurrence, context }: PromptPart, pageMax: number): Part => {
  if (text !== undefined && text !== null) return { kind: 'text', text };
  if (scene) {
    const { scene: id, rung = 'text' } = scene;
    return { kind: 'scene', scene: decodeSceneId(id), rung };
  }
  if (code !== undefined && code !== null) return { kind: 'code', code };
  if (occurrence) {
    const { ref, rung = 'hyperlexeme' } = occurrence;
    return { kind: 'occurrence', ...ref, rung };
  }
  if (context) return contextPart(context, pageMax);
  // `@oneOf` has let none of this through.
  throw new HypersceneError('BAD_ARGUMENT', 'no part of a prompt');
};

const contextPart = (
  { from, corpus, tokens, rung = 'hyperlexeme', limit = 100, budget = 400 }: ContextPart,
  pageMax: number,
): Part => ({
  kind: 'context',
  source: activationSource(from),
  corpus: optionalCorpus(corpus),
  tokens,
  rung,
  limit: pageSize('limit', limit, pageMax),
  budget,
});
