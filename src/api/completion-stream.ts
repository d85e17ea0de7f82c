import type { CompletionEvent } from '../worker/model/complete-parts.ts';

/** An event, or why no more come. */
export type StreamedEvent =
  | { readonly event: CompletionEvent; readonly error?: undefined }
  | { readonly event?: undefined; readonly error: unknown };

const OVER = { value: undefined, done: true } as const;

/**
 * A completion as a subscription has it. The first event is taken before the stream is given, so that what is wrong with the parts is an
 * answer with an error; what fails later is an event, since a stream that throws takes its connection with it. Whoever returns it aborts the
 * model at once: a generator would be left only when its next piece comes.
 * @param start is given what aborts when `signal` does, or when the stream is returned
 * @throws what the first event throws
 */
export const completionStream = async (
  start: (signal: AbortSignal) => AsyncGenerator<CompletionEvent>,
  signal: AbortSignal,
): Promise<AsyncIterableIterator<StreamedEvent>> => {
  const stop = new AbortController();
  const events = start(AbortSignal.any([signal, stop.signal]));
  let next: Promise<IteratorResult<CompletionEvent>> | null = Promise.resolve(await events.next());
  let isOver = false;
  const stream: AsyncIterableIterator<StreamedEvent> = {
    next: async () => {
      if (isOver) return OVER;
      const taken = next ?? events.next();
      next = null;
      try {
        const { value: event, done } = await taken;
        if (!done && !isOver) return { value: { event }, done: false };
        isOver = true;
        return OVER;
      } catch (error) {
        if (isOver) return OVER;
        isOver = true;
        return { value: { error }, done: false };
      }
    },
    return: async () => {
      isOver = true;
      stop.abort();
      // What it ends with is nobody's affair any more.
      await events.return(undefined).catch(() => undefined);
      return OVER;
    },
    [Symbol.asyncIterator]: () => stream,
  };
  return stream;
};
