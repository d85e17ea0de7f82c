import type { DocumentId, Language, Scene } from '../scene/scene.ts';

/** Reads documents into scenes. Adapters: in a thread of its own ({@link ./read-document.ts}), or in the caller's. */
export interface Reader {
  /**
   * Checks a whole document, tells its language, and stands ready to read it. The bytes are read twice: once here,
   * quickly, and once by `parts()`.
   * @throws HypersceneError UNREADABLE_FILE, DOCUMENT_TOO_LARGE, NOT_UTF8, BINARY, LONE_SURROGATE, EMPTY_DOCUMENT,
   *   UNKNOWN_LANGUAGE, DISK_FULL (keeping a stream), BAD_ARGUMENT, CANCELLED
   */
  read(source: DocumentSource, options: ReadOptions): Promise<Reading>;
  /** Readings under way fail with CANCELLED. */
  close(): Promise<void>;
}

/** Where a document's bytes come from. */
export type DocumentSource =
  | { readonly path: string }
  /** Bytes that come once only, as those of standard input do: they are kept in a temporary file while needed. */
  | { readonly stream: AsyncIterable<Uint8Array> }
  | { readonly text: string };

export type Markup = 'plain' | 'markdown';

export interface ReadOptions {
  readonly document: DocumentId;
  /** Told by the text where it is left out. */
  readonly lang?: Language | undefined;
  /** By default told by the end of the file's name; a text or stream is plain. */
  readonly markup?: Markup | undefined;
  /** Ends the reading with CANCELLED, whether it is opening or giving parts. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ReadingProgress) => void) | undefined;
}

export interface ReadingProgress {
  /** Documents are checked first and then read. */
  readonly stage: 'checking' | 'reading';
  /** Bytes done in this stage. */
  readonly bytes: number;
  /** Null where it is not known beforehand. */
  readonly bytesTotal: number | null;
}

/** What is known of a document once it was checked. */
export interface Survey {
  /** Of the exact bytes, 64 hex digits. */
  readonly sha256: string;
  readonly bytes: number;
  /** UTF-16 code units. */
  readonly length: number;
  readonly lang: Language;
}

/** A document that was checked; hand it back with `dispose()` whether its parts were read or not. */
export interface Reading extends Survey, AsyncDisposable {
  /**
   * The document's text in chunks of at most 1 MiB of UTF-8, its scenes, each kind in order, and notices last; may be
   * called once. Parts are made as they are taken. A failure means that the document is to be dropped as a whole.
   * @throws HypersceneError UNREADABLE_FILE when the bytes changed since they were checked; MISSING_ASSET, CANCELLED
   */
  parts(): AsyncIterable<ReadingPart>;
  dispose(): Promise<void>;
}

/** What the store takes as a document's part. */
export type ReadingPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'scenes'; readonly scenes: readonly Scene[] }
  | { readonly type: 'notices'; readonly notices: readonly string[] };

export interface ReadingLimits {
  /** Bytes of the largest document. */
  readonly bytesMax: number;
  /** UTF-16 units of the longest scene, {@link SCENE_LENGTH_RANGE}; longer sentences are cut. */
  readonly sceneLengthMax: number;
}

export const READING_LIMITS: ReadingLimits = { bytesMax: 64 * 2 ** 20, sceneLengthMax: 4_096 };

/** Below, a scene would be a word; above, a block could not hold two of them. */
export const SCENE_LENGTH_RANGE = { min: 64, max: 16_384 } as const;
