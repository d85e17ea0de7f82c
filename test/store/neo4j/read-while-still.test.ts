import { query } from '../../../src/store/cypher/query.ts';
import type { CypherReader, Stillness } from '../../../src/store/cypher-engine.ts';
import { readWhileStill } from '../../../src/store/neo4j/read-while-still.ts';

type State = readonly { readonly writes: number; readonly settled: number | null }[];

const data = query<{ readonly value: number }>('data', 'MATCH (n) RETURN n.value AS value');
const still: Stillness = {
  state: query('state', 'MATCH (w) RETURN w.writes AS writes, w.settled AS settled'),
  settle: query('settle', 'MATCH (w) SET w.settled = w.writes'),
  parameters: {},
};

/** What a server would answer, look by look; an error is a statement that fails. */
const answering = (states: readonly State[], rows: readonly unknown[] | Error): CypherReader => {
  const left = [...states];
  return {
    read: async <Row>({ name }: { readonly name: string }) => {
      if (name === 'state') return (left.shift() ?? []) as unknown as readonly Row[];
      if (rows instanceof Error) throw rows;
      return rows as readonly Row[];
    },
  };
};

const reading = (sentAtOnce: boolean) => ({
  sentAtOnce,
  work: (view: CypherReader) => view.read(data, {}),
});

const SETTLED: State = [{ writes: 3, settled: 3 }];

describe.each([true, false])('all statements sent at once: %s', (sentAtOnce) => {
  const found = (states: readonly State[], rows: readonly unknown[] | Error) =>
    readWhileStill(answering(states, rows), reading(sentAtOnce), still);

  it('gives what was read while nothing was written', async () => {
    expect(await found([SETTLED, SETTLED], [{ value: 1 }])).toEqual({ still: true, value: [{ value: 1 }] });
  });

  it.each([
    ['someone wrote meanwhile', [SETTLED, [{ writes: 4, settled: 3 }]]],
    ['what was written before is not all visible', [[{ writes: 4, settled: 3 }], [{ writes: 4, settled: 3 }]]],
    ['someone wrote and settled meanwhile', [SETTLED, [{ writes: 4, settled: 4 }]]],
    ['the workspace came into being', [[], [{ writes: 1, settled: 1 }]]],
    ['the workspace is not visible but something of it is', [[], []]],
  ] as const)('gives nothing where %s', async (_, states) => {
    expect(await found(states, [{ value: 1 }])).toEqual({ still: false });
  });

  it('finds nothing in a workspace that is not there', async () => {
    expect(await found([[], []], [])).toEqual({ still: true, value: [] });
  });

  it('takes a failure beside a writer for no failure of its own, and any other for one', async () => {
    const failure = new RangeError('half there');
    expect(await found([SETTLED, [{ writes: 4, settled: 3 }]], failure)).toEqual({ still: false });
    await expect(found([SETTLED, SETTLED], failure)).rejects.toBe(failure);
  });
});
