import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { corpusName, workspaceName } from '../../../src/scene/name.ts';
import { DOCUMENTS_MAX } from '../../../src/store/corpus-order.ts';
import type { CypherEngine } from '../../../src/store/cypher-engine.ts';
import { createCypherDatabase } from '../../../src/store/cypher-graph-store.ts';
import {
  growingRanges,
  SEGMENT_DOCUMENTS,
  SEGMENTS_AT_ONCE,
  segmentMark,
  segmentOf,
} from '../../../src/store/cypher-store/search-segment.ts';
import { loadMigrations } from '../../../src/store/migration-files.ts';
import { allItems } from '../../conformance/all-pages.ts';
import { ENGLISH, RUSSIAN, write } from '../../conformance/prose.ts';
import { ENGINES } from '../test-engines.ts';

const order = fc.nat(DOCUMENTS_MAX - 1);

it('marks segments by letters that rise with them and are no hex digits, five for the last one too', () => {
  fc.assert(
    fc.property(order, order, (x, y) => {
      const [one, other] = [segmentOf(x), segmentOf(y)];
      expect(segmentMark(one)).toMatch(/^[g-v]{5}$/u);
      expect(Math.sign(one - other)).toBe(segmentMark(one) < segmentMark(other) ? -1 : one === other ? 0 : 1);
    }),
  );
  expect(segmentMark(0)).toBe('ggggg');
  expect(segmentMark(segmentOf(DOCUMENTS_MAX - 1))).toMatch(/^[g-v]{5}$/u);
});

it('goes over all segments from the first, each once, in a logarithm of ranges', () => {
  fc.assert(
    fc.property(fc.nat(1000), fc.nat(20_000), (first, length) => {
      let next = first;
      let ranges = 0;
      for (const { from, to } of growingRanges(first)) {
        expect(from).toBe(next);
        expect(to - from).toBeLessThan(SEGMENTS_AT_ONCE);
        next = to + 1;
        ranges += 1;
        if (to >= first + length) break;
      }
      expect(ranges).toBeLessThanOrEqual(7 + length / SEGMENTS_AT_ONCE);
    }),
  );
});

/** Before V004 a scene's tokens had no mark. */
const UNMARKED = {
  name: 'test/unmark',
  text: `MATCH (s:Scene {corpus: $corpus})
    SET s.terms = replace(replace(replace(s.terms, 'ggggg', ''), 'ggggh', ''), 'ggggi', '')`,
};
const TERMS = {
  name: 'test/terms',
  text: 'MATCH (s:Scene {corpus: $corpus}) RETURN s.uid AS uid, s.terms AS terms ORDER BY uid',
};

describe.each(ENGINES)('on $kind', ({ kind, open }) => {
  let folder: string;
  let engine: CypherEngine;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hyperscene-segment-'));
    engine = await open(join(folder, 'graph'));
  });
  afterAll(async () => {
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('tokens of a graph from before there were segments are marked, once, as new ones are', async () => {
    const unique = randomBytes(4).toString('hex');
    const corpus = corpusName(`old ${unique}`);
    const database = createCypherDatabase({ kind, location: folder, engine, close: async () => undefined });
    const store = database.workspace(workspaceName(`segments ${unique}`));
    for (let i = 0; i < 2 * SEGMENT_DOCUMENTS + 3; i++) {
      const sentences = [(i % 2 === 0 ? RUSSIAN : ENGLISH)[i % 30] ?? '', ...(i % 50 === 0 ? ['…', 'Родник.'] : [])];
      await write(store, { corpus, name: `документ ${i}`, sentences });
    }
    const found = () => allItems((page) => store.scenes({ corpus, text: 'родника' }, page), 2);
    const [terms, scenes] = [await engine.read(TERMS, { corpus }), await found()];
    expect(scenes.map(({ documentName }) => documentName)).toEqual(['документ 0', 'документ 50', 'документ 100']);
    await engine.write((transaction) => transaction.write(UNMARKED, { corpus }));
    expect(await found()).toEqual([]);
    // The statements alone: other tests start on the same server, and would apply a migration that is not recorded.
    const migration = (await loadMigrations(engine.dialect)).find(({ name }) => name === 'search_segments');
    expect(migration?.statements.length).toBeGreaterThan(0);
    for (let times = 1; times <= 2; times++) {
      for (const statement of migration?.statements ?? []) await engine.define(statement);
      expect(await engine.read(TERMS, { corpus })).toEqual(terms);
    }
    expect(await found()).toEqual(scenes);
  });
});
