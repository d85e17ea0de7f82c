import type { SentenceReader } from '../../src/reading/sentence-reader.ts';

/** Ends its thread at the first sentence, as an engine out of memory would. */
export const openSentenceReader = async (): Promise<SentenceReader> => ({
  lang: 'en',
  read: () => process.exit(7),
});
