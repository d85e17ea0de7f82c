import { digestOf } from '../../src/scene/digest.ts';
import { viewName, type WorkspaceName, workspaceName } from '../../src/scene/name.ts';
import type { CollapseGroup, GraphStore, StoredScene } from '../../src/store/graph-store.ts';
import { allItems } from '../conformance/all-pages.ts';
import { CORPUS, ENGLISH, idOf, nameOf, RUSSIAN, write } from '../conformance/prose.ts';

/** Sequences of operations written side by side, each in a workspace of its own. */
export const LANES = 2;
/** Few, so that documents are changed, deleted and written again, and a store does not grow with the kills. */
const DOCUMENTS = 8;
const SENTENCES = 40;

export const laneWorkspace = (lane: number): WorkspaceName => workspaceName(`полоса ${lane}`);

type Kind = 'write' | 'couple' | 'collapse' | 'view' | 'delete document' | 'clear' | 'delete corpus';

const CYCLE: readonly Kind[] = ['write', 'write', 'couple', 'write', 'couple', 'collapse', 'delete document'];

const kindOf = (i: number): Kind => {
  if (i % 53 === 52) return 'delete corpus';
  if (i % 31 === 30) return 'clear';
  if (i % 11 === 10) return 'view';
  return CYCLE[i % CYCLE.length] ?? 'write';
};

const documentName = (i: number): string => `документ ${(i * 5) % DOCUMENTS}`;

/**
 * The i-th operation of a lane, one transaction (a corpus of so few scenes is deleted, or its couplings cleared, in one portion;
 * test/store/portions.test.ts interrupts those of several): what it does hangs on the lane, the number and what is in the store alone,
 * so that a model in memory can do it too, and so that it can be done again. What is not there to be deleted is none of its
 * failures.
 * @param beforeWrite called when it has read what it needs and starts to write
 */
export const perform = async (
  store: GraphStore,
  lane: number,
  i: number,
  beforeWrite: () => void = () => undefined,
): Promise<void> => {
  const act = await prepare(store, lane, i);
  beforeWrite();
  try {
    await act();
  } catch (error) {
    const { code } = error as { readonly code?: unknown };
    if (code !== 'DOCUMENT_NOT_FOUND' && code !== 'CORPUS_NOT_FOUND') throw error;
  }
};

const prepare = async (store: GraphStore, lane: number, i: number): Promise<() => Promise<unknown>> => {
  switch (kindOf(i)) {
    case 'write':
      return () => writeDocument(store, lane, i);
    case 'couple': {
      const put = pairs(await scenesOf(store, i - 1)).map(([x, y]) => {
        const [a, b] = x.id < y.id ? [x.id, y.id] : [y.id, x.id];
        return { a, b, weight: 0.5, because: [{ kind: 'sequence' as const, key: '', weight: 0.5 }] };
      });
      return () => store.writeCouplings(CORPUS, { put, remove: [], coupled: put.map(({ a }) => a) });
    }
    case 'collapse': {
      const { revision = 0 } = (await store.corpus(CORPUS)) ?? {};
      const groups = pairs(await scenesOf(store, i - 2)).map(([x, y]) => groupOf(x, y));
      return () => store.writeCollapse(CORPUS, { revision, groups });
    }
    case 'view': {
      const { revision = 0 } = (await store.corpus(CORPUS)) ?? {};
      const scenes = (await scenesOf(store, i - 1)).slice(0, 1 + (i % 7));
      const [name, form] = [viewName(`вид ${i % 3}`), scenes.map(({ figure }) => figure).join(' ')];
      const of = { form, digest: digestOf('view', form), figures: [], scenes: scenes.map(({ id }) => id) };
      const view = { name, revision, ...of, selection: { by: 'scenes' as const }, replace: true };
      // Of a document that is gone there is nothing to make one of.
      return scenes.length === 0 ? async () => undefined : () => store.writeView(CORPUS, view);
    }
    case 'delete document':
      return () => store.deleteDocument(CORPUS, nameOf({ name: documentName(i) }));
    case 'clear':
      return () => store.clearCouplings(CORPUS);
    case 'delete corpus':
      return () => store.deleteCorpus(CORPUS);
  }
};

/** Russian and English by turns; every time another stretch of the tale, with a line that was not there before. */
const writeDocument = (store: GraphStore, lane: number, i: number): Promise<unknown> => {
  const russian = (i + lane) % 2 === 0;
  const from = (i * 7) % 60;
  const sentences = [
    russian ? `Правка ${i}.` : `Correction ${i}.`,
    ...(russian ? RUSSIAN : ENGLISH).slice(from, from + SENTENCES),
  ];
  return write(store, { name: documentName(i), lang: russian ? 'ru' : 'en', sentences });
};

/** Of the document that the i-th operation is about; none where it is gone. */
const scenesOf = async (store: GraphStore, i: number): Promise<readonly StoredScene[]> => {
  const document = idOf({ name: documentName(i) });
  const [record] = await store.documentsById([document]);
  return record ? allItems((page) => store.scenes({ corpus: CORPUS, document }, page)) : [];
};

const pairs = (scenes: readonly StoredScene[]): readonly (readonly [StoredScene, StoredScene])[] =>
  scenes.flatMap((scene, i) => {
    const next = scenes[i + 1];
    return next === undefined || i % 2 === 1 ? [] : [[scene, next] as const];
  });

const groupOf = (x: StoredScene, y: StoredScene): CollapseGroup => {
  const form = `${x.figure}>${y.figure}`;
  const bindings = x.agent === null ? [] : [{ slot: 0, agent: x.agent.entity }];
  return { form, digest: digestOf('motif', form), figures: [x.figure, y.figure], scenes: [x.id, y.id], bindings };
};
