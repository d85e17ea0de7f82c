import type { CompleteOptions, CompletionEnd, Prompt } from '../../model/language-model.ts';
import type { Language } from '../../scene/scene.ts';
import type { ModelContext } from './model-context.ts';
import type { Part } from './part.ts';
import { promptOf, type WrittenPrompt } from './prompt-of.ts';
import { type ExpandedRow, RowBook } from './row-book.ts';

export interface CompletePartsRequest {
  readonly parts: readonly Part[];
  /** The language of hyperlexemes. */
  readonly labels: Language;
  readonly form: Prompt['form'];
  readonly options: CompleteOptions;
}

/** First how the parts were written, then what comes, and last how it ended. */
export type CompletionEvent =
  | ({ readonly kind: 'written' } & WrittenPrompt)
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'row'; readonly row: ExpandedRow }
  | ({ readonly kind: 'end' } & CompletionEnd);

/**
 * Lets the model go on. A row that comes out is looked up when it comes, each once: the model takes longer for it than the store.
 * Whoever stops taking frees the model's slot.
 * @throws HypersceneError what {@link promptOf} and the model's `complete` throw
 */
export async function* completeParts(
  context: ModelContext,
  { parts, labels, form, options }: CompletePartsRequest,
): AsyncGenerator<CompletionEvent> {
  const written = await promptOf(context, parts, { labels, form });
  yield { kind: 'written', ...written };
  const book = new RowBook(context.store, labels);
  for await (const piece of context.model.complete(written.prompt, options, context.call)) {
    if (piece.kind !== 'row') {
      yield piece;
      continue;
    }
    const [row] = await book.expand([piece.row]);
    yield { kind: 'row', row: row as ExpandedRow };
  }
}
