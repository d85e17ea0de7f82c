import { type Code, VIEW_LEVEL } from '../../scene/hypertoken.ts';
import type { CorpusName, ViewName } from '../../scene/name.ts';
import type { SceneId } from '../../scene/scene.ts';
import { strayScene } from '../collapse-check.ts';
import { deleteOccurrences } from '../cypher/occurrence-queries.ts';
import {
  countViewChange,
  createView,
  gatherScenes,
  scenesOfCorpus,
  scenesOfViews,
  type ViewRow,
  viewForm,
} from '../cypher/view-queries.ts';
import type { CypherTransaction } from '../cypher-engine.ts';
import type { ViewInput, ViewRecord, ViewReport } from '../graph-store.ts';
import { checkRevision } from '../revision-check.ts';
import { checkView, viewExists, viewNotFound } from '../view-check.ts';
import { CodeBook } from './code-book.ts';
import { batches, readBatches, requireCorpus, type StoreContext } from './context.ts';
import { findView, toView } from './views.ts';
import { writeRepeatable } from './write-repeatable.ts';

interface ViewWork {
  readonly context: StoreContext;
  readonly transaction: CypherTransaction;
  readonly book: CodeBook;
  readonly corpus: CorpusName;
}

export const writeView = async (context: StoreContext, corpus: CorpusName, input: ViewInput): Promise<ViewReport> => {
  checkView(input);
  return writeRepeatable<ViewReport>(context, { nothingLeft: ({ unchanged }) => unchanged }, async (transaction) => {
    const book = await CodeBook.open(context, transaction);
    checkRevision((await requireCorpus(transaction, context, corpus)).revision, input.revision);
    const work = { context, transaction, book, corpus };
    await checkScenes(work, input.scenes);
    await book.learn([{ ...input, level: VIEW_LEVEL }]);
    const standing = await findView(transaction, context, corpus, input.name);
    if (standing !== null) {
      const { sameScenes, sameForm } = await compare(work, standing, input);
      const view = toView(corpus, standing);
      if (sameScenes && sameForm) return { view, unchanged: true, replaced: null, newCode: false };
      if (input.replace !== true) throw viewExists(view, input, sameScenes);
      await remove(work, standing);
    }
    const row = await add(work, input);
    await close(work);
    const replaced = standing === null ? null : { code: standing.code as Code, ordinal: standing.ordinal };
    return { view: toView(corpus, row), unchanged: false, replaced, newCode: book.newCodes > 0 };
  });
};

export const deleteView = (context: StoreContext, corpus: CorpusName, name: ViewName): Promise<ViewRecord> =>
  writeRepeatable<ViewRecord>(context, { gone: 'VIEW_NOT_FOUND' }, async (transaction) => {
    const book = await CodeBook.open(context, transaction);
    await requireCorpus(transaction, context, corpus);
    const row = await findView(transaction, context, corpus, name);
    if (row === null) throw viewNotFound(corpus, name);
    const work = { context, transaction, book, corpus };
    await remove(work, row);
    await close(work);
    return toView(corpus, row);
  });

const checkScenes = async ({ context, transaction, corpus }: ViewWork, ids: readonly SceneId[]): Promise<void> => {
  const rows = await readBatches(transaction, scenesOfCorpus, ids, (batch) => ({
    scenes: batch.map((id) => context.identity.scene(id)),
  }));
  const own = new Set(rows.filter((row) => row.corpus === corpus).map(({ scene }) => scene));
  const stray = ids.find((id) => !own.has(id));
  if (stray !== undefined) throw strayScene(stray);
};

const compare = async ({ transaction }: ViewWork, { uid }: ViewRow, { digest, scenes }: ViewInput) => {
  const [form] = await transaction.read(viewForm, { occurrences: [uid] });
  const rows = await transaction.read(scenesOfViews, { occurrences: [uid] });
  const sameScenes = rows.length === scenes.length && rows.every(({ scene }, i) => scene === scenes[i]);
  return { sameScenes, sameForm: form?.digest === digest };
};

const remove = async ({ transaction, book }: ViewWork, { uid, code }: ViewRow): Promise<void> => {
  book.release(code as Code);
  await transaction.write(deleteOccurrences, { occurrences: [uid] });
};

const add = async ({ context, transaction, book, corpus }: ViewWork, input: ViewInput): Promise<ViewRow> => {
  const { identity, workspace } = context;
  const { name, digest, scenes, selection } = input;
  const ref = book.allot(digest);
  const row = {
    uid: identity.view(corpus, name),
    name,
    ...ref,
    level: VIEW_LEVEL,
    size: scenes.length,
    first: scenes[0] as SceneId,
    selection: JSON.stringify(selection),
  };
  await transaction.write(createView, {
    rows: [{ ...row, ref: identity.occurrence(ref), hypertoken: identity.hypertoken(ref.code) }],
    workspace,
    corpusName: corpus,
    level: VIEW_LEVEL,
    layer: identity.layer(corpus, VIEW_LEVEL),
  });
  const members = scenes.map((id, order) => ({ occurrence: row.uid, scene: identity.scene(id), order }));
  for (const some of batches(members)) await transaction.write(gatherScenes, { rows: some });
  return row;
};

const close = async ({ context, transaction, book, corpus }: ViewWork): Promise<void> => {
  const uid = context.identity.corpus(corpus);
  await book.close(uid);
  await transaction.write(countViewChange, { corpus: uid });
};
