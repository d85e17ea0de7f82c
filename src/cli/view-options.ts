import type { Command } from 'commander';
import { PATH_TOUCHED_MAX, PATH_TOUCHED_MAX_DEFAULT } from '../activation/strongest-path.ts';
import { HypersceneError } from '../errors.ts';
import { FACET_KINDS } from '../scene/facet.ts';
import type { CorpusName } from '../scene/name.ts';
import type { SceneId } from '../scene/scene.ts';
import { type GraphStore, VIEW_SCENES_MAX } from '../store/graph-store.ts';
import type { ViewSource } from '../worker/view-scenes.ts';
import { parseCount, parseScene, parseWeight } from './options.ts';
import { addSceneFilterOptions, type SceneFilterOptions, sceneFilter } from './scene-filter.ts';

/** What says which scenes a view is made of. */
export interface ViewSourceOptions extends SceneFilterOptions {
  readonly scene?: readonly SceneId[];
  readonly around?: SceneId;
  readonly hops?: number;
  readonly weightMin?: number;
  readonly from?: SceneId;
  readonly to?: SceneId;
  readonly budget?: number;
}

const together = (text: string, before: readonly SceneId[] = []): readonly SceneId[] => [...before, parseScene(text)];

export const addViewSourceOptions = (command: Command): Command =>
  addSceneFilterOptions(
    command
      .option('--scene <id>', 'this scene; once for each', together)
      .option('--around <id>', 'the scenes around this one', parseScene)
      .option('--hops <n>', 'with --around: so many couplings away at most, 1 to 4 (default: 1)', parseCount)
      .option('--weight-min <number>', 'with --around: over couplings of at least this weight, 0 to 1', parseWeight)
      .option('--from <id>', 'the strongest path from this scene', parseScene)
      .option('--to <id>', 'with --from: to this scene', parseScene)
      .option(
        '--budget <scenes>',
        `with --from: scenes whose couplings may be read, 1 to ${PATH_TOUCHED_MAX} (default: ${PATH_TOUCHED_MAX_DEFAULT})`,
        parseCount,
      ),
  ).option('--scenes-max <n>', `more scenes are refused (default, and most: ${VIEW_SCENES_MAX})`, parseCount);

const usage = (message: string, expected?: string): HypersceneError =>
  new HypersceneError('USAGE', message, expected === undefined ? {} : { expected });

/** What is told by the options alone, before the store is opened. @throws HypersceneError USAGE */
export const checkViewSource = (options: ViewSourceOptions): void => {
  const { scene, around, from, to, hops, weightMin, budget } = options;
  const ways = [scene !== undefined, around !== undefined, from !== undefined || to !== undefined, isFiltered(options)];
  if (ways.filter(Boolean).length !== 1)
    throw usage('bad source of a view', 'one of --scene, --around, --from with --to, and filters of scenes');
  if ((from === undefined) !== (to === undefined)) throw usage('a path has two ends', '--from with --to');
  if (around === undefined && (hops !== undefined || weightMin !== undefined))
    throw usage('--hops and --weight-min go with --around');
  if (from === undefined && budget !== undefined) throw usage('--budget goes with --from');
};

const isFiltered = (options: ViewSourceOptions): boolean => options.document !== undefined || isSearched(options);

/** By more than a document. */
const isSearched = (options: ViewSourceOptions): boolean =>
  [options.text, options.code, options.lang, ...FACET_KINDS.map((kind) => options[kind])].some(
    (filter) => filter !== undefined,
  );

/** @throws HypersceneError CORPUS_NOT_FOUND, DOCUMENT_NOT_FOUND, BAD_ARGUMENT */
export const viewSource = async (
  store: GraphStore,
  corpus: CorpusName,
  options: ViewSourceOptions,
): Promise<ViewSource> => {
  const { scene, around, from, to, hops, weightMin, budget, document } = options;
  if (scene !== undefined) return { scenes: scene };
  if (around !== undefined) return { seed: around, hops, weightMin };
  if (from !== undefined && to !== undefined) return { path: { from, to, touchedMax: budget } };
  if (document !== undefined && !isSearched(options)) return { document };
  return { search: await sceneFilter(store, corpus, options) };
};
