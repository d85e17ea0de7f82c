import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ENGLISH, RUSSIAN } from '../conformance/prose.ts';
import { runPython } from '../python/run-python.ts';

/** The three kinds of models that are met most: bytes (GPT-2, Llama 3), pieces with ▁ (T5, Llama 2), words (BERT). */
export const KINDS = ['bytes', 'pieces', 'words'] as const;
export type TokenizerKind = (typeof KINDS)[number];

const TRAIN = `
import json, sys
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, decoders, processors, trainers, AddedToken, Regex
kind, folder = sys.argv[1:]
prose = json.load(open(folder + '/prose.json'))
if kind == 'bytes':
    t = Tokenizer(models.BPE())
    t.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"), 'isolated'),
        pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    t.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(vocab_size=2000, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), special_tokens=['<|endoftext|>', '<|im_start|>'], show_progress=False)
elif kind == 'pieces':
    t = Tokenizer(models.Unigram())
    t.normalizer = normalizers.NFKC()
    t.pre_tokenizer = pre_tokenizers.Metaspace()
    t.decoder = decoders.Metaspace()
    trainer = trainers.UnigramTrainer(vocab_size=1200, special_tokens=['<pad>', '</s>', '<unk>'], unk_token='<unk>', show_progress=False)
else:
    t = Tokenizer(models.WordPiece(unk_token='[UNK]'))
    t.normalizer = normalizers.BertNormalizer()
    t.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    t.decoder = decoders.WordPiece()
    trainer = trainers.WordPieceTrainer(vocab_size=1200, special_tokens=['[PAD]', '[UNK]', '[CLS]', '[SEP]'], show_progress=False)
t.train_from_iterator(prose, trainer)
if kind == 'bytes':
    t.add_tokens([AddedToken('    ', normalized=False)])
if kind == 'words':
    t.post_processor = processors.BertProcessing(('[SEP]', 3), ('[CLS]', 2))
t.save(folder + '/tokenizer.json')
print(t.get_vocab_size())
`;

/** A real tokenizer, trained on Tolstoy and Poe, into a folder that is there. @returns its vocabulary */
export const trainTokenizer = async (folder: string, kind: TokenizerKind): Promise<number> => {
  await writeFile(join(folder, 'prose.json'), JSON.stringify([...RUSSIAN, ...ENGLISH]));
  return (await runPython(TRAIN, kind, folder)) as number;
};
