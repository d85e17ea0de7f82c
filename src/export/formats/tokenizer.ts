import { z } from 'zod';
import { HypersceneError } from '../../errors.ts';
import { type BaseTokenizer, BESIDES } from '../base-tokenizer.ts';
import { pagesOfHypertokens } from '../code-registry.ts';
import type { ExportContext, ExportFormat } from '../export-format.ts';
import { jsonLines } from '../json-lines.ts';
import { codeRows, FACETS, facetRows, TOKENS, type TokenRow } from '../token-marks.ts';

const FILE = 'tokenizer.json';
const ADDED = 'added_tokens.json';

const entryOf = ({ id, token }: TokenRow): string =>
  `\n    ${JSON.stringify({ id, content: token, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true })}`;

/** The list of added tokens, taken apart around the place where more come in. */
const frameOf = ({ bytes, insertion: { at, kind } }: BaseTokenizer) => {
  const [head, tail] = [bytes.subarray(0, at), bytes.subarray(at)];
  const [open, close] = kind === 'missing' ? ['"added_tokens":[', '],'] : [kind === 'behind' ? ',' : '', ''];
  return { head: Buffer.concat([head, Buffer.from(open)]), tail: Buffer.concat([Buffer.from(close), tail]) };
};

const addedShape = z.record(z.string(), z.int());

/** `{"token": id, …}`, without its last bracket. */
const addedHead = (text: string): string => {
  try {
    const entries = Object.entries(addedShape.parse(JSON.parse(text)));
    return `{${entries.map(([token, id]) => `\n  ${JSON.stringify(token)}: ${id},`).join('')}`;
  } catch (cause) {
    throw new HypersceneError('BAD_TOKENIZER', 'the tokenizer cannot be used', {
      at: ADDED,
      expected: 'an object of JSON that gives each token its id',
      came: cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause),
      cause,
    });
  }
};

/**
 * A base tokenizer with one token more for each morpheme of a figure and for each code of the corpus. All else in it stays as it
 * was, to the byte.
 */
export const tokenizerFormat = ({ view, corpus, tokenizer, outputs }: ExportContext): ExportFormat => {
  if (tokenizer === null)
    throw new HypersceneError('USAGE', 'no tokenizer to extend', {
      expected: 'a tokenizer.json of the base, --tokenizer',
    });
  const first = tokenizer.vocabulary;
  const added = tokenizer.besides.get(ADDED);
  const writeRows = async (rows: readonly TokenRow[], isFirst: boolean): Promise<void> => {
    const joint = isFirst ? '' : ',';
    await outputs.write(FILE, Buffer.from(joint + rows.map(entryOf).join(',')), rows.length);
    await outputs.write(TOKENS, jsonLines(rows), rows.length);
    if (added === undefined) return;
    const entries = rows.map(({ id, token }) => `\n  ${JSON.stringify(token)}: ${id}`).join(',');
    await outputs.write(ADDED, Buffer.from(joint + entries), rows.length);
  };
  const begin = async (): Promise<void> => {
    if (added !== undefined) await outputs.write(ADDED, Buffer.from(addedHead(added)), 0);
    await outputs.write(FILE, frameOf(tokenizer).head, 0);
    await writeRows(facetRows(first), true);
  };
  return {
    passes: [
      {
        name: 'hypertokens',
        total: null,
        async *pages(after) {
          if (after === undefined) await begin();
          for await (const { items, cursor } of pagesOfHypertokens(view, corpus, after))
            yield {
              cursor,
              count: items.length,
              write: () => writeRows(codeRows(items, first + outputs.rows(TOKENS)), false),
            };
        },
        end: async () => {
          await outputs.write(FILE, frameOf(tokenizer).tail, 0);
          if (added !== undefined) await outputs.write(ADDED, Buffer.from('\n}\n'), 0);
        },
      },
    ],
    state: () => null,
    restore: () => undefined,
    closing: (rows) => ({
      ...Object.fromEntries(
        BESIDES.filter((name) => name !== ADDED && tokenizer.besides.has(name)).map((name) => [
          name,
          tokenizer.besides.get(name) ?? '',
        ]),
      ),
      'README.md': readme(tokenizer, rows.get(TOKENS) ?? 0),
    }),
  };
};

const readme = ({ vocabulary, sha256 }: BaseTokenizer, added: number): string => `# Tokenizer with hypertokens

The tokenizer with SHA-256 ${sha256} (ids 0 to ${vocabulary - 1}) and ${added} tokens more, ids ${vocabulary} to ${vocabulary + added - 1}: a model's embeddings have to have ${vocabulary + added} rows at least. \`${TOKENS}\` tells for each new id its token and what it stands for: first the ${FACETS.length} morphemes of
figures (\`archetype:threshold\`; \`none\` where nothing stands), whose ids every export for this base gives them, then the codes by their number.

The content of a token is its name between U+10DE70 and U+10DE71, two private code points that no keyboard gives: \`Δ14\` in a text stays plain text. A text can hold these code points nevertheless, if somebody puts them there. Text of users has to be tokenised without special tokens, and codes given as ids:

    tokenizer.encode_special_tokens = True                    # tokenizers: what users wrote is text, whatever it looks like
    AutoTokenizer.from_pretrained(folder, split_special_tokens=True)    # transformers, the same

The new tokens are special: \`decode(ids)\` leaves them out, \`decode(ids, skip_special_tokens=False)\` shows them.
`;
