import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { codeSequenceOf, lengthOf } from './code-sequence.ts';
import { checkSame } from './labelled-graph.ts';
import { sequenceOf } from './sequence-sides.ts';
import type { CollapsedWorks } from './works.ts';
import { CODEBOOK_MAX, decodeLzw, SUBTOKENS_MAX, zip2zip } from './zip2zip.ts';

/** Positions that a model reads for the same text. */
export interface PositionSide {
  readonly side: string;
  readonly positions: number;
  /** What it has to know beforehand, told once in positions; 0 for what is made anew from what was read. */
  readonly beforehand: number;
}

type Sequence = Parameters<typeof zip2zip>[1];

const byZip2zip = async (python: string, sequence: Sequence): Promise<number> => {
  const { documents } = await zip2zip(python, sequence);
  const limits = { codes: sequence.codes, codebookMax: CODEBOOK_MAX, subtokensMax: SUBTOKENS_MAX };
  const decoded = documents.map(({ encoded }) => decodeLzw(encoded, limits));
  checkSame('zip2zip', decoded, sequence.documents);
  return documents.reduce((sum, { encoded }) => sum + encoded.length, 0);
};

/** Each scene by itself, as the program's own statistics count it. Only which tokens are alike matters to LZW, not their numbers. */
const textSequence = ({ texts }: CollapsedWorks): Sequence =>
  codeSequenceOf(
    texts.map((scenes) =>
      scenes.flatMap((text) => encode(text, { allowedSpecial: new Set(), disallowedSpecial: new Set() }).map(String)),
    ),
  );

/** @param python with zip2zip's codec; null leaves it out */
export const positionSides = async (works: CollapsedWorks, python: string | null): Promise<readonly PositionSide[]> => {
  const { levels, textTokens } = works.statistics;
  const text = textSequence(works);
  checkSame('tokens of text', lengthOf(text), textTokens);
  const sides: PositionSide[] = [{ side: 'text, o200k_base', positions: lengthOf(text), beforehand: 0 }];
  const zipped = async (side: string, sequence: Sequence, beforehand: number): Promise<void> => {
    if (python !== null) sides.push({ side, positions: await byZip2zip(python, sequence), beforehand });
  };
  await zipped(`zip2zip's LZW of the text`, text, 0);
  for (const { level, positions, registryPositions } of levels) {
    sides.push({ side: `codes of level ${level}`, positions, beforehand: registryPositions });
    if (level === 0) await zipped(`zip2zip's LZW of them`, sequenceOf(works, 0), registryPositions);
  }
  return sides;
};
