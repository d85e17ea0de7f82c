import { z } from 'zod';
import { quoted } from './quoted.ts';
import { count } from './whole.ts';

/** Every operation that gives scenes takes this in; `$labels` is a variable of it. */
export const SCENE_FRAGMENT = `fragment Told on Scene {
  key document { name } position text agent { entity } hyperlexeme(labels: $labels) code ordinal
}`;

export const sceneAnswer = z
  .object({
    key: z.string(),
    document: z.object({ name: z.string() }),
    position: count(),
    text: z.string(),
    agent: z.object({ entity: z.string() }).nullable(),
    hyperlexeme: z.string(),
    code: z.string(),
    ordinal: count(),
  })
  .transform(({ document, agent, code, ordinal, ...scene }) => ({
    ...scene,
    ref: `${code}:${ordinal}`,
    document: document.name,
    agent: agent?.entity ?? null,
  }));

export const sceneOutput = z.object({
  ref: z.string().describe('Its occurrence: Δ14:7.'),
  key: z.string().describe('Its id, 32 hex digits.'),
  document: z.string().describe('Name of the document it stands in.'),
  position: count().describe('0, 1, 2 … in the order of the document.'),
  agent: z.string().nullable().describe('Who acts or undergoes; null where nobody is named.'),
  hyperlexeme: z.string().describe('Archetype, atmosphere and tension as one word; сцена or scene where it has none.'),
  text: z.string().describe('Its very words.'),
});

export type ToldScene = z.output<typeof sceneOutput>;

/** Only what tells which scene is meant. */
export const sceneRefAnswer = z
  .object({ code: z.string(), ordinal: count() })
  .transform(({ code, ordinal }) => `${code}:${ordinal}`);

/** `  37 Δ14:7 "царь" порогтишина: "Он стоял у двери."` */
export const sceneLine = ({ ref, position, agent, hyperlexeme, text }: ToldScene): string => {
  const who = agent === null ? '' : ` ${quoted(agent)}`;
  return `  ${position} ${ref}${who} ${hyperlexeme}: ${quoted(text)}`;
};

/** Names the document where it is another one than before. */
export const sceneLines = <T extends { readonly scene: ToldScene }>(
  items: readonly T[],
  line: (item: T) => string,
): readonly string[] =>
  items.flatMap((item, i) => {
    const { document } = item.scene;
    return items[i - 1]?.scene.document === document ? [line(item)] : [`Document ${quoted(document)}:`, line(item)];
  });
