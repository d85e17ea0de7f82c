import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { inlineReader } from '../../src/reading/inline-reader.ts';
import { openSentenceReader } from '../../src/reading/open-sentence-reader.ts';
import { openReader } from '../../src/reading/read-document.ts';
import type { Reader } from '../../src/reading/reader.ts';
import { DOCUMENT, expectCovered, listOf, readWhole } from './read-whole.ts';
import { STORIES } from './stories.ts';

const WHOLE_SENTENCES = new URL('./whole-sentences.ts', import.meta.url);
const DYING_SENTENCES = new URL('./dying-sentences.ts', import.meta.url);

const opened: Reader[] = [];
const open = async (...options: Parameters<typeof openReader>): Promise<Reader> => {
  const reader = await openReader(...options);
  opened.push(reader);
  return reader;
};
afterEach(async () => {
  for (const reader of opened.splice(0)) await reader.close();
});

describe.each(STORIES)('with the real sentence readers ($lang)', ({ path, text }) => {
  test('a thread reads what the caller would read itself', async () => {
    const read = await readWhole(await open(), { path });
    expectCovered(read);
    expect(read.text).toBe(text);
    const faceted = read.scenes.filter(({ agent, context }) => agent !== null && context.length > 0);
    expect(faceted.length).toBeGreaterThan(read.scenes.length / 4);
    for (const { agent, start, end } of read.scenes)
      if (agent !== null) expect(agent.start >= start && agent.end <= end && agent.end > agent.start).toBe(true);
    expect(await readWhole(inlineReader(openSentenceReader), { path })).toEqual(read);
  });
});

test('a thread that dies is told, and the next document gets another', async () => {
  const reader = await open({ sentenceReaders: DYING_SENTENCES });
  for (let i = 0; i < 2; i++) {
    await using reading = await reader.read({ text: 'He came in.' }, { document: DOCUMENT });
    await expect(listOf(reading.parts())).rejects.toThrow('the reading thread stopped; came exit status 7');
  }
});

test('sentence readers that cannot be loaded are told, and the thread lives on', async () => {
  const reader = await open({ sentenceReaders: new URL('./nothing-there.ts', import.meta.url) });
  for (let i = 0; i < 2; i++) {
    await using reading = await reader.read({ text: 'He came in.' }, { document: DOCUMENT });
    await expect(listOf(reading.parts())).rejects.toThrow(/Cannot find module/u);
  }
});

test('a closed reader ends what is under way, and reads no more', async () => {
  const reader = await open({ sentenceReaders: WHOLE_SENTENCES });
  const reading = await reader.read({ text: 'He came in. '.repeat(50_000) }, { document: DOCUMENT });
  const cancelled = expect.objectContaining({ code: 'CANCELLED' });
  const taking = (async () => {
    for await (const _part of reading.parts()) await reader.close();
  })();
  await expect(taking).rejects.toThrow(cancelled);
  await expect(reader.read({ text: 'He came in.' }, { document: DOCUMENT })).rejects.toThrow(cancelled);
});

test('the thread waits for a consumer that takes its time', async () => {
  const reader = await open({ sentenceReaders: WHOLE_SENTENCES });
  const text = 'He came in and sat down by the window. '.repeat(50_000);
  let bytesRead = 0;
  await using slow = await reader.read(
    { text },
    {
      document: DOCUMENT,
      onProgress: ({ stage, bytes }) => {
        if (stage === 'reading') bytesRead = bytes;
      },
    },
  );
  const parts = slow.parts()[Symbol.asyncIterator]();
  await parts.next();
  // Both take turns: left to itself, the first would be as far by now as the second.
  const whole = await readWhole(reader, { text });
  expect(whole.scenes).toHaveLength(50_000);
  expect(bytesRead).toBeLessThan(text.length / 10);
});

test('an error of whoever listens to the progress ends that reading only', async () => {
  const reader = await open({ sentenceReaders: WHOLE_SENTENCES });
  const onProgress = () => {
    throw new TypeError('no such bar');
  };
  await expect(reader.read({ text: 'He came in.' }, { document: DOCUMENT, onProgress })).rejects.toThrow(
    /no such bar/u,
  );
  expect((await readWhole(reader, { text: 'He came in.' })).scenes).toHaveLength(1);
});

test('a reader left open keeps no process alive', async () => {
  const program = `
    import { openReader } from ${JSON.stringify(new URL('../../src/reading/read-document.ts', import.meta.url).href)};
    const reader = await openReader({ sentenceReaders: new URL(${JSON.stringify(WHOLE_SENTENCES.href)}) });
    const read = async (text) => {
      const reading = await reader.read({ text }, { document: 'd' });
      let scenes = 0;
      for await (const part of reading.parts()) if (part.type === 'scenes') scenes += part.scenes.length;
      return scenes;
    };
    console.log(await read('He came in. She left.'), await read('Он вошёл.'));
    await reader.read({ text: 'Never read, never handed back.' }, { document: 'd' });
  `;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program]);
  expect(stdout).toBe('2 1\n');
});
