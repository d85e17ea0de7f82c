import { mkdir } from 'node:fs/promises';
import type { LanguageModel } from '../../src/model/language-model.ts';
import { codeRow } from '../../src/model/row-key.ts';
import { figureDigest } from '../../src/scene/figure.ts';
import { corpusName, documentName } from '../../src/scene/name.ts';
import { documentId, LANGUAGES, type Language, sceneId } from '../../src/scene/scene.ts';
import { modelFolders, openTestModel } from '../model/llama/llama-model.ts';
import { writePackOfWords } from '../model/llama/pack-of-words.ts';
import { testModel } from '../model/llama/test-model.ts';
import { type Answer, openApi, type TestApi } from './open-api.ts';
import { CORPORA, STORIES, story } from './sketches.ts';

const DOOR = figureDigest({ archetype: 'threshold', atmosphere: 'none', tension: 'restraint' });
const PROSE: Readonly<Record<Language, string>> = {
  ru: 'Мужчина долго стоял у закрытой двери и всё не решался постучать: за нею было тихо.',
  en: 'The man stood for a long time before the closed door and did not dare to knock: it was quiet behind it.',
};

let folders: Awaited<ReturnType<typeof modelFolders>>;
let model: LanguageModel;
let api: TestApi;

const openBoth = async (): Promise<void> => {
  model = openTestModel(folders, { slots: 4 });
  api = await openApi({ model });
  for (const lang of LANGUAGES) {
    await api.write(story(lang));
    await api.ask(
      'mutation ($of: String!) { recouple(corpus: $of) { scenes } collapse(corpus: $of) { occurrences } }',
      {
        of: CORPORA[lang],
      },
    );
  }
};

const closeBoth = async (): Promise<void> => {
  await api.close();
  await model.close();
};

beforeAll(async () => {
  folders = await modelFolders();
  await mkdir(folders.packs);
  await openBoth();
  const [path, base] = await Promise.all([testModel(), model.describe()]);
  await writePackOfWords({ packs: folders.packs, path, base, name: 'words', keys: { paris: codeRow(DOOR) } });
});

afterAll(async () => {
  await closeBoth();
  await folders.remove();
});

const sceneOf = (lang: Language, i: number) =>
  sceneId(documentId(corpusName(CORPORA[lang]), documentName('story')), STORIES[lang][i]?.text ?? '', 0);

const PROVENANCE =
  'provenance { model { name sha256 } pack { name sha256 } adapter { name } seed slots batch threads kv { key value } }';

const COMPLETE = `mutation ($parts: [PromptPart!]!, $choice: ModelChoice!) {
  completeParts(parts: $parts, choice: $choice, tokensMax: 16, sampling: { temperature: 1.2, topP: 0.95, seed: 4294967295 }) {
    text reason pieces { __typename ... on CodeRow { digest } } usage { prompt cached generated } ${PROVENANCE}
  }
}`;
const SCORE = `query ($parts: [PromptPart!]!, $choice: ModelChoice!) {
  scoreParts(parts: $parts, choice: $choice) { sum tokens { text logProbability } usage { cached } ${PROVENANCE} }
}`;
const EMBED = `query ($parts: [PromptPart!]!, $choice: ModelChoice!) {
  embedParts(lists: [$parts], choice: $choice) { embeddings { base64 } usage { cached } ${PROVENANCE} }
}`;
const PREDICT = `query ($code: Code!, $choice: ModelChoice!) {
  predictNext(codes: [$code, $code], choice: $choice) { mass codes { probability code { digest } } usage { cached } ${PROVENANCE} }
}`;

/** All that the operations answer, by the pack as well, as one text. */
const answers = async (lang: Language): Promise<string> => {
  const choice = { pack: 'words', reproducible: true };
  const parts = [{ scene: { scene: sceneOf(lang, 1), rung: 'CODE' } }, { text: PROSE[lang] }];
  const { scenes } = await api.ask(
    'query ($corpus: String!) { scenes(filter: { corpus: $corpus }) { nodes { key code } } }',
    {
      corpus: CORPORA[lang],
    },
  );
  const { code } = scenes.nodes.find(({ key }: Answer) => key === sceneOf(lang, 1));
  const all = [
    await api.ask(COMPLETE, { parts, choice }),
    await api.ask(SCORE, { parts, choice }),
    await api.ask(EMBED, { parts, choice }),
    await api.ask(PREDICT, { code, choice }),
  ];
  for (const answer of all)
    for (const { usage, provenance } of Object.values<Answer>(answer)) {
      expect(usage.cached).toBe(0);
      expect(provenance).toMatchObject({ pack: { name: 'words' }, slots: 1, batch: 'ALONE' });
    }
  return JSON.stringify(all);
};

/** Others ask without an end, of the same pack, until they are told to stop. */
const amidOthers = async <T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly asked: number }> => {
  let isOver = false;
  let asked = 0;
  const other = async (i: number): Promise<void> => {
    for (let round = 0; !isOver; round += 1) {
      const parts = [{ text: `${i} ${round} ${PROSE[i % 2 === 0 ? 'ru' : 'en']}` }];
      await api.ask(i % 2 === 0 ? COMPLETE : SCORE, { parts, choice: { pack: 'words' } });
      asked += 1;
    }
  };
  const others = [0, 1].map(other);
  try {
    return { result: await work(), asked };
  } finally {
    isOver = true;
    await Promise.all(others);
  }
};

test('the same bytes come each time, whatever is asked beside, and from processes begun anew', async () => {
  const first = { ru: await answers('ru'), en: await answers('en') };
  expect(first.ru).not.toBe(first.en);
  for (let i = 0; i < 2; i += 1)
    for (const lang of LANGUAGES) {
      const { result, asked } = await amidOthers(() => answers(lang));
      expect(result).toBe(first[lang]);
      expect(asked).toBeGreaterThan(0);
    }
  const pid = model.status().processes[0]?.pid;
  if (typeof pid !== 'number') throw new Error('a process is needed');
  process.kill(pid, 'SIGKILL');
  for (const lang of LANGUAGES) expect(await answers(lang)).toBe(first[lang]);
  expect(model.status().processes[0]?.pid).not.toBe(pid);
  await closeBoth();
  await openBoth();
  for (const lang of LANGUAGES) expect((await amidOthers(() => answers(lang))).result).toBe(first[lang]);
});
