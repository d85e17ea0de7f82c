import { HypersceneError } from '../errors.ts';
import type { CollapseGroup, CollapseInput, CommunityGroup, CommunityPart } from '../store/graph-store.ts';
import { inTurns } from '../store/turns.ts';
import type { GraphRow, PartRow } from './graph-rows.ts';
import type { GraphSource } from './graph-source.ts';
import type { SceneNames } from './scene-names.ts';

type Row = GraphRow<'occurrences'>;

const placeKey = (level: number, first: string): string => `${level} ${first}`;

/**
 * The levels above 0 as the store takes them. Memory holds what a collapse holds.
 * @throws HypersceneError EXPORT_DAMAGED, CANCELLED
 */
export const readLevels = async (
  source: GraphSource,
  names: SceneNames,
): Promise<Required<Pick<CollapseInput, 'groups' | 'communities'>>> => {
  const levels: Row[][] = [];
  const places = new Map<string, CommunityPart>();
  for await (const rows of source.rows('occurrences'))
    for (const row of rows) {
      while (levels.length < row.level) levels.push([]);
      const level = levels[row.level - 1] ?? [];
      places.set(placeKey(row.level, row.first), { level: row.level, group: level.length });
      level.push(row);
    }
  const [motifs = [], ...above] = levels;
  const groups: CollapseGroup[] = [];
  await inTurns(motifs, (row) => groups.push(toGroup(row, names)));
  const communities: CommunityGroup[][] = [];
  for (const level of above) {
    const some: CommunityGroup[] = [];
    await inTurns(level, (row) => some.push(toCommunity(row, places, names)));
    communities.push(some);
  }
  return { groups, communities };
};

const formOf = ({ digest, form, figures }: Row): Pick<Row, 'digest' | 'form' | 'figures'> => ({
  digest,
  form,
  figures,
});

const damaged = (row: Row, expected: string, came: string): HypersceneError =>
  new HypersceneError('EXPORT_DAMAGED', 'bad occurrence in the export', {
    at: `level ${row.level} of ${row.first}`,
    expected,
    came,
  });

const toGroup = (row: Row, names: SceneNames): CollapseGroup => ({
  ...formOf(row),
  scenes: row.parts.map((part) => {
    if (typeof part !== 'string') throw damaged(row, 'scenes in one of level 1', JSON.stringify(part));
    return names.get(part);
  }),
  bindings: row.bindings.map(([slot, agent]) => ({ slot, agent })),
});

const toCommunity = (row: Row, places: ReadonlyMap<string, CommunityPart>, names: SceneNames): CommunityGroup => {
  const toPart = (part: PartRow): CommunityPart => {
    if (typeof part === 'string') return names.get(part);
    const place = places.get(placeKey(...part));
    if (place === undefined) throw damaged(row, 'parts that stand in the file', JSON.stringify(part));
    return place;
  };
  return { ...formOf(row), parts: row.parts.map(toPart) };
};
