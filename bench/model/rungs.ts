import { join } from 'node:path';
import { hyperlexemeText, RUNGS, type Rung } from '../../src/activation/rung.ts';
import type { LanguageModel, ModelDescription, Prompt, Segment } from '../../src/model/language-model.ts';
import { type TrainedRow, writePack } from '../../src/model/pack/write-pack.ts';
import type { RowKey } from '../../src/model/row-key.ts';
import { figureDigest, figureKey, figureOf } from '../../src/scene/figure.ts';
import type { Code } from '../../src/scene/hypertoken.ts';
import { corpusName, documentName } from '../../src/scene/name.ts';
import { documentId, type Language, type Scene } from '../../src/scene/scene.ts';
import { isRowRung, rowsOf, type Thing } from '../../src/worker/model/thing.ts';
import { tell } from '../report.ts';

/** What a prompt of a language's scenes takes on one rung; means of a scene. */
export interface RungFigures {
  readonly lang: Language;
  readonly rung: Rung;
  readonly scenes: number;
  readonly positions: number;
  /** ms for reading them, each prompt alone and from an empty cache. */
  readonly promptTime: number;
  readonly kvBytes: number;
}

/** Scenes of one prompt. */
const GROUP = 10;
export const PACK = 'untrained';

/** Scenes are measured as they were read, without a store. */
const CORPUS = corpusName('bench');
const DOCUMENT = documentName('bench');

const thingOf = (scene: Scene): Thing => ({
  kind: 'scene',
  scene: {
    ...scene,
    corpus: CORPUS,
    document: documentId(CORPUS, DOCUMENT),
    documentName: DOCUMENT,
    code: 0 as Code,
    ordinal: 0,
    figure: figureKey(figureOf(scene)),
  },
});

/** A pack with a row for all that the scenes need. Its rows are zero: what they take is measured, not what they say. */
export const writeUntrainedPack = async (
  packs: string,
  base: ModelDescription,
  scenes: readonly Scene[],
): Promise<void> => {
  const things = scenes.map(thingOf);
  const keys = new Set<RowKey>(
    RUNGS.filter(isRowRung).flatMap((rung) => things.flatMap((thing) => rowsOf(thing, rung))),
  );
  const length = base.embeddingLength ?? 0;
  const empty = { level: null, form: null, figures: [], hyperlexeme: null, output: null };
  const rows = [...keys].map((key): TrainedRow => ({ ...empty, key, embedding: new Float32Array(length) }));
  await writePack(join(packs, PACK), {
    name: PACK,
    base: {
      name: base.name,
      sha256: base.sha256 ?? '',
      architecture: base.architecture,
      vocabulary: base.vocabulary ?? 0,
      embeddingLength: length,
    },
    rows,
    dtype: 'F16',
    adapter: null,
    training: {},
    evaluation: {},
    licence: null,
    createdBy: 'bench/model.ts',
  });
};

const segmentsOf = (scene: Scene, rung: Rung, isFirst: boolean): readonly Segment[] => {
  if (isRowRung(rung)) return rowsOf(thingOf(scene), rung).map((row) => ({ kind: 'row', row }));
  const text = rung === 'text' ? scene.text : hyperlexemeText(scene, scene.lang);
  return [{ kind: 'text', text: isFirst ? text : `\n${text}` }];
};

/** Prompts of ten scenes each on every rung, a language after the other, the rungs of a prompt in turn. */
export const measureRungs = async (model: LanguageModel, scenes: readonly Scene[]): Promise<readonly RungFigures[]> => {
  const { kv } = await model.describe();
  const figures: RungFigures[] = [];
  const options = { tokensMax: 1, temperature: 0, topK: 0, topP: 1, minP: 0, stop: [] };
  for (const [lang, some] of Map.groupBy(scenes, (scene) => scene.lang)) {
    const sums = new Map(RUNGS.map((rung) => [rung, { positions: 0, promptTime: 0 }]));
    for (let at = 0; at < some.length; at += GROUP) {
      tell(`rungs: ${lang} ${at}`);
      for (const rung of RUNGS) {
        const group = some.slice(at, at + GROUP);
        const prompt: Prompt = { form: 'raw', segments: group.flatMap((scene, i) => segmentsOf(scene, rung, i === 0)) };
        const call = { client: 'bench', workspace: 'bench', pack: PACK, reproducible: true };
        for await (const piece of model.complete(prompt, options, call)) {
          const sum = sums.get(rung);
          if (piece.kind !== 'end' || sum === undefined) continue;
          sum.positions += piece.usage.prompt;
          sum.promptTime += piece.usage.promptTime;
        }
      }
    }
    for (const [rung, { positions, promptTime }] of sums)
      figures.push({
        lang,
        rung,
        scenes: some.length,
        positions: positions / some.length,
        promptTime: promptTime / some.length,
        kvBytes: ((kv?.bytesPerPosition ?? Number.NaN) * positions) / some.length,
      });
  }
  return figures;
};

/** Codes of a corpus are figures here: as many as there are kinds of scenes. */
export const kindsOf = (scenes: readonly Scene[]): number =>
  new Set(scenes.map((scene) => figureDigest(figureOf(scene)))).size;
