import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pack } from '../../../src/model/pack/pack.ts';
import { digestOfForm, type PackRow } from '../../../src/model/pack/pack-row.ts';
import type { PackContents, TrainedRow } from '../../../src/model/pack/write-pack.ts';
import { codeRow, facetRow, NONE_ROW, sceneRow } from '../../../src/model/row-key.ts';
import { figureKey } from '../../../src/scene/figure.ts';
import { hyperlexeme } from '../../../src/scene/hyperlexeme.ts';
import { corpusName, documentName } from '../../../src/scene/name.ts';
import { documentId, type Language, sceneId } from '../../../src/scene/scene.ts';

const THRESHOLD = { archetype: 'threshold', atmosphere: 'silence', tension: 'restraint' } as const;
const ROAD = { archetype: 'road', atmosphere: 'none', tension: 'none' } as const;
const SCENE = sceneId(documentId(corpusName('проза'), documentName('дверь')), 'Он стоял у двери.', 0);

export const figureRow = (figure: Parameters<typeof figureKey>[0], labels: Language) => {
  const form = figureKey(figure);
  return {
    key: codeRow(digestOfForm(0, form)),
    level: 0,
    form,
    figures: [form],
    hyperlexeme: hyperlexeme(figure, labels),
  };
};

const untold = { level: null, form: null, figures: [], hyperlexeme: null };

/** One row of each kind: Δ of порогтишинасдерживание, of road, of a motif, two morphemes, a scene. */
export const DESCRIPTIONS: readonly Omit<PackRow, 'predicted'>[] = [
  figureRow(THRESHOLD, 'ru'),
  figureRow(ROAD, 'en'),
  { ...untold, key: codeRow(digestOfForm(1, 'мотив: a→b')), level: 1, form: 'мотив: a→b', figures: [figureKey(ROAD)] },
  { ...untold, key: facetRow('archetype', 'threshold'), hyperlexeme: 'порог' },
  { ...untold, key: NONE_ROW },
  { ...untold, key: sceneRow(SCENE), hyperlexeme: 'thresholdsilencerestraint' },
];

export const LENGTH = 4;

/** Rows 0 and 2 are predicted. */
export const ROWS: readonly TrainedRow[] = DESCRIPTIONS.map((row, i) => ({
  ...row,
  embedding: Float32Array.from({ length: LENGTH }, (_, j) => i + j / 8),
  output: i === 0 || i === 2 ? Float32Array.from({ length: LENGTH }, (_, j) => -1 - i - j / 4) : null,
}));

export const BASE = {
  name: 'маленькая',
  sha256: 'ab'.repeat(32),
  architecture: 'llama',
  vocabulary: 49152,
  embeddingLength: LENGTH,
};

export const CONTENTS: PackContents = {
  name: 'small',
  base: BASE,
  dtype: 'F32',
  rows: ROWS,
  adapter: null,
  training: { steps: 404, learningRate: 1e-3, data: ['проза', 'prose'] },
  evaluation: { loss: { none: 4.868, rows: 4.202 } },
  licence: 'Apache-2.0',
  createdBy: 'hyperscene-trainer 0.1',
};

export const gather = async (blocks: AsyncIterable<Float32Array> | null): Promise<number[] | null> => {
  if (blocks === null) return null;
  const values: number[] = [];
  for await (const block of blocks) values.push(...block);
  return values;
};

export const descriptionsOf = (pack: Pack): Promise<readonly PackRow[]> => Array.fromAsync(pack.descriptions());

type Json = Record<string, unknown>;

/** Changes `pack.json` as it stands. */
export const editManifest = async (folder: string, edit: (manifest: Json) => Json): Promise<void> => {
  const path = join(folder, 'pack.json');
  await writeFile(path, JSON.stringify(edit(JSON.parse(await readFile(path, 'utf8')))));
};

/** Bytes and hashes of the files as they are now, so that what is wrong in them comes to be read. */
export const reseal = async (folder: string, ...more: readonly string[]): Promise<void> => {
  const files = await Promise.all(
    ['rows.jsonl', 'rows.safetensors', ...more].map(async (path) => {
      const bytes = await readFile(join(folder, path));
      return { path, bytes: bytes.byteLength, sha256: createHash('sha256').update(bytes).digest('hex') };
    }),
  );
  await editManifest(folder, (manifest) => ({ ...manifest, files }));
};

/** A file of safetensors by hand. */
export const safetensors = (header: unknown, data: Uint8Array): Buffer => {
  const json = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.byteLength));
  return Buffer.concat([length, json, data]);
};
