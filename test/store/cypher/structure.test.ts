import { FACET_LABELS, FACET_RELATIONSHIPS, LABELS, RELATIONSHIPS } from '../../../src/store/cypher/label.ts';
import { NODE_LABELS, RELATIONSHIP_ENDS } from '../../../src/store/cypher/structure.ts';

/** Of the whole graph, and made anew by the store that a backup is restored into. */
const OF_NO_WORKSPACE: readonly string[] = [LABELS.migration];

test('every label of the graph is carried by a kind of node that backups hold', () => {
  const carried = new Set<string>(Object.values(NODE_LABELS).flat());
  const all = [...Object.values(LABELS), ...Object.values(FACET_LABELS)];
  expect(all.filter((label) => !carried.has(label))).toEqual(OF_NO_WORKSPACE);
});

test('every relationship of the graph has its ends', () => {
  const all = [...Object.values(RELATIONSHIPS), ...Object.values(FACET_RELATIONSHIPS)];
  expect(Object.keys(RELATIONSHIP_ENDS).sort()).toEqual([...all].sort());
});
