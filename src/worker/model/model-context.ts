import type { LanguageModel, ModelCall } from '../../model/language-model.ts';
import type { Reader } from '../../reading/reader.ts';
import type { GraphStore } from '../../store/graph-store.ts';

/** What an operation of a model works with. */
export interface ModelContext {
  readonly store: GraphStore;
  readonly reader: Reader;
  readonly model: LanguageModel;
  /** Who asks, by which pack, and the signal that ends it with CANCELLED. */
  readonly call: ModelCall;
}
