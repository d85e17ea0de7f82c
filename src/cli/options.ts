import { InvalidArgumentError, Option } from 'commander';
import { decodeSceneId } from '../api/global-id.ts';
import { HypersceneError } from '../errors.ts';
import {
  type CorpusName,
  corpusName,
  type DocumentName,
  documentName,
  type ViewName,
  viewName,
} from '../scene/name.ts';
import { LANGUAGES, type SceneId } from '../scene/scene.ts';

/** A domain constructor as commander wants it: a bad value is then an error of usage that names the option. */
export const parsedBy =
  <T>(parse: (text: string) => T) =>
  (text: string): T => {
    try {
      return parse(text);
    } catch (error) {
      if (error instanceof HypersceneError) throw new InvalidArgumentError(error.message);
      throw error;
    }
  };

export const parseCorpus: (text: string) => CorpusName = parsedBy(corpusName);
export const parseDocument: (text: string) => DocumentName = parsedBy(documentName);
export const parseView: (text: string) => ViewName = parsedBy(viewName);
export const parseScene: (text: string) => SceneId = parsedBy(decodeSceneId);

export const parseWhole =
  (from: number) =>
  (text: string): number => {
    const n = Number(text);
    if (!/^\d+$/u.test(text) || n < from || !Number.isSafeInteger(n))
      throw new InvalidArgumentError(`expected a whole number from ${from} on`);
    return n;
  };

export const parseCount: (text: string) => number = parseWhole(1);
export const parseNumber: (text: string) => number = parseWhole(0);

export const parsePositive = (text: string): number => {
  const n = Number(text);
  if (text.trim() === '' || !Number.isFinite(n) || n <= 0) throw new InvalidArgumentError('expected a number above 0');
  return n;
};

export const parseWeight = (text: string): number => {
  const n = Number(text);
  if (text.trim() === '' || !(n >= 0 && n <= 1)) throw new InvalidArgumentError('expected a number from 0 to 1');
  return n;
};

export const corpusOption = (about: string): Option => new Option('-c, --corpus <name>', about).argParser(parseCorpus);

export const labelsOption = (): Option =>
  new Option('--labels <lang>', 'language of labels and hyperlexemes').choices(LANGUAGES).default('ru');

export const langOption = (about: string): Option => new Option('--lang <lang>', about).choices(LANGUAGES);

/** Examples below a command's help. */
export const examples = (...lines: readonly string[]): string =>
  `\nExamples:\n${lines.map((line) => `  $ hyperscene ${line}`).join('\n')}`;
