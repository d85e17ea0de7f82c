import { hyperlexemeText } from '../../activation/rung.ts';
import { HypersceneError } from '../../errors.ts';
import { figureOf } from '../../scene/figure.ts';
import { type DocumentRecord, PAGE_MAX, type StoredScene } from '../../store/graph-store.ts';
import type { BaseTokenizer } from '../base-tokenizer.ts';
import { pagesOfHypertokens } from '../code-registry.ts';
import { pagesOfScenes } from '../corpus-pages.ts';
import type { ExportContext, ExportFormat, Pass, PassPage, TokenRung } from '../export-format.ts';
import { jsonLines } from '../json-lines.ts';
import { facetMorphemes } from '../scene-row.ts';
import { SPLITS, splitter } from '../split.ts';
import { textPieces } from '../text-pieces.ts';
import { binOf, indexOf, TokenFiles, tokenType } from '../token-files.ts';
import { CodePlaces, codeRows, FACETS, facetIndices, facetRows, TOKENS } from '../token-marks.ts';

/** What ids there are: the base's, then those of facets, then those of codes. */
interface Layout {
  readonly base: number;
  readonly facets: number;
  /** Level of the codes that have ids; undefined for all, null for none. */
  readonly codes: number | undefined | null;
}

const layoutOf = (rung: TokenRung, tokenizer: BaseTokenizer | null): Layout => {
  if (rung === 'text' || rung === 'hyperlexeme') {
    if (tokenizer !== null) return { base: tokenizer.vocabulary, facets: 0, codes: null };
    throw new HypersceneError('USAGE', `no tokenizer for the ${rung}`, { expected: 'a tokenizer.json, --tokenizer' });
  }
  // The same ids as the extended tokenizer has.
  if (tokenizer !== null) return { base: tokenizer.vocabulary, facets: FACETS.length, codes: undefined };
  // Scenes have codes of level 0, of which there are 26,445 at most: ids of others would stand nowhere.
  return rung === 'hypertoken' ? { base: 0, facets: 0, codes: 0 } : { base: 0, facets: FACETS.length, codes: null };
};

/** Token ids of the documents for nanoGPT and its like (`.bin`) and for Megatron (`.bin` with `.idx`), by split. */
export const binFormat = (context: ExportContext): ExportFormat => {
  const { options, tokenizer, outputs } = context;
  const rung = options.rung ?? 'hypertoken';
  const layout = layoutOf(rung, tokenizer);
  const files = new TokenFiles(outputs, {
    splitOf: splitter(options.seed, options.shares),
    endOfDocument: tokenizer?.endOfDocument ?? null,
  });
  const passes = [
    ...(layout.facets > 0 || layout.codes !== null ? [tokensPass(context, layout)] : []),
    idsPass(context, rung, layout, files),
  ];
  return {
    passes,
    state: () => files.state,
    restore: (state) => files.restore(state),
    closing: (rows) => ({ 'meta.json': `${JSON.stringify(metaOf(context, rung, layout, rows), null, 2)}\n` }),
  };
};

const metaOf = ({ tokenizer }: ExportContext, rung: TokenRung, { base }: Layout, rows: ReadonlyMap<string, number>) => {
  const vocabulary = base + (rows.get(TOKENS) ?? 0);
  return {
    dtype: tokenType(vocabulary),
    byte_order: 'little',
    vocab_size: vocabulary,
    base_vocab_size: base,
    end_of_document: tokenizer?.endOfDocument ?? null,
    rung,
    tokenizer_sha256: tokenizer?.sha256 ?? null,
    splits: Object.fromEntries(
      SPLITS.map((split) => [
        split,
        {
          bin: binOf(split),
          idx: indexOf(split),
          documents: rows.get(indexOf(split)) ?? 0,
          tokens: rows.get(binOf(split)) ?? 0,
        },
      ]),
    ),
  };
};

/** Tells what the ids behind the base's stand for. */
const tokensPass = ({ view, corpus, outputs }: ExportContext, { base, facets, codes }: Layout): Pass => ({
  name: 'hypertokens',
  total: null,
  async *pages(after) {
    if (after === undefined) {
      await outputs.begin(TOKENS);
      if (facets > 0) await outputs.write(TOKENS, jsonLines(facetRows(base)), facets);
    }
    if (codes === null) return;
    for await (const { items, cursor } of pagesOfHypertokens(view, corpus, after)) {
      const some = items.filter(({ level }) => codes === undefined || level === codes);
      yield {
        cursor,
        count: items.length,
        write: () => outputs.write(TOKENS, jsonLines(codeRows(some, base + outputs.rows(TOKENS))), some.length),
      };
    }
  },
});

type Encode = (scenes: readonly StoredScene[]) => Promise<readonly ArrayLike<number>[]>;

const idsPass = (context: ExportContext, rung: TokenRung, layout: Layout, files: TokenFiles): Pass => {
  const { view, corpus, standing } = context;
  let vocabulary = 0;
  return {
    name: 'scenes',
    total: standing.scenes,
    async *pages(after) {
      const { codes, base, facets } = layout;
      const places = codes === null ? null : await CodePlaces.read(view, corpus, codes);
      vocabulary = base + facets + (places?.count ?? 0);
      if (after === undefined) await files.begin(view, corpus, vocabulary);
      if (rung === 'text') yield* textPages(context, files, vocabulary, after);
      else yield* scenePages(context, files, vocabulary, encodeBy(context, rung, layout, places), after);
    },
    end: () => files.end(vocabulary),
  };
};

const encodeBy = (
  { tokenizer, options }: ExportContext,
  rung: Exclude<TokenRung, 'text'>,
  { base, facets }: Layout,
  places: CodePlaces | null,
): Encode => {
  switch (rung) {
    case 'hypertoken':
      return async (scenes) =>
        scenes.map(({ code }) => {
          const place = places?.placeOf(code) ?? -1;
          return [place < 0 ? -1 : base + facets + place];
        });
    case 'facets':
      return async (scenes) =>
        scenes.map((scene) => facetIndices(facetMorphemes(figureOf(scene))).map((i) => (i < 0 ? -1 : base + i)));
    case 'hyperlexeme':
      return (scenes) =>
        idsOf(
          tokenizer,
          scenes.map((scene) => `${hyperlexemeText(scene, options.labels)}\n`),
        );
    default:
      return rung satisfies never;
  }
};

const idsOf = async (tokenizer: BaseTokenizer | null, texts: readonly string[]): Promise<readonly Int32Array[]> => {
  if (tokenizer === null) return [];
  const { ids, ends } = await tokenizer.encode(texts);
  return texts.map((_, i) => ids.subarray(i === 0 ? 0 : ends[i - 1], ends[i]));
};

async function* scenePages(
  { view, corpus }: ExportContext,
  files: TokenFiles,
  vocabulary: number,
  encode: Encode,
  after: string | undefined,
): AsyncGenerator<PassPage> {
  for await (const { items, cursor } of pagesOfScenes(view, corpus, after))
    yield {
      cursor,
      count: items.length,
      write: async () => {
        const ids = await encode(items);
        for (const [i, { documentName }] of items.entries()) await files.add(documentName, ids[i] ?? [], vocabulary);
      },
    };
}

/** Whole documents, with what stands between their scenes; each is a page. */
async function* textPages(
  { view, corpus, tokenizer }: ExportContext,
  files: TokenFiles,
  vocabulary: number,
  after: string | undefined,
): AsyncGenerator<PassPage> {
  const write = async ({ id, name }: DocumentRecord): Promise<void> => {
    for await (const piece of textPieces(view.documentText(id)))
      for (const ids of await idsOf(tokenizer, [piece])) await files.add(name, ids, vocabulary);
    await files.finish(vocabulary);
  };
  for (let behind = after, more = true; more; ) {
    const { items, hasNextPage } = await view.documents(corpus, { first: PAGE_MAX, after: behind });
    for (const { cursor, item } of items) yield { cursor, count: item.scenes, write: () => write(item) };
    behind = items.at(-1)?.cursor;
    more = hasNextPage;
  }
}
