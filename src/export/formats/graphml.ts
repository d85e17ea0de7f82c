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

type Owner = 'graph' | 'node' | 'edge';

const TYPES: Readonly<Record<AttributeType, string>> = {
  string: 'string',
  list: 'string',
  int: 'int',
  long: 'long',
  double: 'double',
};

/** Keys of one file share their ids, names may recur. */
const key = (owner: Owner, name: string, type: AttributeType): string =>
  `  <key id="${owner}.${name}" for="${owner}" attr.name="${name}" attr.type="${TYPES[type]}"/>\n`;

const keysOf = <T>(owner: Owner, attributes: GraphAttributes<T>): string =>
  Object.entries({ ...attributes, [REPLACED]: { type: 'int' as const } })
    .map(([name, { type }]) => key(owner, name, type))
    .join('');

/** No space within: it would be a part of the text. */
const data = (owner: Owner) => (name: string, value: string) => `<data key="${owner}.${name}">${value}</data>`;
const ofGraph = data('graph');
const ofNode = data('node');
const ofEdge = data('edge');

const KEYS =
  key('graph', 'corpus', 'string') +
  key('graph', 'revision', 'long') +
  key('graph', REPLACED, 'long') +
  keysOf('node', NODE_ATTRIBUTES) +
  key('edge', 'weight', 'double') +
  keysOf('edge', EDGE_ATTRIBUTES);

const SCHEMA = 'http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd';

const head = ({ corpus, standing }: ExportContext, xml: XmlText): string => `<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="${SCHEMA}">
${KEYS}  <graph id="couplings" edgedefault="undirected">
    ${ofGraph('corpus', xml.of(corpus))}${ofGraph('revision', String(standing.revision))}
`;

const GRAPHML: XmlDialect = {
  file: 'graph.graphml',
  head,
  node: (row, xml) => `    <node id="${row.id}">${attributeValues(NODE_ATTRIBUTES, row, xml, ofNode)}</node>\n`,
  middle: '',
  edge: (coupling, xml) =>
    `    <edge source="${coupling.a}" target="${coupling.b}">${ofEdge('weight', String(coupling.weight))}${attributeValues(EDGE_ATTRIBUTES, coupling, xml, ofEdge)}</edge>\n`,
  // The whole number is known only here, and data may stand anywhere in a graph.
  tail: (xml) => `    ${ofGraph(REPLACED, String(xml.replaced))}\n  </graph>\n</graphml>\n`,
};

/** GraphML 1.0. */
export const graphmlFormat = (context: ExportContext): ExportFormat => xmlGraphFormat(context, GRAPHML);
