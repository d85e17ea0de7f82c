// Reads a Russian and an English text and finds scenes in them, by the typed client.
import assert from 'node:assert/strict';
import { createClient } from 'hyperscene/client';
import { HypersceneClientError } from 'hyperscene/client/error';
import { ReadText, Scenes } from 'hyperscene/client/operations';

const client = createClient({
  url: process.env['HYPERSCENE_URL'] ?? 'http://localhost:4000/graphql',
  key: process.env['HYPERSCENE_KEY'],
});

const TEXTS = [
  {
    corpus: 'пример typescript',
    text: 'Старый царь стоял у двери и молчал. Девушка вошла, и свеча погасла. Царь испугался.',
    words: 'дверь',
    found: 'Старый царь стоял у двери и молчал.',
    labels: 'RU',
  },
  {
    corpus: 'example typescript',
    text: 'The old prince stood at the door in silence. The girl came in, and the candle went out. The prince was afraid.',
    words: 'doors',
    found: 'The old prince stood at the door in silence.',
    labels: 'EN',
  },
] as const;

for (const { corpus, text, words, found, labels } of TEXTS) {
  const { readText } = await client.request(ReadText, { input: { corpus, name: 'door', text } });
  console.log(`${corpus}: ${readText?.sceneCount} scenes, ${readText?.couplings} couplings`);

  // Page by page, as the loop asks for them.
  const filter = { corpus, text: words };
  const scenes: string[] = [];
  for await (const scene of client.items(Scenes, { filter, labels, first: 1 }, (result) => result.scenes)) {
    console.log(`  ${scene.code}:${scene.ordinal} ${scene.hyperlexeme} (${scene.agent?.entity ?? '—'}): ${scene.text}`);
    scenes.push(scene.text);
  }
  assert.deepEqual(scenes, [found]);
}

// What is wrong is told by a code, with what was expected and what came.
await assert.rejects(client.request(Scenes, { filter: { corpus: 'нет такого корпуса' } }), (error) => {
  assert(error instanceof HypersceneClientError);
  assert.equal(error.code, 'CORPUS_NOT_FOUND');
  assert.equal(error.retriable, false);
  return true;
});
await client.close();
