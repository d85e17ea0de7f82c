import type { DocumentId } from '../scene/scene.ts';
import type { SceneRange } from '../store/graph-store.ts';

/** The same positions in as few ranges as possible, none of them empty, no position twice. */
export const mergeRanges = (ranges: readonly SceneRange[]): readonly SceneRange[] => {
  const byDocument = Map.groupBy(
    ranges.filter(({ from, to }) => from < to),
    ({ document }) => document,
  );
  return [...byDocument].flatMap(([document, those]) => mergeOfOne(document, those));
};

const mergeOfOne = (document: DocumentId, ranges: readonly SceneRange[]): readonly SceneRange[] => {
  const merged: SceneRange[] = [];
  for (const { from, to } of ranges.toSorted((x, y) => x.from - y.from)) {
    const last = merged.at(-1);
    if (last === undefined || last.to < from) merged.push({ document, from, to });
    else merged.splice(-1, 1, { document, from: last.from, to: Math.max(last.to, to) });
  }
  return merged;
};
