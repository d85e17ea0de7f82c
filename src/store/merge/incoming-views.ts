import { type Code, VIEW_LEVEL } from '../../scene/hypertoken.ts';
import type { CorpusName, ViewName } from '../../scene/name.ts';
import type { SceneId } from '../../scene/scene.ts';
import type { ViewSelection } from '../../scene/view.ts';
import { unreadable } from '../backup/format.ts';
import type { EdgeRecord, GraphRecord, NodeRecord, Properties } from '../graph-archive.ts';
import { VIEW_SCENES_MAX } from '../graph-store.ts';
import { recordsOfKinds, type Source } from './incoming.ts';
import { lastPart } from './incoming-scenes.ts';

/** A named view as a backup holds it. */
export interface IncomingView {
  readonly corpus: CorpusName;
  readonly name: ViewName;
  readonly selection: ViewSelection;
  /** In the store it comes from. */
  readonly code: Code;
  readonly ordinal: number;
  /** In the order of the form: 1 to {@link VIEW_SCENES_MAX}, each once. */
  readonly scenes: readonly SceneId[];
}

interface Draft {
  readonly properties: Properties;
  /** By their places; empty where a scene has not come yet. */
  readonly scenes: (SceneId | undefined)[];
  missing: number;
}

/**
 * Puts the views of one corpus together out of their nodes and what leads from these. Each must hold as many scenes as it says,
 * each once and at a place of its own. Memory holds those that stand together in the backup: {@link VIEW_SCENES_MAX} scenes.
 */
export class ViewAssembler {
  readonly #corpus: CorpusName;
  readonly #open = new Map<string, Draft>();
  /** Scenes of those that are open. */
  #places = 0;
  #isClosed = false;

  constructor(corpus: CorpusName) {
    this.#corpus = corpus;
  }

  /**
   * @param record an occurrence, of which those of the levels are passed over, or a GATHERS
   * @returns a view when the last of its scenes came
   * @throws HypersceneError BACKUP_UNREADABLE
   */
  add(record: GraphRecord): IncomingView | null {
    if ('edge' in record) return this.#addEdge(record);
    if (record.properties['level'] === VIEW_LEVEL) this.#addNode(record);
    return null;
  }

  /** Nothing follows. @throws HypersceneError BACKUP_UNREADABLE for a view that lacks scenes */
  end(): void {
    for (const { properties, scenes, missing } of this.#open.values())
      throw unreadable(
        `${scenes.length} scenes of the view ${JSON.stringify(properties['name'])}`,
        `${scenes.length - missing}`,
      );
    this.#isClosed = false;
  }

  /** One that follows upon edges begins anew: those before are whole then. */
  #addNode({ properties }: NodeRecord): void {
    if (this.#isClosed) this.end();
    const { uid, name, size } = properties;
    if (typeof name !== 'string' || this.#open.has(String(uid)))
      throw unreadable('views with names of their own', JSON.stringify(name));
    const isSize = Number.isInteger(size) && Number(size) > 0;
    if (!isSize || this.#places + Number(size) > VIEW_SCENES_MAX)
      throw unreadable(`views of 1 to ${VIEW_SCENES_MAX} scenes together`, `${size} in ${JSON.stringify(name)}`);
    this.#places += Number(size);
    this.#open.set(String(uid), { properties, scenes: new Array(Number(size)), missing: Number(size) });
  }

  #addEdge({ from, to, properties: { order } }: EdgeRecord): IncomingView | null {
    this.#isClosed = true;
    const draft = this.#open.get(from);
    if (draft === undefined) throw unreadable('as many scenes behind a view as it says', `GATHERS from ${from}`);
    const { scenes } = draft;
    const place = Number(order);
    if (!Number.isInteger(order) || place < 0 || place >= scenes.length || scenes[place] !== undefined)
      throw unreadable('each scene of a view at a place of its own', `GATHERS from ${from} at ${order}`);
    scenes[place] = lastPart(to) as SceneId;
    draft.missing -= 1;
    if (draft.missing > 0) return null;
    this.#open.delete(from);
    this.#places -= scenes.length;
    return toView(this.#corpus, draft.properties, scenes as readonly SceneId[]);
  }
}

const toView = (corpus: CorpusName, properties: Properties, scenes: readonly SceneId[]): IncomingView => {
  const { name, selection, code, ordinal } = properties;
  if (new Set(scenes).size < scenes.length)
    throw unreadable('each scene once in a view', `one twice in ${JSON.stringify(name)}`);
  return {
    corpus,
    name: name as ViewName,
    selection: toSelection(String(selection)),
    code: code as Code,
    ordinal: Number(ordinal),
    scenes,
  };
};

const toSelection = (text: string): ViewSelection => {
  try {
    return JSON.parse(text) as ViewSelection;
  } catch (error) {
    throw unreadable('how the scenes of a view were chosen, as JSON', JSON.stringify(text.slice(0, 80)), error);
  }
};

/**
 * Views of one corpus at a time, as many at once as have {@link VIEW_SCENES_MAX} scenes together at most: with those that are
 * not whole yet, memory holds the ids of twice as many.
 * @throws HypersceneError BACKUP_UNREADABLE
 */
export async function* incomingViews(
  source: Source,
  wanted: ReadonlySet<CorpusName>,
): AsyncGenerator<readonly IncomingView[]> {
  let assembler: ViewAssembler | null = null;
  let views: IncomingView[] = [];
  let scenes = 0;
  const take = (): readonly IncomingView[] => {
    const taken = views;
    views = [];
    scenes = 0;
    return taken;
  };
  for await (const records of recordsOfKinds(source, ['corpus', 'occurrence'], ['GATHERS']))
    for (const record of records) {
      const isCorpus = 'node' in record && record.node === 'corpus';
      const view = isCorpus ? null : (assembler?.add(record) ?? null);
      const isFull = view !== null && scenes + view.scenes.length > VIEW_SCENES_MAX;
      if (isCorpus) {
        assembler?.end();
        const corpus = record.properties['name'] as CorpusName;
        assembler = wanted.has(corpus) ? new ViewAssembler(corpus) : null;
      }
      if ((isCorpus || isFull) && views.length > 0) yield take();
      if (view === null) continue;
      views.push(view);
      scenes += view.scenes.length;
    }
  assembler?.end();
  if (views.length > 0) yield views;
}
