import { type ErrorCode, HypersceneError } from '../../errors.ts';
import type { Reader } from '../../reading/reader.ts';
import { corpusName, documentName } from '../../scene/name.ts';
import { documentId, type Language, type Scene } from '../../scene/scene.ts';

/** The id of scenes that are in no store. */
const WORDS = documentId(corpusName('words'), documentName('words'));

const UNREAD: readonly ErrorCode[] = ['UNKNOWN_LANGUAGE', 'EMPTY_DOCUMENT', 'BINARY'];

export interface WordsOfScene {
  readonly kind: 'agent' | 'context';
  readonly words: string;
  readonly lang: Language;
}

/**
 * The key that the reader gives words that stand alone, двери → дверь, so that a model's facets meet those of the reader; the words in
 * small letters where it finds nothing in them.
 * @throws HypersceneError what {@link Reader.read} throws, but for {@link UNREAD}
 */
export const lemmaOf = async (
  reader: Reader,
  { kind, words, lang }: WordsOfScene,
  signal: AbortSignal | undefined,
): Promise<string> => {
  const scenes: Scene[] = [];
  try {
    await using reading = await reader.read({ text: words }, { document: WORDS, lang, signal });
    for await (const part of reading.parts()) if (part.type === 'scenes') scenes.push(...part.scenes);
  } catch (error) {
    if (!(error instanceof HypersceneError && UNREAD.includes(error.code))) throw error;
  }
  const [first] = scenes;
  const [agent, context] = [first?.agent?.key, first?.context[0]?.key];
  return (kind === 'agent' ? (agent ?? context) : (context ?? agent)) ?? words.toLowerCase();
};
