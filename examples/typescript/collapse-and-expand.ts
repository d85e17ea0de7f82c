// Collapses a corpus until one hypertoken holds it, expands it exactly, and puts what matters into a few tokens.
import assert from 'node:assert/strict';
import { createClient } from 'hyperscene/client';
import { Assemble, Collapse, Expand, Occurrences, ReadText } from 'hyperscene/client/operations';

const client = createClient({
  url: process.env['HYPERSCENE_URL'] ?? 'http://localhost:4000/graphql',
  key: process.env['HYPERSCENE_KEY'],
});

const STORIES = {
  'пример схлопывания':
    'Старый царь стоял у двери и молчал. Девушка вошла, и свеча погасла. Царь испугался. Солдаты молчали у ворот. Девушка успокоилась.',
  'example of collapsing':
    'The old prince stood at the door in silence. The girl came in, and the candle went out. The prince was afraid. The soldiers were silent at the gate. The girl grew calm.',
};

for (const [corpus, text] of Object.entries(STORIES)) {
  await client.request(ReadText, { input: { corpus, name: 'story', text } });
  const { collapse } = await client.request(Collapse, { corpus });
  console.log(`${corpus}: ${collapse?.occurrences} occurrences on ${collapse?.levels.length} levels`);

  // Above the highest level all is as there: one occurrence holds the corpus.
  const { occurrences } = await client.request(Occurrences, { filter: { corpus, level: 9 } });
  const [top, ...others] = occurrences?.nodes ?? [];
  assert(top);
  assert.equal(others.length, 0);

  // In the order of the form; by position it is the text again.
  const { expand } = await client.request(Expand, { ref: top.ref });
  const scenes = expand?.scenes.nodes.toSorted((x, y) => x.position - y.position) ?? [];
  assert.equal(scenes.map((scene) => scene.text).join(' '), text);
  console.log(`  ${top.ref} is exactly ${scenes.length} scenes and ${expand?.couplings?.length} couplings`);

  const { assemble } = await client.request(Assemble, { from: { scene: scenes[0]?.id ?? '' }, tokens: 30 });
  assert(assemble && assemble.positions <= 30);
  for (const piece of assemble.pieces) console.log(`  ${piece.form} ${piece.rung}: ${piece.text}`);
}
await client.close();
