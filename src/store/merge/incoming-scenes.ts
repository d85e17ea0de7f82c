import type { Coupling, Reason } from '../../scene/coupling.ts';
import type { AgentFacet, Facet, FacetEvidence, FacetKind } from '../../scene/facet.ts';
import type { FigureKey } from '../../scene/figure.ts';
import type { Code } from '../../scene/hypertoken.ts';
import type { CorpusName } from '../../scene/name.ts';
import type { DocumentId, Language, Scene, SceneId, SceneKind } from '../../scene/scene.ts';
import { unreadable } from '../backup/format.ts';
import { FACET_RELATIONSHIPS } from '../cypher/label.ts';
import type { EdgeRecord, NodeRecord, Properties } from '../graph-archive.ts';
import { keyParts } from '../joined-key.ts';

/** A scene as a backup holds it. */
export interface IncomingScene {
  /** With the agent that the reader gave it, merged or not. */
  readonly scene: Scene;
  readonly corpus: CorpusName;
  readonly document: DocumentId;
  readonly figure: FigureKey;
  /** In the store it comes from. */
  readonly code: Code;
  readonly ordinal: number;
  /** To be coupled. */
  readonly waits: boolean;
  /** Those of which it is the first end. */
  readonly couplings: readonly Coupling[];
}

interface Draft {
  readonly properties: Properties;
  readonly facets: { readonly kind: FacetKind; readonly edge: EdgeRecord }[];
  readonly couplings: Coupling[];
}

const KINDS: ReadonlyMap<string, FacetKind> = new Map(
  Object.entries(FACET_RELATIONSHIPS).map(([kind, type]) => [type, kind as FacetKind]),
);

/** The last part of a key: a scene's or document's id, the key of a facet. */
export const lastPart = (uid: string): string => keyParts(uid).at(-1) ?? '';

/** Puts scenes together out of their nodes and what leads from these, some hundred at a time. */
export class SceneAssembler {
  #drafts = new Map<string, Draft>();
  #isClosed = false;

  /** Nodes that follow upon edges begin anew: what was assembled before is whole then. */
  get isWhole(): boolean {
    return this.#isClosed;
  }

  addNode({ properties }: NodeRecord): void {
    this.#drafts.set(String(properties['uid']), { properties, facets: [], couplings: [] });
  }

  /** Any edge of a scene closes the list of nodes, whether it is wanted or not. */
  addEdge(edge: EdgeRecord): void {
    this.#isClosed = true;
    const kind = KINDS.get(edge.edge);
    if (kind === undefined && edge.edge !== 'COUPLED_WITH') return;
    const draft = this.#drafts.get(edge.from);
    if (draft === undefined) throw unreadable('what leads from a scene behind it', `${edge.edge} from ${edge.from}`);
    if (kind === undefined) draft.couplings.push(toCoupling(edge));
    else draft.facets.push({ kind, edge });
  }

  /** In the order of the corpus. */
  take(): readonly IncomingScene[] {
    const drafts = [...this.#drafts.values()];
    this.#drafts = new Map();
    this.#isClosed = false;
    return drafts.sort((x, y) => Number(x.properties['rank']) - Number(y.properties['rank'])).map(toScene);
  }
}

const toCoupling = ({ from, to, properties }: EdgeRecord): Coupling => ({
  a: lastPart(from) as SceneId,
  b: lastPart(to) as SceneId,
  weight: Number(properties['weight']),
  because: JSON.parse(String(properties['because'])) as readonly Reason[],
});

const toScene = ({ properties, facets, couplings }: Draft): IncomingScene => {
  const { id, position, kind, start, end, text, lang, corpus, document, figure, code, ordinal, uncoupled } = properties;
  const offset = Number(start);
  const of = (wanted: FacetKind): readonly Facet[] =>
    facets
      .filter((one) => one.kind === wanted)
      .sort((x, y) => Number(x.edge.properties['order']) - Number(y.edge.properties['order']))
      .map(({ edge }) => toFacet(edge, offset));
  const agent = facets.find((one) => one.kind === 'agent');
  return {
    scene: {
      id: id as SceneId,
      position: Number(position),
      kind: kind as SceneKind,
      start: offset,
      end: Number(end),
      text: String(text),
      lang: lang as Language,
      agent: agent === undefined ? null : toAgent(agent.edge, offset),
      tension: of('tension')[0] ?? null,
      context: of('context'),
      atmosphere: of('atmosphere')[0] ?? null,
      archetype: of('archetype')[0] ?? null,
    },
    corpus: corpus as CorpusName,
    document: document as DocumentId,
    figure: figure as FigureKey,
    code: code as Code,
    ordinal: Number(ordinal),
    waits: typeof uncoupled === 'string',
    couplings,
  };
};

/** Spans are kept within the scene's text. */
const toFacet = ({ properties: { key, start, end, confidence, by } }: EdgeRecord, offset: number): Facet => ({
  key: String(key),
  start: offset + Number(start),
  end: offset + Number(end),
  confidence: Number(confidence),
  by: by as FacetEvidence,
});

/** The edge leads to the person; where that is not whom the reader meant, it says whom. */
const toAgent = (edge: EdgeRecord, offset: number): AgentFacet => {
  const { own } = edge.properties;
  return { ...toFacet(edge, offset), entity: typeof own === 'string' ? own : lastPart(edge.to) };
};
