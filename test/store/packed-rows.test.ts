import { bulkQuery, query } from '../../src/store/cypher/query.ts';
import { packRows } from '../../src/store/packed-rows.ts';

const TEXT = 'UNWIND $rows AS row MATCH (s:Scene {uid: row.uid}) CREATE (s)-[:NEXT {key: row.key, uid: row.uid}]->(s)';

it('sends the rows of a bulk statement as lists of what the text asks for', () => {
  const rows = [{ key: 'дом', other: 1, uid: 'a' }, { uid: 'б', key: null }, { uid: 'c' }];
  const sent = packRows(bulkQuery('link', TEXT), { rows, workspace: 'w' });
  expect(sent.text).toBe(
    'UNWIND $rows AS row MATCH (s:Scene {uid: row[0]}) CREATE (s)-[:NEXT {key: row[1], uid: row[0]}]->(s)',
  );
  expect(sent.parameters).toEqual({
    rows: [
      ['a', 'дом'],
      ['б', null],
      ['c', null],
    ],
    workspace: 'w',
  });
});

it('leaves every other statement as it is', () => {
  const parameters = { rows: [{ uid: 'a', key: 'b' }] };
  expect(packRows(query('link', TEXT), parameters)).toEqual({ text: TEXT, parameters });
});
