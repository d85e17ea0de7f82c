import { PassThrough, Writable } from 'node:stream';
import { Output } from '../../src/cli/output.ts';

describe('Output', () => {
  it('waits for a reader that is slower than the writer', async () => {
    const slow = new PassThrough({ highWaterMark: 16 });
    const output = new Output(slow, () => {});
    let written = 0;
    const writing = (async () => {
      for (; written < 50; written += 1) await output.line('строка');
    })();
    await new Promise((resolve) => setImmediate(resolve));
    expect(written).toBeLessThan(50);
    let read = '';
    slow.on('data', (chunk) => {
      read += chunk;
    });
    await writing;
    expect(read).toBe('строка\n'.repeat(50));
  });

  it('drops the rest and says so once when the reader has gone away', async () => {
    const broken = new Writable({
      highWaterMark: 1,
      write: (_chunk, _encoding, done) => done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })),
    });
    let closings = 0;
    const output = new Output(broken, () => {
      closings += 1;
    });
    await output.line('one');
    await output.line('two');
    expect(output.closed).toBe(true);
    expect(closings).toBe(1);
  });
});
