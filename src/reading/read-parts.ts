import { createHash } from 'node:crypto';
import { HypersceneError } from '../errors.ts';
import type { DocumentId, Scene } from '../scene/scene.ts';
import { type Block, BlockSplitter } from './blocks.ts';
import { throwIfAborted } from './cancelled.ts';
import { characterChunks, decodeUtf8 } from './decode-utf8.ts';
import type { Layout } from './layout.ts';
import type { ReadingPart, Survey } from './reader.ts';
import { SceneMaker } from './scenes.ts';
import type { SentenceReader } from './sentence-reader.ts';
import { lastSentence } from './sentences.ts';
import { CHUNK_BYTES_MAX } from './survey.ts';

/** Scenes of a part: half a second's analysis, and a few milliseconds for a thread to take over. */
const PART_SCENES_MAX = 500;
/** UTF-16 units of a part's scenes, about: what makes parts of long scenes no larger than those of short ones. */
const PART_LENGTH_MAX = 131_072;

export interface PartsOptions {
  readonly document: DocumentId;
  /** Fresh, for this document. */
  readonly layout: Layout;
  readonly sceneLengthMax: number;
  readonly signal?: AbortSignal | undefined;
  /** Called with the bytes read so far. */
  readonly onBytes?: ((bytes: number) => void) | undefined;
}

/**
 * The document's parts, made as they are taken.
 * @param survey what {@link surveyBytes} found in the same bytes
 * @throws HypersceneError UNREADABLE_FILE when they are not the same any more; CANCELLED
 */
export async function* readParts(
  bytes: AsyncIterable<Uint8Array>,
  survey: Survey,
  sentences: SentenceReader,
  options: PartsOptions,
): AsyncGenerator<ReadingPart, void, undefined> {
  const blocks = new BlockSplitter(options.layout, (analysis) => lastSentence(analysis, sentences.lang));
  const maker = new SceneMaker(options.document, sentences, options.sceneLengthMax);
  const batch = new SceneBatch();
  const hash = createHash('sha256');
  const take = function* (found: Iterable<Block>): Generator<ReadingPart, void, undefined> {
    for (const block of found) for (const scene of maker.scenesOf(block)) if (batch.add(scene)) yield batch.take();
  };
  let [count, length] = [0, 0];
  for await (const chunk of characterChunks(bytes, CHUNK_BYTES_MAX)) {
    hash.update(chunk);
    if (count + chunk.length > survey.bytes) throw changed('more bytes');
    const text = decodeAgain(chunk, count);
    yield { type: 'text', text };
    for (const part of take(blocks.push(text))) {
      yield part;
      throwIfAborted(options.signal);
      const share = Math.max(0, batch.end - length) / text.length;
      options.onBytes?.(count + Math.floor(chunk.length * share));
    }
    count += chunk.length;
    length += text.length;
    options.onBytes?.(count);
  }
  yield* take(blocks.end());
  if (hash.digest('hex') !== survey.sha256) throw changed('other bytes');
  if (!batch.isEmpty) yield batch.take();
  yield { type: 'notices', notices: [...options.layout.notices(), ...maker.notices()] };
}

/** What was UTF-8 when it was checked. */
const decodeAgain = (chunk: Buffer, offset: number): string => {
  try {
    return decodeUtf8(chunk, offset);
  } catch (error) {
    throw changed('other bytes', error);
  }
};

const changed = (came: string, cause?: unknown): HypersceneError =>
  new HypersceneError('UNREADABLE_FILE', 'the document was changed while it was read', {
    expected: 'the bytes that were checked',
    came,
    cause,
  });

/** Scenes until they make a part. */
class SceneBatch {
  #scenes: Scene[] = [];
  #length = 0;
  /** Where the last scene ended, in UTF-16 units of the document. */
  end = 0;

  get isEmpty(): boolean {
    return this.#scenes.length === 0;
  }

  /** @returns whether they make a part */
  add(scene: Scene): boolean {
    this.#scenes.push(scene);
    this.#length += scene.text.length;
    this.end = scene.end;
    return this.#scenes.length >= PART_SCENES_MAX || this.#length >= PART_LENGTH_MAX;
  }

  take(): ReadingPart {
    const scenes = this.#scenes;
    this.#scenes = [];
    this.#length = 0;
    return { type: 'scenes', scenes };
  }
}
