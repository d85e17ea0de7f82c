import { createParser } from 'eventsource-parser';
import { HypersceneError } from '../../errors.ts';

/** Characters that one event has at most; a token takes some 300, and log probabilities are not streamed. */
const EVENT_MAX = 2 ** 20;

/**
 * Data of server-sent events, as they come: WHATWG HTML, 9.2. What an event lacks of its end when the bytes end is dropped.
 * @param bytes in pieces cut anywhere
 * @throws HypersceneError MODEL_CRASHED for an event that is too long
 */
export async function* readEvents(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  let found: string[] = [];
  let tooLong = false;
  const parser = createParser({
    maxBufferSize: EVENT_MAX,
    onEvent: ({ data }) => {
      found.push(data);
    },
    onError: ({ type, field, value }) => {
      if (type === 'max-buffer-size-exceeded') tooLong = true;
      // Older llama-servers tell an error midway in a field of this name, which is none of the standard.
      if (field === 'error' && value !== undefined) found.push(`{"error":${value}}`);
    },
  });
  for await (const chunk of bytes) {
    parser.feed(decoder.decode(chunk, { stream: true }));
    const events = found;
    found = [];
    yield* events;
    if (tooLong)
      throw new HypersceneError('MODEL_CRASHED', "the model's server sent an event that is too long", {
        expected: `at most ${EVENT_MAX} characters`,
      });
  }
}
