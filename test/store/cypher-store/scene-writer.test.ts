import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workspaceName } from '../../../src/scene/name.ts';
import { createCypherDatabase } from '../../../src/store/cypher-graph-store.ts';
import type { GraphDatabase } from '../../../src/store/graph-store.ts';
import type { ParameterRow, Parameters } from '../../../src/store/parameter.ts';
import { allItems } from '../../conformance/all-pages.ts';
import { CORPUS, RUSSIAN, write } from '../../conformance/prose.ts';
import { ENGINES, overheard } from '../test-engines.ts';

describe.each(ENGINES)('on $kind', ({ kind, open }) => {
  let folder: string;
  let database: GraphDatabase;
  /** The texts of scenes that were sent. */
  let texts: unknown[] = [];

  const listen = (parameters: Parameters): void => {
    const { rows } = parameters;
    if (Array.isArray(rows)) texts.push(...(rows as readonly ParameterRow[]).flatMap(({ text = [] }) => text ?? []));
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hyperscene-moved-'));
    const engine = overheard(await open(join(folder, 'graph')), (_, parameters) => listen(parameters));
    database = createCypherDatabase({ kind, location: folder, engine, close: () => engine.close() });
  });
  afterAll(async () => {
    await database.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('scenes that only move are not written with their texts again, and are found by their words all the same', async () => {
    const store = database.workspace(workspaceName(`moved ${randomBytes(4).toString('hex')}`));
    const sentences = RUSSIAN.slice(0, 30);
    await write(store, { sentences });
    expect(texts).toEqual(sentences);
    texts = [];
    await write(store, { sentences: ['Новая сцена.', ...sentences] });
    expect(texts).toEqual(['Новая сцена.']);
    for (const [i, text] of sentences.entries()) {
      const found = await allItems((page) => store.scenes({ corpus: CORPUS, text }, page));
      expect(found.find((scene) => scene.text === text)).toMatchObject({ position: i + 1 });
    }
  });
});
