import { createHash } from 'node:crypto';
import { HypersceneError } from '../errors.ts';
import type { Language } from '../scene/scene.ts';
import { ControlCount, nulByte, refuseKnownBinary } from './binary.ts';
import { BlockSplitter } from './blocks.ts';
import { throwIfAborted } from './cancelled.ts';
import { characterChunks, decodeUtf8, firstIllFormed } from './decode-utf8.ts';
import { detectLanguage, LANGUAGE_SAMPLE_LENGTH } from './language.ts';
import type { Layout } from './layout.ts';
import type { Survey } from './reader.ts';
import { tooLarge } from './spool.ts';

/** Bytes of UTF-8 in a chunk of text at most: what the store keeps in one piece. */
export const CHUNK_BYTES_MAX = 2 ** 20;

export interface SurveyOptions {
  /** Fresh, for this document. */
  readonly layout: Layout;
  /** Not told by the text where it is given. */
  readonly lang?: Language | undefined;
  readonly bytesMax: number;
  readonly signal?: AbortSignal | undefined;
  /** Called with the bytes checked so far. */
  readonly onBytes?: ((bytes: number) => void) | undefined;
}

/**
 * Checks that all of a document is text that can be read, and tells its language: about 100 MB a second.
 * @throws HypersceneError DOCUMENT_TOO_LARGE, NOT_UTF8, BINARY, EMPTY_DOCUMENT, UNKNOWN_LANGUAGE, CANCELLED
 */
export const surveyBytes = async (bytes: AsyncIterable<Uint8Array>, options: SurveyOptions): Promise<Survey> => {
  const hash = createHash('sha256');
  const controls = new ControlCount();
  const sample = new LanguageSample(options.layout);
  let [count, length, isBlank] = [0, 0, true];
  for await (const chunk of characterChunks(bytes, CHUNK_BYTES_MAX)) {
    throwIfAborted(options.signal);
    if (count === 0) refuseKnownBinary(chunk);
    if (count + chunk.length > options.bytesMax)
      throw tooLarge(options.bytesMax, `more than ${options.bytesMax} bytes`);
    refuseNul(chunk, count);
    const text = decodeUtf8(chunk, count);
    hash.update(chunk);
    controls.add(text);
    if (options.lang === undefined) sample.add(text);
    isBlank &&= !/\S/u.test(text);
    count += chunk.length;
    length += text.length;
    options.onBytes?.(count);
  }
  if (isBlank) throw emptyDocument(count);
  controls.refuseMany();
  return { sha256: hash.digest('hex'), bytes: count, length, lang: options.lang ?? detectLanguage(sample.end()) };
};

/** Of a NUL and an ill-formed sequence the first one is what is wrong. */
const refuseNul = (chunk: Buffer, offset: number): void => {
  const nul = chunk.indexOf(0);
  if (nul >= 0 && firstIllFormed(chunk.subarray(0, nul)) === nul) throw nulByte(offset + nul);
};

const emptyDocument = (bytes: number): HypersceneError =>
  new HypersceneError('EMPTY_DOCUMENT', 'nothing to read', {
    expected: 'text',
    came: bytes === 0 ? 'no bytes' : `${bytes} bytes of white space`,
  });

/** The first prose of a document, without code, front matter and syntax. */
class LanguageSample {
  readonly #blocks: BlockSplitter;
  readonly #prose: string[] = [];
  #length = 0;

  constructor(layout: Layout) {
    // Where long blocks are cut does not matter for letters.
    this.#blocks = new BlockSplitter(layout, () => 0);
  }

  add(text: string): void {
    if (this.#length < LANGUAGE_SAMPLE_LENGTH) this.#take(this.#blocks.push(text));
  }

  end(): string {
    if (this.#length < LANGUAGE_SAMPLE_LENGTH) this.#take(this.#blocks.end());
    return this.#prose.join('\n');
  }

  #take(blocks: Iterable<{ readonly kind: 'prose' | 'verbatim'; readonly analysis: string }>): void {
    for (const { kind, analysis } of blocks) {
      if (kind !== 'prose') continue;
      this.#prose.push(analysis);
      this.#length += analysis.length;
      if (this.#length >= LANGUAGE_SAMPLE_LENGTH) return;
    }
  }
}
