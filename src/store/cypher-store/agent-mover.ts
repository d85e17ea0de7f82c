import type { CorpusName } from '../../scene/name.ts';
import type { DocumentId } from '../../scene/scene.ts';
import { type AgentEdgeRow, agentEdges, countUp, detachAgents, markWaiting } from '../cypher/agent-queries.ts';
import { attachFacets } from '../cypher/scene-queries.ts';
import type { CypherTransaction } from '../cypher-engine.ts';
import { batches, SCENE_BATCH, type StoreContext } from './context.ts';
import type { SceneRemover } from './scene-remover.ts';

export interface AgentMoverParts {
  readonly context: StoreContext;
  readonly transaction: CypherTransaction;
  readonly remover: SceneRemover;
  readonly corpus: CorpusName;
}

/** Which scenes go where. */
export interface AgentMove {
  readonly from: string;
  readonly to: string;
  /** Those that the reader gave to one of these. */
  readonly own: readonly string[];
}

/**
 * Edges read at once: 1,000 hold the event loop for 5 ms where 5,000 held it for 120, and for 30,000 scenes cost
 * no more time.
 */
const EDGES = 1000;

/** Gives scenes another agent, batch by batch, within one transaction. */
export class AgentMover {
  readonly #parts: AgentMoverParts;
  #scenes = 0;
  #waiting = 0;

  constructor(parts: AgentMoverParts) {
    this.#parts = parts;
  }

  /** Scenes moved. */
  get scenes(): number {
    return this.#scenes;
  }

  /** Those of them that were coupled before and now wait for it. */
  get waiting(): number {
    return this.#waiting;
  }

  async move({ from, to, own }: AgentMove): Promise<void> {
    const { transaction } = this.#parts;
    const agent = this.#uid(from);
    let edges: readonly AgentEdgeRow[];
    do {
      edges = await transaction.read(agentEdges, { agent, own, limit: EDGES });
      for (const batch of batches(edges, SCENE_BATCH)) await this.#moveBatch(batch, to);
      await this.#countWaiting(edges);
      this.#scenes += edges.length;
    } while (edges.length === EDGES);
  }

  async #moveBatch(edges: readonly AgentEdgeRow[], to: string): Promise<void> {
    const { transaction, context, remover } = this.#parts;
    const scenes = edges.map(({ scene }) => scene);
    await remover.removeOccurrencesHolding(scenes);
    await transaction.write(detachAgents, { scenes });
    const facet = this.#uid(to);
    await transaction.write(attachFacets.agent, {
      rows: edges.map(({ scene, document: _, coupled: __, own, ...edge }) => ({
        ...edge,
        scene,
        facet,
        own: own === to ? null : own,
      })),
    });
    await transaction.write(markWaiting, {
      rows: edges.map(({ scene, document }) => ({
        scene,
        document: context.identity.document(document as DocumentId),
      })),
    });
  }

  async #countWaiting(edges: readonly AgentEdgeRow[]): Promise<void> {
    const { transaction, context, corpus } = this.#parts;
    const { identity } = context;
    const coupled = edges.filter((edge) => edge.coupled);
    if (coupled.length === 0) return;
    const rows = [...Map.groupBy(coupled, ({ document }) => document)].map(([document, waiting]) => ({
      document: identity.document(document as DocumentId),
      waiting: waiting.length,
    }));
    await transaction.write(countUp, { rows, corpus: identity.corpus(corpus) });
    this.#waiting += coupled.length;
  }

  #uid(agent: string): string {
    const { context, corpus } = this.#parts;
    return context.identity.facet(corpus, 'agent', agent);
  }
}
