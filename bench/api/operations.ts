/** What the server is asked, as clients ask it: whole names, no fragments beyond those that a client would write. */

const FACET = 'kind key label(labels: $labels) text start end confidence by';
const AGENT = 'key entity label(labels: $labels) text confidence by';
const SCENE = `id text lang hyperlexeme(labels: $labels)
  agent { entity label(labels: $labels) } tension { key label(labels: $labels) } atmosphere { key } archetype { key label(labels: $labels) }`;
const COUPLING = `weight because { kind key label(labels: $labels) weight }`;

/** The five operations that are measured side by side, by the name each is shown under. */
export const OPERATIONS = {
  scene: `query Scene($id: ID!, $labels: Language!) {
    scene(id: $id) {
      id key kind lang position start end text code ordinal hyperlexeme(labels: $labels)
      agent { ${AGENT} } tension { ${FACET} } context { ${FACET} } atmosphere { ${FACET} } archetype { ${FACET} }
      couplings(first: 8) { pageInfo { hasNextPage endCursor } nodes { ${COUPLING} other { ${SCENE} } } }
    }
  }`,
  'page of scenes': `query Page($filter: SceneFilter!, $labels: Language!) {
    scenes(filter: $filter, first: 20) {
      pageInfo { hasNextPage endCursor }
      edges { cursor node { ${SCENE} position code ordinal context { ${FACET} } } }
    }
  }`,
  expand: `query Expand($ref: OccurrenceRef!, $labels: Language!) {
    expand(ref: $ref, first: 20) {
      occurrence { ref level size } hypertoken { code level hyperlexeme(labels: $labels) occurrenceCount }
      scenes { totalCount pageInfo { hasNextPage endCursor } nodes { ${SCENE} } }
      couplings { ${COUPLING} scene { id } other { id } }
    }
  }`,
  activate: `query Activate($query: String!, $corpus: String!, $labels: Language!) {
    activate(from: { query: $query }, corpus: $corpus, limit: 20) {
      seedCount litCount touched clues { kind key label(labels: $labels) weight sceneCount }
      scenes { score coupled because { kind key } scene { ${SCENE} } through { weight other { id } } }
    }
  }`,
  subgraph: `query Subgraph($id: ID!, $labels: Language!) {
    subgraph(scene: $id, hops: 2, limit: 20) {
      truncated seed { id } scenes { ${SCENE} } couplings { ${COUPLING} scene { id } other { id } }
    }
  }`,
} as const;

export type OperationName = keyof typeof OPERATIONS;
export const OPERATION_NAMES = Object.keys(OPERATIONS) as readonly OperationName[];

/** Asked besides in the mixed load. */
export const SEARCH = `query Search($corpus: String!, $text: String!, $labels: Language!) {
  scenes(filter: { corpus: $corpus, text: $text }, first: 20) { totalCount nodes { ${SCENE} } }
}`;
export const ASSEMBLE = `query Assemble($query: String!, $corpus: String!, $labels: Language!) {
  assemble(from: { query: $query }, corpus: $corpus, limit: 20, tokens: 300, labels: $labels) {
    positions pieces { form rung text positions occurrence { ref } } dropped { why }
  }
}`;
export const READ_TEXT = `mutation Read($input: ReadTextInput!) {
  readText(input: $input) { document { id version } scenesAdded scenesDeleted couplings }
}`;

/** One request: what stands in its body. */
export interface Ask {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** As clients name it: `Scene`. */
const operationName = (query: string): string => /^\w+ (\w+)/u.exec(query)?.[1] ?? '';

export const bodyOf = ({ query, variables }: Ask): string =>
  JSON.stringify({ operationName: operationName(query), query, variables });

/** By what the bare server finds the answer that it was given. */
export const answerKey = (operation: string, variables: unknown): string => `${operation} ${JSON.stringify(variables)}`;

export const keyOf = ({ query, variables }: Ask): string => answerKey(operationName(query), variables);
