import { type ByteSource, chunksSource, handleSource, openFile } from './byte-source.ts';
import { encodeUtf8 } from './encode-utf8.ts';
import { markupOf, type OpenSentenceReader, openReading } from './open-reading.ts';
import { type DocumentSource, READING_LIMITS, type Reader, type ReadingLimits } from './reader.ts';
import { spool, tooLarge } from './spool.ts';

const openSource = async (source: DocumentSource, bytesMax: number, signal?: AbortSignal): Promise<ByteSource> => {
  if ('path' in source) return openFile(source.path, bytesMax, signal);
  if ('stream' in source) return handleSource(await spool(source.stream, bytesMax, signal));
  if (source.text.length > bytesMax) throw tooLarge(bytesMax, `at least ${source.text.length} bytes`);
  return chunksSource([...encodeUtf8(source.text)]);
};

/** A reader that works in the caller's thread: for scripts and tests, not where an event loop serves others. */
export const inlineReader = (
  openSentenceReader: OpenSentenceReader,
  limits: ReadingLimits = READING_LIMITS,
): Reader => ({
  read: async (source, options) =>
    openReading(
      await openSource(source, limits.bytesMax, options.signal),
      { ...options, markup: markupOf(source, options) },
      limits,
      openSentenceReader,
    ),
  close: async () => {},
});
