// Lets the service's language model go on from a scene, piece by piece, and tells what the scene takes of it.
import assert from 'node:assert/strict';
import { createClient } from 'hyperscene/client';
import { HypersceneClientError } from 'hyperscene/client/error';
import {
  Completion,
  Model,
  ModelBudget,
  PredictNext,
  ReadText,
  Scenes,
  ScoreParts,
} from 'hyperscene/client/operations';

const client = createClient({
  url: process.env['HYPERSCENE_URL'] ?? 'http://localhost:4000/graphql',
  key: process.env['HYPERSCENE_KEY'],
});

const { model } = await client.request(Model, {});
console.log(`${model?.name}: ${model?.context} positions, ${model?.slots} at once`);

const TEXTS = [
  {
    corpus: 'пример модели',
    text: 'Старый царь стоял у двери и молчал. Девушка вошла, и свеча погасла.',
    next: '\nЦарь испугался',
    labels: 'RU',
  },
  {
    corpus: 'example of a model',
    text: 'The old prince stood at the door in silence. The girl came in, and the candle went out.',
    next: '\nThe prince was',
    labels: 'EN',
  },
] as const;

for (const { corpus, text, next, labels } of TEXTS) {
  await client.request(ReadText, { input: { corpus, name: 'door', text } });
  const { scenes } = await client.request(Scenes, { filter: { corpus }, labels, first: 1 });
  const scene = scenes?.nodes[0]?.id ?? '';
  // Text, scenes, codes, occurrences and contexts make up a prompt. Rungs below the hyperlexeme need a pack.
  const parts = [{ scene: { scene, rung: 'HYPERLEXEME' as const } }, { text: next }];

  const { modelBudget } = await client.request(ModelBudget, { parts, labels });
  const onRungs = modelBudget?.parts[0]?.rungs.filter(({ positions }) => positions !== null) ?? [];
  console.log(`${corpus}: ${onRungs.map(({ rung, positions }) => `${rung} ${positions}`).join(', ')}`);

  let continuation = '';
  for await (const { completion } of client.subscribe(Completion, { parts, labels, tokensMax: 12 })) {
    if (completion?.__typename === 'CompletionText') continuation += completion.text;
    if (completion?.__typename === 'CompletionEnd')
      console.log(
        `  ${JSON.stringify(continuation)}, by ${completion.provenance.model.name}, ended by ${completion.reason}`,
      );
  }
  assert.notEqual(continuation, '');

  // The same bytes every time on the same machine: it runs alone and from an empty cache.
  const choice = { reproducible: true };
  const [{ scoreParts }, { scoreParts: again }] = [
    await client.request(ScoreParts, { parts, labels, choice }),
    await client.request(ScoreParts, { parts, labels, choice }),
  ];
  console.log(`  ln p ${scoreParts?.parts.map(({ sum }) => sum.toFixed(2)).join(', ')}`);
  assert.deepEqual(again?.tokens, scoreParts?.tokens);
}

// Codes are predicted by a pack that was trained for it.
await assert.rejects(client.request(PredictNext, { codes: ['Δ0'] }), (error) => {
  assert(error instanceof HypersceneClientError);
  assert.equal(error.code, 'PACK_REQUIRED');
  return true;
});
await client.close();
