import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { HypersceneError } from '../errors.ts';
import type { AnswerError } from './ask.ts';
import { RefusedError } from './tool.ts';

/** What a model can do about it. */
const ADVICE: Readonly<Record<string, string>> = {
  CORPUS_NOT_FOUND: '`corpora` lists the corpora there are; `read` makes one',
  CORPUS_IMPORTING: 'it is whole when the import has ended; only a person can finish or delete it',
  BAD_CODE: 'a code is written Δ14, an occurrence Δ14:7',
  BAD_CURSOR: 'take `next` of the page before as it came',
  PAGE_TOO_LARGE: 'ask for less at once and go on with `after`',
  OCCURRENCE_NOT_FOUND: '`occurrences` lists where a code stands now; texts that were read anew have others',
  SCENE_NOT_FOUND: 'a scene is named by its `key`; `search` finds it',
  CODE_NOT_FOUND: '`search` and `occurrences` tell codes that there are',
  MODEL_NOT_FOUND: 'only a person can set one up; all tools that ask no model work without',
  PACK_NOT_FOUND: '`model` lists the packs',
  CONTEXT_FULL: '`model_budget` tells what parts take; fold scenes by `rung`, or give fewer',
  SERVER_UNREACHABLE: 'only a person can start it',
};

/** How an error stands in a tool's answer: its code and what was expected, never a stack. */
const errorLine = ({ message, extensions }: AnswerError): string => {
  const code = typeof extensions?.['code'] === 'string' ? extensions['code'] : 'INTERNAL';
  const request = typeof extensions?.['requestId'] === 'string' ? `; request ${extensions['requestId']}` : '';
  const retry = extensions?.['retriable'] === true ? '; the same call may succeed later' : '';
  const advice = ADVICE[code] === undefined ? '' : `; ${ADVICE[code]}`;
  return `error ${code}: ${message}${request}${retry}${advice}`;
};

/** The error as a tool's result, so that the model sees it and can do better. */
export const failure = (error: unknown): CallToolResult => ({
  content: [{ type: 'text', text: failureText(error) }],
  isError: true,
});

export const failureText = (error: unknown): string => answerErrors(error).map(errorLine).join('\n');

/** What is none of the project's own errors is told without a word of what happened inside. */
const answerErrors = (error: unknown): readonly AnswerError[] => {
  if (error instanceof RefusedError) return error.errors;
  if (!isTold(error)) return [{ message: 'internal error', extensions: { code: 'INTERNAL' } }];
  const { code, message, retriable } = error;
  return [{ message, extensions: { code, retriable } }];
};

const isTold = (error: unknown): error is HypersceneError =>
  error instanceof HypersceneError && error.code !== 'INTERNAL';

/** A fault of the program, which has to be logged; what the API refuses it logs itself, if need be. */
export const isFault = (error: unknown): boolean => !(error instanceof RefusedError) && !isTold(error);
