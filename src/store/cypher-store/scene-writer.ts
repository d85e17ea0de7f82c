import { HypersceneError } from '../../errors.ts';
import { ownEntity } from '../../scene/facet.ts';
import { figureDigest, figureKey, figureOf } from '../../scene/figure.ts';
import type { Scene, SceneId } from '../../scene/scene.ts';
import { resolveAgent } from '../agent-merge.ts';
import { personsOfAgents } from '../cypher/agent-queries.ts';
import {
  attachFacets,
  createFacets,
  createScenes,
  detachFacets,
  documentsOfScenes,
  leaveHypertoken,
  linkScenes,
  markUncoupled,
  moveToHypertoken,
  unlinkScenes,
  updateScenes,
} from '../cypher/scene-queries.ts';
import type { CypherTransaction } from '../cypher-engine.ts';
import type { StoredScene } from '../graph-store.ts';
import type { OrderChange } from '../neighbours.ts';
import { checkSameText, sameAgent, sameFacets, sameFields } from '../scene-difference.ts';
import type { SceneOrder } from '../scene-order.ts';
import type { CodeBook } from './code-book.ts';
import { batches, type StoreContext } from './context.ts';
import { readScenes } from './scene-reader.ts';
import type { SceneRemover } from './scene-remover.ts';
import { birthRow, type DocumentPlace, facetRows, fieldsRow, figureForm, occurrenceRow } from './scene-row.ts';

export interface SceneWriterParts {
  readonly context: StoreContext;
  readonly transaction: CypherTransaction;
  readonly book: CodeBook;
  readonly remover: SceneRemover;
  readonly place: DocumentPlace;
  /** The scenes the document had. */
  readonly before: SceneOrder;
}

/** A scene that was there, as it was and as it is. */
interface KeptScene {
  readonly was: StoredScene;
  readonly is: Scene;
}

/** Writes the scenes of one document, batch by batch, within one transaction. */
export class SceneWriter {
  readonly #parts: SceneWriterParts;
  /** Made sure of in this transaction: none goes before its end, see {@link SceneRemover.sweepFacets}. */
  readonly #facets = new Set<string>();
  #added = 0;
  #kept = 0;

  constructor(parts: SceneWriterParts) {
    this.#parts = parts;
  }

  get added(): number {
    return this.#added;
  }

  get kept(): number {
    return this.#kept;
  }

  /** At most `SCENE_BATCH` scenes. @throws HypersceneError BAD_ARGUMENT for an id that another document has */
  async write(read: readonly Scene[]): Promise<void> {
    const { before, book } = this.#parts;
    const scenes = await this.#resolveAgents(read);
    await book.learn(scenes.map((scene) => figureForm(figureOf(scene))));
    const added = scenes.filter(({ id }) => !before.has(id));
    await this.#checkForeign(added);
    const kept = await this.#keptScenes(scenes.filter(({ id }) => before.has(id)));
    await this.#occur(scenes, new Map(kept.map(({ was }) => [was.id, was])));
    await this.#rewrite(kept);
    await this.#attachFacets(added);
    this.#added += added.length;
    this.#kept += kept.length;
  }

  /** Leads agents that were merged on to the person. */
  async #resolveAgents(scenes: readonly Scene[]): Promise<readonly Scene[]> {
    const { transaction, context, place } = this.#parts;
    const entities = new Set(scenes.flatMap(({ agent }) => (agent === null ? [] : [ownEntity(agent)])));
    if (entities.size === 0) return scenes;
    const agents = [...entities].map((entity) => context.identity.facet(place.corpus, 'agent', entity));
    const rows = await transaction.read(personsOfAgents, { agents });
    const persons = new Map(rows.map(({ alias, person }) => [alias, person]));
    return scenes.map((scene) => resolveAgent(scene, (entity) => persons.get(entity) ?? entity));
  }

  /** Ids hold the document's name, so that two documents share one only if a caller made it up. */
  async #checkForeign(scenes: readonly Scene[]): Promise<void> {
    if (scenes.length === 0) return;
    const [taken] = await this.#parts.transaction.read(documentsOfScenes, { scenes: this.#uids(scenes) });
    if (taken === undefined) return;
    throw new HypersceneError('BAD_ARGUMENT', 'bad id of a scene', {
      expected: `an id of document ${this.#parts.place.id}`,
      came: `${taken.id}, a scene of document ${taken.document}`,
    });
  }

  async #keptScenes(scenes: readonly Scene[]): Promise<readonly KeptScene[]> {
    if (scenes.length === 0) return [];
    const ids = scenes.map(({ id }) => id);
    const stored = await readScenes(this.#parts.transaction, this.#parts.context, ids);
    const was = new Map(stored.map(({ scene }) => [scene.id, scene]));
    return scenes.flatMap((is) => {
      const scene = was.get(is.id);
      if (scene === undefined) return [];
      checkSameText(scene, is);
      return [{ was: scene, is }];
    });
  }

  /** New scenes and those of another figure get an occurrence, in the order of the text. */
  async #occur(scenes: readonly Scene[], was: ReadonlyMap<SceneId, StoredScene>): Promise<void> {
    const { transaction, context, book, place } = this.#parts;
    const { identity, workspace } = context;
    const created = [];
    const moved = [];
    for (const scene of scenes) {
      const figure = figureOf(scene);
      const old = was.get(scene.id);
      if (old?.figure === figureKey(figure)) continue;
      const row = occurrenceRow(identity, scene, figure, book.allot(figureDigest(figure)));
      if (old !== undefined) book.release(old.code);
      if (old !== undefined) moved.push(row);
      else created.push({ ...fieldsRow(identity, place, scene), ...birthRow(identity, place, scene), ...row });
    }
    const document = { document: identity.document(place.id), documentId: place.id, corpusName: place.corpus };
    if (created.length > 0) await transaction.write(createScenes, { rows: created, workspace, ...document });
    if (moved.length === 0) return;
    await transaction.write(leaveHypertoken, { scenes: moved.map(({ uid }) => uid) });
    await transaction.write(moveToHypertoken, { rows: moved });
  }

  async #rewrite(kept: readonly KeptScene[]): Promise<void> {
    const { transaction, context, remover, place } = this.#parts;
    const moved = kept.filter(({ was, is }) => !sameFields(was, is)).map(({ is }) => is);
    if (moved.length > 0)
      await transaction.write(updateScenes, { rows: moved.map((scene) => fieldsRow(context.identity, place, scene)) });
    const reread = kept.filter(({ was, is }) => !sameFacets(was, is)).map(({ is }) => is);
    if (reread.length > 0) {
      await remover.rememberFacets(this.#uids(reread));
      await transaction.write(detachFacets, { scenes: this.#uids(reread) });
      await this.#attachFacets(reread);
      await this.markUncoupled(reread.map(({ id }) => id));
    }
    const refigured = kept.filter(({ was, is }) => was.figure !== figureKey(figureOf(is)));
    await remover.removeViewsHolding(this.#uids(refigured.map(({ is }) => is)));
    const otherwise = kept.filter(({ was, is }) => was.figure !== figureKey(figureOf(is)) || !sameAgent(was, is));
    await remover.removeOccurrencesHolding(this.#uids(otherwise.map(({ is }) => is)));
  }

  async #attachFacets(scenes: readonly Scene[]): Promise<void> {
    const { transaction, context, place } = this.#parts;
    const { identity, workspace } = context;
    for (const [kind, { nodes, edges }] of facetRows(identity, place.corpus, scenes)) {
      const unknown = nodes.filter(({ uid }) => !this.#facets.has(uid));
      for (const { uid } of unknown) this.#facets.add(uid);
      if (unknown.length > 0)
        await transaction.write(createFacets[kind], { rows: unknown, workspace, corpusName: place.corpus });
      for (const rows of batches(edges)) await transaction.write(attachFacets[kind], { rows });
    }
  }

  async markUncoupled(ids: readonly SceneId[]): Promise<void> {
    const { transaction, context, place } = this.#parts;
    const document = context.identity.document(place.id);
    for (const batch of batches(ids))
      await transaction.write(markUncoupled, { scenes: batch.map((id) => context.identity.scene(id)), document });
  }

  /** Follows the order of all scenes once they are written. */
  async reorder({ displaced, unlinked, linked }: OrderChange): Promise<void> {
    const { transaction, context } = this.#parts;
    const { identity } = context;
    for (const batch of batches(unlinked))
      await transaction.write(unlinkScenes, { scenes: batch.map((id) => identity.scene(id)) });
    for (const batch of batches(linked))
      await transaction.write(linkScenes, {
        rows: batch.map(({ from, to }) => ({ from: identity.scene(from), to: identity.scene(to) })),
      });
    await this.markUncoupled(displaced);
  }

  #uids(scenes: readonly Scene[]): readonly string[] {
    return scenes.map(({ id }) => this.#parts.context.identity.scene(id));
  }
}
