import type { DocumentSource, Reader, ReadingPart, ReadOptions, Survey } from '../../src/reading/reader.ts';
import { corpusName, documentName } from '../../src/scene/name.ts';
import { documentId, type Scene } from '../../src/scene/scene.ts';
import type { DocumentPart } from '../../src/store/graph-store.ts';

export const DOCUMENT = documentId(corpusName('corpus'), documentName('document'));

/** A whole document, as the store would take it. */
export interface WholeDocument extends Survey {
  readonly parts: readonly DocumentPart[];
  readonly text: string;
  readonly scenes: readonly Scene[];
  readonly notices: readonly string[];
}

export const listOf = async <T>(items: AsyncIterable<T>): Promise<readonly T[]> => {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
};

export const gather = async (survey: Survey, parts: AsyncIterable<ReadingPart>): Promise<WholeDocument> => {
  const all: readonly DocumentPart[] = await listOf(parts);
  const { sha256, bytes, length, lang } = survey;
  return {
    sha256,
    bytes,
    length,
    lang,
    parts: all,
    text: all.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join(''),
    scenes: all.flatMap((part) => (part.type === 'scenes' ? part.scenes : [])),
    notices: all.flatMap((part) => (part.type === 'notices' ? part.notices : [])),
  };
};

export const readWhole = async (
  reader: Reader,
  source: DocumentSource,
  options: Partial<ReadOptions> = {},
): Promise<WholeDocument> => {
  await using reading = await reader.read(source, { document: DOCUMENT, ...options });
  return await gather(reading, reading.parts());
};

/** The scenes are the document's slices, in order; between them there is only white space. */
export const expectCovered = ({ text, scenes, length, lang }: WholeDocument): void => {
  let covered = 0;
  for (const [position, scene] of scenes.entries()) {
    expect(scene).toMatchObject({ position, lang, text: text.slice(scene.start, scene.end) });
    expect(text.slice(covered, scene.start).trim()).toBe('');
    expect(scene.text.trim()).toBe(scene.text);
    expect(scene.text).not.toBe('');
    covered = scene.end;
  }
  expect(text.slice(covered).trim()).toBe('');
  expect(text).toHaveLength(length);
  expect(new Set(scenes.map(({ id }) => id)).size).toBe(scenes.length);
};
