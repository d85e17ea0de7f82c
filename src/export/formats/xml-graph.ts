import { z } from 'zod';
import type { Coupling } from '../../scene/coupling.ts';
import { codesPass } from '../codes-pass.ts';
import { pagesOfCouplings, placedScenes } from '../corpus-pages.ts';
import type { ExportContext, ExportFormat } from '../export-format.ts';
import { type GraphAttributes, REPLACED } from '../graph-attributes.ts';
import { type SceneRow, sceneRows } from '../scene-row.ts';
import { XmlText } from './xml.ts';

/** How one kind of XML tells a graph. Each gives markup, and escapes texts with what it is given. */
export interface XmlDialect {
  readonly file: string;
  /** As far as the first node. */
  readonly head: (context: ExportContext, xml: XmlText) => string;
  readonly node: (row: SceneRow, xml: XmlText) => string;
  /** Between the last node and the first edge. */
  readonly middle: string;
  readonly edge: (coupling: Coupling, xml: XmlText) => string;
  /** Behind the last edge. */
  readonly tail: (xml: XmlText) => string;
}

/** The attributes that a row has, each as `one` tells it; last how many characters of them were replaced, where any were. */
export const attributeValues = <T>(
  attributes: GraphAttributes<T>,
  row: T,
  xml: XmlText,
  one: (name: string, value: string) => string,
): string => {
  const before = xml.replaced;
  const told = Object.entries(attributes).map(([name, { of }]) => {
    const value = of(row);
    return value === null ? '' : one(name, xml.of(String(value)));
  });
  const replaced = xml.replaced - before;
  return told.join('') + (replaced === 0 ? '' : one(REPLACED, String(replaced)));
};

const stateShape = z.object({ replaced: z.int() }).nullable();

/** Scenes as nodes and couplings as undirected edges, in one file. */
export const xmlGraphFormat = (context: ExportContext, dialect: XmlDialect): ExportFormat => {
  const { view, corpus, standing, options, outputs } = context;
  const { file, head, node, middle, edge, tail } = dialect;
  const xml = new XmlText();
  const write = (markup: string, rows: number): Promise<void> => outputs.write(file, Buffer.from(markup), rows);
  return {
    passes: [
      codesPass(context),
      {
        name: 'scenes',
        total: standing.scenes,
        showsScenes: true,
        async *pages(after) {
          const rowOf = sceneRows(options.labels);
          if (after === undefined) await write(head(context, xml), 0);
          for await (const { items, cursor } of placedScenes(view, corpus, after))
            yield {
              cursor,
              count: items.length,
              scenes: items,
              write: () => {
                const rows = items.map(({ scene, levels }) => rowOf(scene, levels));
                return write(rows.map((row) => node(row, xml)).join(''), rows.length);
              },
            };
        },
      },
      {
        name: 'couplings',
        total: standing.couplings,
        async *pages(after) {
          if (after === undefined) await write(middle, 0);
          for await (const { items, cursor } of pagesOfCouplings(view, corpus, after))
            yield {
              cursor,
              count: items.length,
              write: () => write(items.map((coupling) => edge(coupling, xml)).join(''), items.length),
            };
        },
        end: () => write(tail(xml), 0),
      },
    ],
    state: () => ({ replaced: xml.replaced }),
    restore: (state) => {
      xml.replaced = stateShape.parse(state)?.replaced ?? 0;
    },
    closing: () => ({}),
  };
};
