import { type Command, InvalidArgumentError, Option } from 'commander';
import { FOLDED_RUNGS, type FoldedRung } from '../../activation/fold.ts';
import { RUNGS, type Rung } from '../../activation/rung.ts';
import { HypersceneError } from '../../errors.ts';
import type { Prompt } from '../../model/language-model.ts';
import { parseCode } from '../../scene/hypertoken.ts';
import type { CorpusName } from '../../scene/name.ts';
import type { Language } from '../../scene/scene.ts';
import type { ContextPart, Part } from '../../worker/model/part.ts';
import { corpusOption, labelsOption, parseCount, parsedBy, parseScene } from '../options.ts';
import type { Session } from '../session.ts';
import { isStdin, readStdin } from './given-text.ts';

/** What says of what a prompt is made, beside the parts themselves. */
export interface PartOptions {
  readonly corpus?: CorpusName;
  readonly tokens?: number;
  readonly rung: FoldedRung;
  readonly labels: Language;
  readonly chat?: boolean;
}

/** A context is told by further options, which may stand after it. */
type GivenPart = Exclude<Part, ContextPart> | { readonly kind: 'context'; readonly query: string };
/** The parts of one command line in its order, which the parser of options does not keep of different ones. */
export type GivenParts = readonly GivenPart[];

/** How an occurrence is written where its rung is not said: words, which a bare model reads. */
const OCCURRENCE_RUNG = 'hyperlexeme';

export const PARTS_HELP = `
Parts come in the order of the command line; a text without an option comes last, and - in its place is standard input.
A rung is one of ${RUNGS.join(', ')}; the last three take rows of --pack, and what has none is written as hyperlexeme.
`;

/** Adds the options of parts. @returns the list that they are put into when the command line is read */
export const addPartOptions = (command: Command): GivenParts => {
  const given: GivenPart[] = [];
  const collect =
    (parse: (text: string) => GivenPart) =>
    (text: string): GivenParts => {
      given.push(parse(text));
      return given;
    };
  command
    .option(
      '--text <text>',
      'part: a text, exactly as it is',
      collect((text) => ({ kind: 'text', text })),
    )
    .option('--scene <id[:rung]>', 'part: a scene, on the rung text unless told', collect(scenePart))
    .option('--code <code>', 'part: a code, Δ14', collect(codePart))
    .option(
      '--occurrence <code[:rung]>',
      `part: an occurrence, Δ14:7, on the rung ${OCCURRENCE_RUNG} unless told`,
      collect(occurrencePart),
    )
    .option(
      '--context <query>',
      'part: what of the scenes that answer to it fits into --tokens positions; wants --corpus',
      collect((query) => ({ kind: 'context', query })),
    )
    .addOption(corpusOption('the corpus of a context'))
    .option('--tokens <n>', "positions of a context, in the model's own vocabulary", parseCount)
    .addOption(
      new Option('--rung <rung>', 'how a scene of a context is written that does not go in whole')
        .choices(FOLDED_RUNGS)
        .default('hyperlexeme'),
    )
    .addOption(labelsOption())
    .option('--chat', "put it as a user's turn into the model's own template");
  return given;
};

export const formOf = ({ chat }: PartOptions): Prompt['form'] => (chat === true ? 'chat' : 'raw');

/** What the texts without an option are, standard input in the place of `-`. */
export type GivenTexts = (session: Session, words: readonly string[]) => Promise<readonly string[]>;

/** They are one text, whose words the shell has parted. */
export const joinedText: GivenTexts = async (session, words) => {
  if (isStdin(words)) return [await readStdin(session)];
  return words.length === 0 ? [] : [words.join(' ')];
};

/** Each is one, of standard input each line that is not empty. */
export const eachText: GivenTexts = async (session, words) => {
  const each = isStdin(words) ? (await readStdin(session)).split(/\r?\n/u) : words;
  return each.filter((text) => text !== '');
};

/** The parts, those of texts without an option last. @throws HypersceneError USAGE, and what reading standard input throws */
export const partsOf = async (
  session: Session,
  { given, texts }: { readonly given: GivenParts; readonly texts: GivenTexts },
  words: readonly string[],
  options: PartOptions,
): Promise<readonly Part[]> => {
  const named = given.map((part) => (part.kind === 'context' ? contextPart(part.query, options) : part));
  const last = (await texts(session, words)).map((text): Part => ({ kind: 'text', text }));
  const parts = [...named, ...last];
  if (parts.length > 0) return parts;
  throw new HypersceneError('USAGE', 'no parts', {
    expected: 'a text, --text, --scene, --code, --occurrence or --context',
  });
};

/** Whether anything but given text is in them. */
export const needsGraph = (parts: readonly Part[]): boolean => parts.some(({ kind }) => kind !== 'text');

const contextPart = (query: string, { corpus, tokens, rung }: PartOptions): ContextPart => {
  if (corpus === undefined || tokens === undefined)
    throw new HypersceneError('USAGE', 'bad --context', { expected: '--corpus and --tokens with it' });
  return { kind: 'context', source: { query }, corpus, tokens, rung };
};

/** `NAME:RUNG` cut in two; what is behind a number, as in `Δ14:7`, is an ordinal and part of the name. */
const cutRung = (text: string, rung: Rung): readonly [name: string, rung: Rung] => {
  const at = text.lastIndexOf(':');
  const end = text.slice(at + 1);
  if (at < 0 || /^\d+$/u.test(end)) return [text, rung];
  const found = RUNGS.find((one) => one === end);
  if (found === undefined) throw new InvalidArgumentError(`expected a rung behind the colon: ${RUNGS.join(', ')}`);
  return [text.slice(0, at), found];
};

const parseAnyCode = parsedBy(parseCode);

const scenePart = (text: string): GivenPart => {
  const [id, rung] = cutRung(text, 'text');
  return { kind: 'scene', scene: parseScene(id), rung };
};

const codePart = (text: string): GivenPart => {
  const { code, ordinal } = parseAnyCode(text);
  if (ordinal !== null) throw new InvalidArgumentError('expected a code without an ordinal, Δ14; see --occurrence');
  return { kind: 'code', code };
};

const occurrencePart = (text: string): GivenPart => {
  const [name, rung] = cutRung(text, OCCURRENCE_RUNG);
  const { code, ordinal } = parseAnyCode(name);
  if (ordinal === null) throw new InvalidArgumentError('expected a code with its ordinal, Δ14:7; see --code');
  return { kind: 'occurrence', code, ordinal, rung };
};
