import type { SentenceReader } from '../../src/reading/sentence-reader.ts';
import type { Language } from '../../src/scene/scene.ts';

/** Takes each sentence for one scene without facets: for what is tested of reading that is not analysis. */
export const openSentenceReader = async (lang: Language): Promise<SentenceReader> => ({
  lang,
  read: (sentence) => [
    {
      kind: 'scene',
      start: 0,
      end: sentence.length,
      agent: null,
      tension: null,
      context: [],
      atmosphere: null,
      archetype: null,
    },
  ],
});
