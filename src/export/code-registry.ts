import type { Code } from '../scene/hypertoken.ts';
import type { CorpusName } from '../scene/name.ts';
import type { GraphView } from '../store/graph-store.ts';
import { type CursorPage, pagesOfForms } from './corpus-pages.ts';

/** What a code stands for. Numbers differ between stores, digests do not. */
export interface CodeRow {
  readonly code: Code;
  readonly level: number;
  /** 32 hex digits. */
  readonly digest: string;
  readonly figures: readonly string[];
}

/** The codes that occur in a corpus, by number. */
export async function* pagesOfHypertokens(
  view: GraphView,
  corpus: CorpusName,
  after: string | undefined,
): AsyncGenerator<CursorPage<CodeRow>> {
  for await (const { items, cursor } of pagesOfForms(view, corpus, after))
    yield { items: items.map(({ code, level, digest, figures }) => ({ code, level, digest, figures })), cursor };
}
