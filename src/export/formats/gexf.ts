import type { ExportContext, ExportFormat } from '../export-format.ts';
import {
  type AttributeType,
  EDGE_ATTRIBUTES,
  type GraphAttributes,
  NODE_ATTRIBUTES,
  REPLACED,
} from '../graph-attributes.ts';
import type { XmlText } from './xml.ts';
import { attributeValues, type XmlDialect, xmlGraphFormat } from './xml-graph.ts';

const TYPES: Readonly<Record<AttributeType, string>> = {
  string: 'string',
  list: 'liststring',
  int: 'integer',
  long: 'long',
  double: 'double',
};

/** Reasons are records: no list of strings. */
const typeOf = (owner: 'node' | 'edge', type: AttributeType): string =>
  owner === 'edge' && type === 'list' ? TYPES.string : TYPES[type];

const attributesOf = <T>(owner: 'node' | 'edge', attributes: GraphAttributes<T>): string => {
  const all = Object.entries({ ...attributes, [REPLACED]: { type: 'int' as const } });
  const lines = all.map(
    ([name, { type }]) => `      <attribute id="${name}" title="${name}" type="${typeOf(owner, type)}"/>\n`,
  );
  return `    <attributes class="${owner}" mode="static">\n${lines.join('')}    </attributes>\n`;
};

const value = (name: string, text: string): string => `<attvalue for="${name}" value="${text}"/>`;

// No date of modification: the same revision gives the same bytes.
const head = ({ corpus, standing }: ExportContext, xml: XmlText): string => `<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd" version="1.3">
  <meta>
    <creator>Hyperscene</creator>
    <description>Corpus ${xml.of(JSON.stringify(corpus))} at revision ${standing.revision}</description>
  </meta>
  <graph mode="static" defaultedgetype="undirected" idtype="string">
${attributesOf('node', NODE_ATTRIBUTES)}${attributesOf('edge', EDGE_ATTRIBUTES)}    <nodes>
`;

const GEXF: XmlDialect = {
  file: 'graph.gexf',
  head,
  node: (row, xml) =>
    `      <node id="${row.id}" label="${row.occurrence}"><attvalues>${attributeValues(NODE_ATTRIBUTES, row, xml, value)}</attvalues></node>\n`,
  middle: '    </nodes>\n    <edges>\n',
  edge: (coupling, xml) =>
    `      <edge source="${coupling.a}" target="${coupling.b}" weight="${coupling.weight}"><attvalues>${attributeValues(EDGE_ATTRIBUTES, coupling, xml, value)}</attvalues></edge>\n`,
  // Of the graph as a whole GEXF knows no data.
  tail: (xml) =>
    `    </edges>\n  </graph>\n  <!-- characters replaced by U+FFFD, which XML cannot hold: ${xml.replaced} -->\n</gexf>\n`,
};

/** GEXF 1.3, for Gephi. */
export const gexfFormat = (context: ExportContext): ExportFormat => xmlGraphFormat(context, GEXF);
