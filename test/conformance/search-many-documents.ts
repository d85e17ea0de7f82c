import { corpusName } from '../../src/scene/name.ts';
import type { SceneFilter, StoredScene } from '../../src/store/graph-store.ts';
import { hasTerms, queryTerms } from '../../src/store/search-terms.ts';
import { allItems } from './all-pages.ts';
import { ENGLISH, idOf, nameOf, RUSSIAN, write } from './prose.ts';
import type { OpenStore } from './store-adapter.ts';

const MANY = corpusName('многое and much');
const DOCUMENTS = 150;

/** A word of one document alone, of a few that lie far apart, of many; two words; and none. */
const QUERIES = ['родника', 'wells', 'редкое', 'царь', 'prince', 'и', 'она сказала', 'he said', 'нигде'];

const sentencesOf = (i: number): readonly string[] => {
  const prose = i % 2 === 0 ? RUSSIAN : ENGLISH;
  const own = [0, 1].map((step) => prose[(i + step) % prose.length] ?? '');
  if (i === 70) return [...own, 'У родника пусто.', 'No well here.'];
  return i % 64 === 5 ? [...own, 'Редкое слово.'] : own;
};

/** A store may look at the documents of a corpus some at a time: nobody shall see where it parts them. */
export const describeSearchOfManyDocuments = ({ store }: OpenStore): void => {
  it('finds the same in a corpus of many documents as a search of every text, page by page and by number', async () => {
    for (let i = 0; i < DOCUMENTS; i++)
      await write(store(), {
        corpus: MANY,
        name: `документ ${i}`,
        sentences: sentencesOf(i),
        lang: i % 2 === 0 ? 'ru' : 'en',
      });
    for (const i of [3, 64, 149]) await store().deleteDocument(MANY, nameOf({ name: `документ ${i}` }));
    await write(store(), { corpus: MANY, name: 'документ 1', sentences: ['Царь вернулся.', ...sentencesOf(1)] });
    const all = await allItems((page) => store().scenes({ corpus: MANY }, page));
    const narrowings: readonly [Omit<SceneFilter, 'corpus' | 'text'>, (scene: StoredScene) => boolean][] = [
      [{}, () => true],
      [{ lang: 'en' }, ({ lang }) => lang === 'en'],
      [
        { document: idOf({ corpus: MANY, name: 'документ 70' }) },
        ({ documentName }) => documentName === nameOf({ name: 'документ 70' }),
      ],
    ];
    for (const text of QUERIES)
      for (const [rest, passes] of narrowings) {
        const filter = { corpus: MANY, text, ...rest };
        const expected = all.filter((scene) => hasTerms(scene.text, queryTerms(text)) && passes(scene));
        for (const first of [7, 100])
          expect(await allItems((page) => store().scenes(filter, page), first)).toEqual(expected);
        expect(await store().countScenes(filter)).toBe(expected.length);
        for (const limit of [1, 100])
          expect(await store().sceneIds(filter, limit)).toEqual(expected.slice(0, limit).map(({ id }) => id));
      }
  });
};
