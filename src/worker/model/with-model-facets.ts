import type { LanguageModel, ModelCall } from '../../model/language-model.ts';
import type { Reader, Reading, ReadingPart } from '../../reading/reader.ts';
import {
  checkFillOptions,
  FILL_PARALLEL_DEFAULT,
  type FilledScene,
  type FillOptions,
  fillFacets,
} from './fill-facets.ts';
import { inParallel } from './in-parallel.ts';

/**
 * A reader whose weak facets a model fills in, part by part as they are taken, some scenes at a time. Order, texts and spans are those of
 * the reader, and so is the digest, which is of the document's bytes: who keeps documents by it does not read one again that it has.
 * The notices tell how much was filled, and how much of what the model said does not hold. Reading fails with the model's error, and
 * takes as long as the model does: a store that takes the parts into one transaction keeps it open that long.
 * @throws HypersceneError BAD_ARGUMENT
 */
export const withModelFacets = (
  reader: Reader,
  { model, call }: { readonly model: LanguageModel; readonly call: ModelCall },
  options: FillOptions = {},
): Reader => {
  checkFillOptions(options);
  return {
    read: async (source, readOptions) => {
      const reading = await reader.read(source, readOptions);
      const disposing = new AbortController();
      const given = [call.signal, readOptions.signal].filter((signal) => signal !== undefined);
      const signal = AbortSignal.any([disposing.signal, ...given]);
      const dispose = async (): Promise<void> => {
        disposing.abort();
        await reading.dispose();
      };
      return {
        sha256: reading.sha256,
        bytes: reading.bytes,
        length: reading.length,
        lang: reading.lang,
        parts: () => filledParts(reading, { reader, model, call: { ...call, signal } }, options),
        dispose,
        [Symbol.asyncDispose]: dispose,
      };
    },
    close: () => reader.close(),
  };
};

async function* filledParts(
  reading: Reading,
  context: Parameters<typeof fillFacets>[0],
  options: FillOptions,
): AsyncGenerator<ReadingPart> {
  const { parallel: max = FILL_PARALLEL_DEFAULT } = options;
  const tally = new FillTally();
  let toldNotices = false;
  for await (const part of reading.parts()) {
    if (part.type === 'scenes') {
      const filled = await inParallel(part.scenes, { max, signal: context.call.signal }, (scene, signal) =>
        fillFacets({ ...context, call: { ...context.call, signal } }, scene, options),
      );
      tally.add(filled);
      yield { type: 'scenes', scenes: filled.map(({ scene }) => scene) };
    } else if (part.type === 'notices') {
      toldNotices = true;
      yield { type: 'notices', notices: [...part.notices, ...tally.notices()] };
    } else yield part;
  }
  if (!toldNotices && tally.notices().length > 0) yield { type: 'notices', notices: tally.notices() };
}

class FillTally {
  #model = '';
  #scenes = 0;
  #facets = 0;
  #dropped = 0;

  add(scenes: readonly FilledScene[]): void {
    for (const { filled, dropped, provenance } of scenes) {
      this.#model = provenance?.model.name ?? this.#model;
      if (filled.length > 0) this.#scenes += 1;
      this.#facets += filled.length;
      this.#dropped += dropped.length;
    }
  }

  /** None where the model was not asked. */
  notices(): readonly string[] {
    if (this.#model === '') return [];
    const what = `facets that ${this.#model} filled: ${this.#facets}, in scenes: ${this.#scenes}`;
    return [`${what}; answers that do not hold: ${this.#dropped}`];
  }
}
