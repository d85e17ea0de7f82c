/** How many nodes of each label, edges of each type and properties of each label's nodes a graph holds. */
export type Census = Readonly<Record<string, number>>;

type Ask = (
  text: string,
  parameters: Readonly<Record<string, unknown>>,
) => Promise<readonly Readonly<Record<string, unknown>>[]>;

/** `settled` says what of Neo4j's commits is visible, and is no part of what was written. */
const NODES = `MATCH (n) WHERE n.workspace = $workspace
  UNWIND labels(n) AS label
  RETURN label AS what, count(n) AS n, sum(size([key IN keys(n) WHERE key <> 'settled'])) AS properties`;

const EDGES = `MATCH (a)-[r]->(b) WHERE a.workspace = $workspace
  RETURN type(r) AS what, count(r) AS n, sum(size(keys(r))) AS properties`;

/** Of one workspace: what both sides wrote must come to the same. */
export const takeCensus = async (ask: Ask, workspace: string): Promise<Census> => {
  const rows = [...(await ask(NODES, { workspace })), ...(await ask(EDGES, { workspace }))];
  const counts = rows.flatMap(({ what, n, properties }) => [
    [String(what), Number(n)] as const,
    [`${what} properties`, Number(properties)] as const,
  ]);
  return Object.fromEntries(counts.sort(([x], [y]) => (x < y ? -1 : 1)));
};
