import { PieceStream } from '../../../src/model/llama/piece-stream.ts';

const all = async (stream: PieceStream<number>): Promise<readonly number[]> => {
  const pieces: number[] = [];
  for await (const piece of stream.taken()) pieces.push(piece);
  return pieces;
};

describe('a stream of pieces', () => {
  test('gives what is pushed before and while it is taken', async () => {
    const stream = new PieceStream<number>();
    stream.push(1);
    const taken = all(stream);
    await Promise.resolve();
    stream.push(2);
    await new Promise(setImmediate);
    stream.push(3);
    stream.end();
    expect(await taken).toEqual([1, 2, 3]);
  });

  test('gives what came before a failure, and then fails', async () => {
    const stream = new PieceStream<number>();
    stream.push(1);
    stream.fail(new Error('gone'));
    stream.end();
    const pieces: number[] = [];
    await expect(async () => {
      for await (const piece of stream.taken()) pieces.push(piece);
    }).rejects.toThrow('gone');
    expect(pieces).toEqual([1]);
  });
});
