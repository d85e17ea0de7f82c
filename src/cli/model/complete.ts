import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { HypersceneError } from '../../errors.ts';
import type { CompleteOptions, JsonSchema } from '../../model/language-model.ts';
import { type CompletionEvent, completeParts } from '../../worker/model/complete-parts.ts';
import { examples, parseCount, parseNumber, parseWeight } from '../options.ts';
import type { Session } from '../session.ts';
import { noteProvenance, noteWritten, rowLine, rowText, writtenLine } from './model-output.ts';
import {
  addPartOptions,
  formOf,
  type GivenParts,
  joinedText,
  needsGraph,
  PARTS_HELP,
  type PartOptions,
  partsOf,
} from './part-options.ts';
import { addCallOptions, type CallOptions, type GraphNeed, withModel } from './with-model.ts';

interface GoOnOptions extends PartOptions, CallOptions {
  readonly tokensMax: number;
  readonly temperature: number;
  readonly topK: number;
  readonly topP: number;
  readonly minP: number;
  readonly seed?: number;
  readonly stop?: readonly string[];
  readonly schema?: string;
}

/** As those of the API: nothing is drawn unless it is asked for. */
const SAMPLING = { temperature: 0, topK: 0, topP: 1, minP: 0 } as const;
const TOKENS_MAX = 256;

export const addCompleteCommand = (model: Command, session: Session): void => {
  const command = model
    .command('complete')
    .description('let the model go on from a text, scenes, codes and contexts; prints what comes as it comes')
    .argument('[text...]', 'the last part; - for standard input');
  const given = addPartOptions(command);
  command
    .option('--tokens-max <n>', 'tokens at most', parseCount, TOKENS_MAX)
    .option('--temperature <number>', '0 takes the likeliest each time', parseTemperature, SAMPLING.temperature)
    .option('--top-k <n>', 'draw from so many of the likeliest; 0 for all', parseNumber, SAMPLING.topK)
    .option('--top-p <share>', 'draw from the likeliest that have this share together', parseShare, SAMPLING.topP)
    .option('--min-p <share>', "draw from those of this share of the likeliest's", parseWeight, SAMPLING.minP)
    .option('--seed <n>', 'for what is drawn at a temperature; one is made up unless it is told', parseSeed)
    .option('--stop <text>', 'ends before this text; once for each', together)
    .option('--schema <file>', 'file with a JSON schema that the answer obeys');
  addCallOptions(command)
    .addHelpText('after', PARTS_HELP)
    .addHelpText(
      'after',
      examples(
        'model complete "The prince stood at the door and" --tokens-max 20',
        'model complete --context "тихая тоска" --corpus books --tokens 300 --chat "Кто тоскует?"',
        'model complete --occurrence Δ14:7:code --pack NAME "В тот же вечер"',
        'model complete --chat "Name three colours." --schema colours.json --json',
      ),
    )
    .action((words: readonly string[], options: GoOnOptions) => complete(session, given, words, options));
};

const parseTemperature = (text: string): number => {
  const n = Number(text);
  if (text.trim() === '' || !Number.isFinite(n) || n < 0) throw new InvalidArgumentError('expected a number from 0 on');
  return n;
};

const parseShare = (text: string): number => {
  const share = parseWeight(text);
  if (share === 0) throw new InvalidArgumentError('expected a number above 0, up to 1');
  return share;
};

const parseSeed = (text: string): number => {
  const seed = parseNumber(text);
  if (seed >= 2 ** 32) throw new InvalidArgumentError(`expected a whole number from 0 to ${2 ** 32 - 1}`);
  return seed;
};

const together = (text: string, before: readonly string[] = []): readonly string[] => {
  if (text === '') throw new InvalidArgumentError('expected a text that is not empty');
  return [...before, text];
};

const complete = async (
  session: Session,
  given: GivenParts,
  words: readonly string[],
  options: GoOnOptions,
): Promise<void> => {
  const parts = await partsOf(session, { given, texts: joinedText }, words, options);
  const request = { parts, labels: options.labels, form: formOf(options), options: await samplingOf(options) };
  await withModel(session, { ...options, graph: graphOf(needsGraph(parts), options) }, async (context) => {
    const events = completeParts(context, request);
    if (session.json) for await (const event of events) await session.output.json(eventLine(event));
    else await writeText(session, events);
  });
};

const graphOf = (isNeeded: boolean, { pack }: GoOnOptions): GraphNeed => {
  if (isNeeded) return 'needed';
  return pack === undefined ? 'none' : 'useful';
};

const samplingOf = async (options: GoOnOptions): Promise<CompleteOptions> => {
  const { tokensMax, temperature, topK, topP, minP, seed, stop = [], schema: file } = options;
  const schema = file === undefined ? undefined : await readSchema(resolve(file));
  return { tokensMax, temperature, topK, topP, minP, seed, stop, schema };
};

/** What it may hold is looked at by the model. @throws HypersceneError UNREADABLE_FILE, BAD_ARGUMENT */
const readSchema = async (path: string): Promise<JsonSchema> => {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new HypersceneError('UNREADABLE_FILE', 'the schema cannot be read', { at: path, cause });
  });
  const schema = parseJson(text);
  if (typeof schema === 'object' && schema !== null && !Array.isArray(schema)) return schema as JsonSchema;
  throw new HypersceneError('BAD_ARGUMENT', 'bad schema', { at: path, expected: 'an object of JSON' });
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const ENDED = { end: 'by the model', stop: 'by a stop text', length: 'at its length' } as const;

const writeText = async (session: Session, events: AsyncIterable<CompletionEvent>): Promise<void> => {
  let isLineOpen = false;
  try {
    for await (const event of events) {
      if (event.kind === 'written') noteWritten(session, event);
      else if (event.kind !== 'end') {
        session.endProgress();
        const text = event.kind === 'row' ? rowText(event.row) : event.text;
        await session.output.write(shown(session, text));
        if (text !== '') isLineOpen = !text.endsWith('\n');
      } else {
        if (isLineOpen) await session.output.write('\n');
        isLineOpen = false;
        session.note(`ended ${ENDED[event.reason]}`);
        noteProvenance(session, event.usage, event.provenance);
      }
    }
  } finally {
    if (isLineOpen) await session.output.write('\n');
  }
};

/** A model may write what drives a terminal; a file gets it as it is. */
const shown = ({ output }: Session, text: string): string =>
  output.columns === undefined ? text : text.replaceAll(/[^\P{Cc}\n\t]/gu, '\uFFFD');

const eventLine = (event: CompletionEvent): unknown => {
  switch (event.kind) {
    case 'written':
      return writtenLine(event);
    case 'text':
      return { type: 'text', text: event.text };
    case 'row':
      return { type: 'row', ...rowLine(event.row) };
    case 'end':
      return { type: 'end', reason: event.reason, usage: event.usage, provenance: event.provenance };
    default:
      return event satisfies never;
  }
};
