import type { Code } from '../../scene/hypertoken.ts';
import type { ViewName } from '../../scene/name.ts';
import type { SceneId } from '../../scene/scene.ts';
import { countCouplingsOf } from '../cypher/coupling-queries.ts';
import { deleteOccurrences, occurrencesHolding } from '../cypher/occurrence-queries.ts';
import { deleteBareFacets, deleteScenes, facetUidsOfScenes, scenesToDelete } from '../cypher/scene-queries.ts';
import { viewsHolding } from '../cypher/view-queries.ts';
import type { CypherTransaction } from '../cypher-engine.ts';
import { compareText } from '../text-order.ts';
import type { CodeBook } from './code-book.ts';
import { batches, SCENE_BATCH, type StoreContext } from './context.ts';

/** Deletes scenes with all that hangs on them, within one transaction, and counts what went. */
export class SceneRemover {
  readonly #context: StoreContext;
  readonly #transaction: CypherTransaction;
  readonly #book: CodeBook;
  readonly #facets = new Set<string>();
  readonly #views: ViewName[] = [];
  #couplings = 0;
  #occurrences = 0;

  constructor(context: StoreContext, transaction: CypherTransaction, book: CodeBook) {
    this.#context = context;
    this.#transaction = transaction;
    this.#book = book;
  }

  get couplings(): number {
    return this.#couplings;
  }

  /** Of all levels; a scene is one. */
  get occurrences(): number {
    return this.#occurrences;
  }

  /** Of those that went, by name. */
  get views(): readonly ViewName[] {
    return this.#views.toSorted(compareText);
  }

  /** @param ids of scenes that are there */
  async remove(ids: readonly SceneId[]): Promise<void> {
    for (const batch of batches(ids, SCENE_BATCH)) {
      const scenes = batch.map((id) => this.#context.identity.scene(id));
      await this.rememberFacets(scenes);
      await this.removeOccurrencesHolding(scenes);
      await this.removeViewsHolding(scenes);
      const [coupled] = await this.#transaction.read(countCouplingsOf, { scenes });
      this.#couplings += coupled?.count ?? 0;
      const rows = await this.#transaction.read(scenesToDelete, { scenes });
      for (const { code } of rows) this.#book.release(code as Code);
      this.#occurrences += rows.length;
      await this.#transaction.write(deleteScenes, { scenes });
    }
  }

  /** Notes the facets that may be left without a scene, see {@link sweepFacets}. */
  async rememberFacets(scenes: readonly string[]): Promise<void> {
    for (const { uid } of await this.#transaction.read(facetUidsOfScenes, { scenes })) this.#facets.add(uid);
  }

  /** And what those are parts of, up to the highest level. */
  async removeOccurrencesHolding(scenes: readonly string[]): Promise<void> {
    const found = new Map<string, Code>();
    for (let occurrences = scenes; occurrences.length > 0; ) {
      const rows = await this.#transaction.read(occurrencesHolding, { occurrences });
      const above = rows.filter(({ uid }) => !found.has(uid));
      for (const { uid, code } of above) found.set(uid, code as Code);
      occurrences = above.map(({ uid }) => uid);
    }
    await this.#remove(found);
  }

  /** They say what figures their scenes have, and nothing of agents. */
  async removeViewsHolding(scenes: readonly string[]): Promise<void> {
    if (scenes.length === 0) return;
    const rows = await this.#transaction.read(viewsHolding, { scenes });
    this.#views.push(...rows.map(({ name }) => name as ViewName));
    await this.#remove(new Map(rows.map(({ uid, code }) => [uid, code as Code])));
  }

  async #remove(found: ReadonlyMap<string, Code>): Promise<void> {
    if (found.size === 0) return;
    for (const code of found.values()) this.#book.release(code);
    this.#occurrences += found.size;
    await this.#transaction.write(deleteOccurrences, { occurrences: [...found.keys()] });
  }

  /** Deletes the facets in which no scene is left; to be called last. */
  async sweepFacets(): Promise<void> {
    for (const facets of batches([...this.#facets])) await this.#transaction.write(deleteBareFacets, { facets });
  }
}
