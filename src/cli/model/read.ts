import type { Command } from 'commander';
import { HypersceneError } from '../../errors.ts';
import type { FacetKind } from '../../scene/facet.ts';
import { facetLabel } from '../../scene/facet-label.ts';
import type { CorpusName } from '../../scene/name.ts';
import type { Language, SceneId } from '../../scene/scene.ts';
import type { GraphStore } from '../../store/graph-store.ts';
import { pagesOf } from '../../store/pages.ts';
import type { DroppedAnswer } from '../../worker/model/facet-answer.ts';
import type { FilledScene } from '../../worker/model/fill-facets.ts';
import { READ_SCENES_MAX, type ReadScenesRequest, readScenes } from '../../worker/model/read-scenes.ts';
import { corpusOption, examples, labelsOption, parseCount, parseScene, parseWeight } from '../options.ts';
import { addSceneFilterOptions, type SceneFilterOptions, sceneFilter } from '../scene-filter.ts';
import type { Session } from '../session.ts';
import type { Column } from '../table.ts';
import { writeTable } from '../write-table.ts';
import { isStdin, readStdin } from './given-text.ts';
import { addCallOptions, type CallOptions, withModel } from './with-model.ts';

interface ReadOptions extends SceneFilterOptions, CallOptions {
  readonly corpus?: CorpusName;
  readonly scene?: readonly SceneId[];
  readonly limit: number;
  readonly below?: number;
  readonly labels: Language;
}

const LIMIT_DEFAULT = 20;

export const addModelReadCommand = (model: Command, session: Session): void => {
  const command = model
    .command('read')
    .description('what the model proposes for facets that the reader is unsure of; nothing is written')
    .argument('[text...]', 'in place of stored scenes: a text, which is read and not kept; - for standard input')
    .addOption(corpusOption('scenes of this corpus; filters narrow them together'))
    .option('--scene <id>', 'this scene; once for each', together)
    .option('--limit <n>', `scenes of a corpus at most, up to ${READ_SCENES_MAX}`, parseCount, LIMIT_DEFAULT)
    .option('--below <confidence>', 'facets below it are asked for, up to 1', parseWeight)
    .addOption(labelsOption());
  addCallOptions(addSceneFilterOptions(command))
    .addHelpText(
      'after',
      examples(
        'model read --corpus tales --limit 5',
        'model read "He stood at the door, not daring to go in." --labels en',
        'model read --scene 1f0c… --json',
      ),
    )
    .action((words: readonly string[], options: ReadOptions) => propose(session, words, options));
};

const together = (text: string, before: readonly SceneId[] = []): readonly SceneId[] => [...before, parseScene(text)];

type Source = ReadScenesRequest['source'];

const propose = async (session: Session, words: readonly string[], options: ReadOptions): Promise<void> => {
  const { corpus, scene, lang, below, labels } = options;
  if ([words.length > 0, corpus !== undefined, scene !== undefined].filter(Boolean).length !== 1)
    throw new HypersceneError('USAGE', 'bad source', { expected: 'one of a text, --corpus and --scene' });
  const text = isStdin(words) ? await readStdin(session) : words.join(' ');
  const sourceIn = async (store: GraphStore): Promise<Source> => {
    if (scene !== undefined) return { scenes: scene };
    return corpus === undefined ? { text, lang } : { scenes: await sceneIds(session, store, { ...options, corpus }) };
  };
  await withModel(session, { ...options, graph: words.length > 0 ? 'none' : 'needed' }, async (context) => {
    const source = await sourceIn(context.store);
    const { scenes, truncated } = await readScenes(context, { source, confidenceMin: below });
    session.endProgress();
    if (truncated) session.note(`the first ${READ_SCENES_MAX} scenes of the text`);
    if (session.json) for (const filled of scenes) await session.output.json(sceneLine(filled));
    else await writeTable(session.output, columns(labels), [scenes]);
  });
};

const sceneIds = async (
  session: Session,
  store: GraphStore,
  options: ReadOptions & { readonly corpus: CorpusName },
): Promise<readonly SceneId[]> => {
  const filter = await sceneFilter(store, options.corpus, options);
  const ids: SceneId[] = [];
  for await (const page of pagesOf((request) => store.scenes(filter, request), session.signal, options.limit))
    ids.push(...page.map(({ id }) => id));
  return ids;
};

const facetsOf = ({ scene }: FilledScene, kind: FacetKind) => {
  if (kind === 'context') return scene.context.filter(({ by }) => by === 'model');
  const facet = scene[kind];
  return facet === null ? [] : [facet];
};

const sceneLine = (filled: FilledScene): unknown => {
  const { scene, asked, none, dropped, provenance } = filled;
  const proposed = filled.filled.map((kind) => [kind, facetsOf(filled, kind)] as const);
  const { id, position, start, end, text } = scene;
  return { id, position, start, end, text, asked, proposed: Object.fromEntries(proposed), none, dropped, provenance };
};

const WHY: Readonly<Record<DroppedAnswer['why'], string>> = {
  NOT_WHOLE: 'broken off',
  NOT_IN_INVENTORY: 'not in the inventory',
  NOT_IN_TEXT: 'not in the text',
  LESS_SURE: 'less sure',
  TOO_LONG: 'too long for the context',
};

const columns = (labels: Language): readonly Column<FilledScene>[] => [
  { title: 'at', cell: ({ scene }) => String(scene.position), align: 'right' },
  { title: 'asked for', cell: ({ asked }) => asked.join(', ') || '·', widthMax: 32 },
  {
    title: 'proposed',
    cell: (filled) =>
      filled.filled
        .flatMap((kind) => facetsOf(filled, kind).map(({ key }) => `${kind} ${facetLabel(kind, key, labels)}`))
        .join(', ') || '·',
    widthMax: 48,
  },
  { title: 'dropped', cell: ({ dropped }) => dropped.map(({ kind, why }) => `${kind}: ${WHY[why]}`).join(', ') || '·' },
  { title: 'text', cell: ({ scene }) => scene.text, flexible: true },
];
