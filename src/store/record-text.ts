import type { GraphRecord, Properties } from './graph-archive.ts';
import { compareText } from './text-order.ts';

/** Engines give properties in orders of their own; sorted, equal records are equal bytes. */
const sorted = (properties: Properties): Properties =>
  Object.fromEntries(
    Object.entries(properties)
      .filter(([, value]) => value !== null)
      .sort(([x], [y]) => compareText(x, y)),
  );

/** A record as one line of JSON, without the line's end. */
export const recordText = (record: GraphRecord): string =>
  'node' in record
    ? JSON.stringify({ node: record.node, properties: sorted(record.properties) })
    : JSON.stringify({
        edge: record.edge,
        from: record.from,
        to: record.to,
        properties: sorted(record.properties),
      });
