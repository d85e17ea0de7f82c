import { HypersceneError } from '../../errors.ts';
import { EMPTY_FIGURE, figureKey, figureOf } from '../../scene/figure.ts';
import type { ViewName } from '../../scene/name.ts';
import { documentId, type Scene, type SceneId } from '../../scene/scene.ts';
import { resolveAgent } from '../agent-merge.ts';
import type { DocumentInput, DocumentPart, StoredScene, WriteReport } from '../graph-store.ts';
import { checkImports } from '../import-check.ts';
import { isSameReading } from '../same-reading.ts';
import { checkDocument, checkNotices, checkReplaces, SceneCheck } from '../scene-check.ts';
import { checkSameText, sameAgent, sameFacets } from '../scene-difference.ts';
import { TextChunks } from '../text-chunks.ts';
import { compareText } from '../text-order.ts';
import { personOf } from './memory-merges.ts';
import { removeScenes } from './remove-memory-scenes.ts';
import {
  asStored,
  dropHolding,
  dropViews,
  emptyCorpus,
  learnFigure,
  type MemoryCorpus,
  type MemoryDocument,
  sceneOf,
  type WorkspaceState,
} from './workspace-state.ts';

/** A document's content, read whole. */
interface Content {
  readonly chunks: readonly string[];
  readonly length: number;
  readonly scenes: readonly Scene[];
  readonly notices: readonly string[];
}

export const writeMemoryDocument = async (
  state: WorkspaceState,
  input: DocumentInput,
  parts: AsyncIterable<DocumentPart>,
): Promise<WriteReport> => {
  checkDocument(input);
  const stored = findDocument(state, input);
  if (stored !== undefined && isSameReading(stored.record, input)) return unchanged(stored);
  if (stored !== undefined) checkReplaces(input);
  const content = await readContent(parts);
  const now = findDocument(state, input);
  if (now !== undefined && isSameReading(now.record, input)) return unchanged(now);
  if (now !== undefined) checkReplaces(input);
  checkImports(input, state.corpora.get(input.corpus)?.importing ?? null);
  checkIds(state, input, content.scenes);
  return applyContent(state, input, content);
};

const findDocument = ({ documents }: WorkspaceState, { corpus, name }: DocumentInput): MemoryDocument | undefined =>
  documents.get(documentId(corpus, name));

const unchanged = ({ record }: MemoryDocument): WriteReport => ({
  document: record.id,
  version: record.version,
  unchanged: true,
  scenesAdded: 0,
  scenesKept: record.scenes,
  scenesDeleted: 0,
  viewsDeleted: [],
});

/** Nothing is changed before all of it is there: what throws on the way leaves no trace. */
const readContent = async (parts: AsyncIterable<DocumentPart>): Promise<Content> => {
  const check = new SceneCheck();
  const text = new TextChunks();
  const chunks: string[] = [];
  const scenes: Scene[] = [];
  const notices: string[] = [];
  for await (const part of parts) {
    if (part.type === 'text') chunks.push(...text.add(part.text));
    if (part.type === 'notices') {
      checkNotices(part.notices);
      notices.push(...part.notices);
    }
    if (part.type !== 'scenes') continue;
    for (const scene of part.scenes) {
      check.check(scene);
      scenes.push(asStored(scene));
    }
  }
  chunks.push(...text.finish());
  return { chunks, length: text.length, scenes, notices };
};

const checkIds = (state: WorkspaceState, input: DocumentInput, scenes: readonly Scene[]): void => {
  const id = documentId(input.corpus, input.name);
  for (const scene of scenes) {
    const was = state.scenes.get(scene.id);
    if (was?.document === id) checkSameText(was, scene);
  }
  const foreign = scenes.map((scene) => state.scenes.get(scene.id)).find((scene) => scene && scene.document !== id);
  if (foreign)
    throw new HypersceneError('BAD_ARGUMENT', 'bad id of a scene', {
      expected: `an id of document ${id}`,
      came: `${foreign.id}, a scene of document ${foreign.document}`,
    });
};

const applyContent = (state: WorkspaceState, input: DocumentInput, content: Content): WriteReport => {
  // Δ0, the figure of all `none`, is there with the first document.
  learnFigure(state, EMPTY_FIGURE);
  const corpus = state.corpora.get(input.corpus) ?? emptyCorpus(input.corpus);
  state.corpora.set(input.corpus, corpus);
  const id = documentId(input.corpus, input.name);
  const before = state.documents.get(id);
  const was = new Map((before?.scenes ?? []).map((scene) => [scene, sceneOf(state, scene)]));
  const ids = content.scenes.map((scene) => scene.id);
  const deleted = [...was.keys()].filter((scene) => !ids.includes(scene));
  const views = content.scenes.flatMap((scene) =>
    writeScene(state, corpus, input, resolveAgent(scene, personOf(corpus)), was.get(scene.id)),
  );
  views.push(...removeScenes(state, corpus, deleted).views);
  for (const scene of displaced(before?.scenes ?? [], ids)) corpus.uncoupled.add(scene);
  const document: MemoryDocument = {
    order: before?.order ?? corpus.nextDocument++,
    chunks: content.chunks,
    scenes: ids,
    record: {
      id,
      corpus: input.corpus,
      name: input.name,
      lang: input.lang,
      version: before === undefined ? (input.imported?.version ?? 1) : before.record.version + 1,
      sha256: input.sha256,
      bytes: input.bytes,
      length: content.length,
      scenes: ids.length,
      notices: content.notices,
      filledBy: input.filledBy ?? null,
    },
  };
  corpus.documents.set(input.name, document);
  state.documents.set(id, document);
  corpus.revision += 1;
  const kept = ids.filter((scene) => was.has(scene)).length;
  return {
    document: id,
    version: document.record.version,
    unchanged: false,
    scenesAdded: ids.length - kept,
    scenesKept: kept,
    scenesDeleted: deleted.length,
    viewsDeleted: views.sort(compareText),
  };
};

/** A new scene, or one of another figure, gets the next ordinal of its figure's code. @returns the views that go by it */
const writeScene = (
  state: WorkspaceState,
  corpus: MemoryCorpus,
  input: DocumentInput,
  scene: Scene,
  was: StoredScene | undefined,
): readonly ViewName[] => {
  const form = figureKey(figureOf(scene));
  const entry = learnFigure(state, figureOf(scene));
  const place = { corpus: input.corpus, document: documentId(input.corpus, input.name), documentName: input.name };
  const sameFigure = was?.figure === form;
  const ordinal = sameFigure ? was.ordinal : ++entry.last;
  state.scenes.set(scene.id, { ...scene, ...place, figure: form, code: entry.code, ordinal });
  if (was === undefined || !sameFacets(was, scene)) corpus.uncoupled.add(scene.id);
  if (was !== undefined && (!sameFigure || !sameAgent(was, scene))) dropHolding(corpus, new Set([scene.id]));
  return was === undefined || sameFigure ? [] : dropViews(corpus, new Set([scene.id]));
};

/** Scenes that were there and have another neighbour now. */
const displaced = (before: readonly SceneId[], after: readonly SceneId[]): readonly SceneId[] => {
  const neighbours = (ids: readonly SceneId[]): ReadonlyMap<SceneId, string> =>
    new Map(ids.map((id, i) => [id, `${ids[i - 1] ?? ''} ${ids[i + 1] ?? ''}`]));
  const old = neighbours(before);
  return [...neighbours(after)].filter(([id, pair]) => old.has(id) && old.get(id) !== pair).map(([id]) => id);
};
