import { setTimeout } from 'node:timers/promises';
import { WritePipeline } from '../../src/store/write-pipeline.ts';

const later = (value: string, ms: number): Promise<string> => setTimeout(ms, value);

describe('a pipeline of writes', () => {
  it('sends the next write before the last is answered, and few at once', async () => {
    const pipeline = new WritePipeline();
    let [sent, underWay, most] = [0, 0, 0];
    for (let i = 0; i < 20; i++)
      await pipeline.write(async () => {
        sent += 1;
        most = Math.max(most, ++underWay);
        await setTimeout(2);
        underWay -= 1;
      });
    expect(sent).toBe(20);
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(5);
    await pipeline.settle();
    expect(underWay).toBe(0);
  });

  it('tells what a write threw first, at a later write, a read or the end', async () => {
    const failed = async (): Promise<{ readonly pipeline: WritePipeline; fail(): void }> => {
      const pipeline = new WritePipeline();
      const answers = ['first', 'second'].map((message) => ({ message, ...Promise.withResolvers<void>() }));
      for (const { promise } of answers) await pipeline.write(() => promise);
      return {
        pipeline,
        fail: () => {
          for (const { message, reject } of answers) reject(new Error(message));
        },
      };
    };
    const ending = await failed();
    ending.fail();
    await expect(ending.pipeline.settle()).rejects.toThrow('first');

    const writing = await failed();
    writing.fail();
    await setTimeout(1);
    let sent = false;
    const next = writing.pipeline.write(async () => {
      sent = true;
    });
    await expect(next).rejects.toThrow('first');
    expect(sent).toBe(false);

    const reading = await failed();
    const read = reading.pipeline.read(async () => {
      reading.fail();
      throw new Error('third');
    });
    await expect(read).rejects.toThrow('first');
  });

  it('gives what a read finds, and the error of a read that fails alone', async () => {
    const pipeline = new WritePipeline();
    await pipeline.write(() => setTimeout(1));
    expect(await pipeline.read(() => later('rows', 1))).toBe('rows');
    await expect(pipeline.read(() => Promise.reject(new Error('read')))).rejects.toThrow('read');
    await pipeline.settle();
  });
});
