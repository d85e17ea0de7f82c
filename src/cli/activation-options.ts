import type { Command } from 'commander';
import { TOUCHED_MAX_DEFAULT } from '../activation/spread.ts';
import { HypersceneError } from '../errors.ts';
import { parseCode } from '../scene/hypertoken.ts';
import type { CorpusName } from '../scene/name.ts';
import type { Language, SceneId } from '../scene/scene.ts';
import { type ActivateRequest, BUDGET_MAX } from '../worker/activate-job.ts';
import type { ActivationSource } from '../worker/source-clues.ts';
import { corpusOption, labelsOption, parseCount, parseScene } from './options.ts';

/** What `activate` and `assemble` take alike. */
export interface ActivationOptions {
  readonly corpus?: CorpusName;
  readonly code?: ReturnType<typeof parseCode>;
  readonly scene?: SceneId;
  readonly limit?: number;
  readonly budget?: number;
  readonly labels: Language;
}

/** @param limit scenes, where it is not said */
export const addActivationOptions = (command: Command, limit: number): Command =>
  command
    .argument('[query]', 'a text: its facets, words and figures are looked for in the corpus')
    .addOption(corpusOption('the corpus in which a query or a code is looked for'))
    .option('--code <code>', 'in place of a query: all places of a code, Δ14, or one of them, Δ14:7', parseCode)
    .option('--scene <id>', 'in place of a query: one scene, by its id', parseScene)
    .option('--limit <n>', `this many scenes at most (default: ${limit})`, parseCount)
    .option(
      '--budget <scenes>',
      `scenes whose couplings may be read, 1 to ${BUDGET_MAX} (default: ${TOUCHED_MAX_DEFAULT})`,
      parseCount,
    )
    .addOption(labelsOption());

/** @throws HypersceneError USAGE */
export const activateRequest = (query: string | undefined, options: ActivationOptions): ActivateRequest => {
  const { corpus, limit, budget } = options;
  const [source, ...more] = sourcesOf(query, options);
  if (source === undefined || more.length > 0)
    throw new HypersceneError('USAGE', 'bad source', { expected: 'one of a query, --code and --scene' });
  if (corpus === undefined && ('query' in source || 'code' in source))
    throw new HypersceneError('USAGE', 'a query and a code are looked for in a corpus: --corpus is missing');
  return { source, corpus, limit, budget };
};

const sourcesOf = (query: string | undefined, { code, scene }: ActivationOptions): readonly ActivationSource[] => {
  const sources: ActivationSource[] = [];
  if (query !== undefined) sources.push({ query });
  if (code !== undefined) {
    const { ordinal } = code;
    sources.push(ordinal === null ? { code: code.code } : { occurrence: { code: code.code, ordinal } });
  }
  if (scene !== undefined) sources.push({ scene });
  return sources;
};
