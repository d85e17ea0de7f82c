import { HypersceneError } from '../errors.ts';
import type { Language } from '../scene/scene.ts';
import type { ByteSource } from './byte-source.ts';
import { throwIfAborted } from './cancelled.ts';
import type { Layout } from './layout.ts';
import { markdownLayout } from './markdown.ts';
import { plainLayout } from './plain.ts';
import { readParts } from './read-parts.ts';
import {
  type DocumentSource,
  type Markup,
  type Reading,
  type ReadingLimits,
  type ReadingPart,
  type ReadOptions,
  SCENE_LENGTH_RANGE,
  type Survey,
} from './reader.ts';
import type { SentenceReader } from './sentence-reader.ts';
import { tooLarge } from './spool.ts';
import { surveyBytes } from './survey.ts';

export type OpenSentenceReader = (lang: Language) => Promise<SentenceReader>;

const LAYOUTS: Readonly<Record<Markup, () => Layout>> = { plain: plainLayout, markdown: markdownLayout };

export const markupOf = (source: DocumentSource, { markup }: Pick<ReadOptions, 'markup'>): Markup => {
  if (markup !== undefined) return markup;
  return 'path' in source && /\.(?:md|markdown|mdown|mkdn?)$/iu.test(source.path) ? 'markdown' : 'plain';
};

/**
 * Checks a document and makes it ready to be read, in whatever thread this is.
 * @param source closed by the reading, or when opening fails
 * @throws HypersceneError as {@link Reader.read}
 */
export const openReading = async (
  source: ByteSource,
  options: ReadOptions & { readonly markup: Markup },
  limits: ReadingLimits,
  openSentenceReader: OpenSentenceReader,
): Promise<Reading> => {
  try {
    const survey = await check(source, options, limits);
    return new OpenReading(source, survey, () => readAgain(source, survey, options, limits, openSentenceReader));
  } catch (error) {
    await source.close();
    throw error;
  }
};

const check = async (
  source: ByteSource,
  { lang, markup, signal, onProgress }: ReadOptions & { readonly markup: Markup },
  { bytesMax, sceneLengthMax }: ReadingLimits,
): Promise<Survey> => {
  const { min, max } = SCENE_LENGTH_RANGE;
  if (!Number.isInteger(sceneLengthMax) || sceneLengthMax < min || sceneLengthMax > max)
    throw new HypersceneError('BAD_ARGUMENT', "bad longest scene's length", {
      expected: `${min} to ${max}`,
      came: String(sceneLengthMax),
    });
  if (source.size !== null && source.size > bytesMax) throw tooLarge(bytesMax, `${source.size} bytes`);
  throwIfAborted(signal);
  return surveyBytes(source.bytes(), {
    layout: LAYOUTS[markup](),
    lang,
    bytesMax,
    signal,
    onBytes: (bytes) => onProgress?.({ stage: 'checking', bytes, bytesTotal: source.size }),
  });
};

async function* readAgain(
  source: ByteSource,
  survey: Survey,
  { document, markup, signal, onProgress }: ReadOptions & { readonly markup: Markup },
  { sceneLengthMax }: ReadingLimits,
  openSentenceReader: OpenSentenceReader,
): AsyncGenerator<ReadingPart, void, undefined> {
  throwIfAborted(signal);
  yield* readParts(source.bytes(), survey, await openSentenceReader(survey.lang), {
    document,
    layout: LAYOUTS[markup](),
    sceneLengthMax,
    signal,
    onBytes: (bytes) => onProgress?.({ stage: 'reading', bytes, bytesTotal: survey.bytes }),
  });
}

class OpenReading implements Reading {
  readonly sha256: string;
  readonly bytes: number;
  readonly length: number;
  readonly lang: Language;
  readonly #source: ByteSource;
  #read: (() => AsyncIterable<ReadingPart>) | null;

  constructor(source: ByteSource, survey: Survey, read: () => AsyncIterable<ReadingPart>) {
    this.sha256 = survey.sha256;
    this.bytes = survey.bytes;
    this.length = survey.length;
    this.lang = survey.lang;
    this.#source = source;
    this.#read = read;
  }

  parts(): AsyncIterable<ReadingPart> {
    const read = this.#read;
    if (read === null) throw new HypersceneError('INTERNAL', "a reading's parts can be taken once only");
    this.#read = null;
    return read();
  }

  dispose(): Promise<void> {
    return this.#source.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }
}
