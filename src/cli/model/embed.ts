import type { Command } from 'commander';
import { type EmbeddedParts, embedParts } from '../../worker/model/embed-parts.ts';
import type { Part } from '../../worker/model/part.ts';
import { examples } from '../options.ts';
import type { Session } from '../session.ts';
import { isStdin, readStdin } from './given-text.ts';
import { labelOf, noteProvenance, noteSubstitutions } from './model-output.ts';
import {
  addPartOptions,
  formOf,
  type GivenParts,
  needsGraph,
  PARTS_HELP,
  type PartOptions,
  partsOf,
} from './part-options.ts';
import { addCallOptions, type CallOptions, withModel } from './with-model.ts';

type EmbedOptions = PartOptions & CallOptions;

export const addEmbedCommand = (model: Command, session: Session): void => {
  const command = model
    .command('embed')
    .description('vectors of unit length, one for each part: a line each of numbers with spaces between')
    .argument(
      '[texts...]',
      'each a part, after those of options; - for standard input, each line that is not empty a part',
    );
  const given = addPartOptions(command);
  addCallOptions(command)
    .addHelpText('after', PARTS_HELP)
    .addHelpText(
      'after',
      examples(
        'model embed "He stood at the door." "She waited." --json',
        'model embed - < sentences.txt > vectors.txt',
        'model embed --scene 1f0c…:text --scene 2a11…:text',
      ),
    )
    .action((texts: readonly string[], options: EmbedOptions) => embed(session, given, texts, options));
};

const embed = async (
  session: Session,
  given: GivenParts,
  texts: readonly string[],
  options: EmbedOptions,
): Promise<void> => {
  const parts = await listed(session, given, texts, options);
  const request = { lists: parts.map((part) => [part]), labels: options.labels, form: formOf(options) };
  await withModel(session, { ...options, graph: needsGraph(parts) ? 'needed' : 'none' }, async (context) => {
    const embedded = await embedParts(context, request);
    session.endProgress();
    await write(session, embedded);
  });
};

/** Each text is a part of its own here. */
const listed = async (
  session: Session,
  given: GivenParts,
  texts: readonly string[],
  options: EmbedOptions,
): Promise<readonly Part[]> => {
  const each = isStdin(texts) ? (await readStdin(session)).split(/\r?\n/u) : texts;
  const added = each.filter((text) => text !== '').map((text) => ({ kind: 'text', text }) as const);
  return partsOf(session, [...given, ...added], [], options);
};

const write = async (session: Session, { vectors, written, usage, provenance }: EmbeddedParts): Promise<void> => {
  for (const [i, vector] of vectors.entries()) {
    const prompt = written[i];
    if (!session.json) await session.output.line(vector.join(' '));
    else if (prompt !== undefined)
      await session.output.json({
        type: 'vector',
        part: i,
        what: labelOf(prompt, 0),
        vector: [...vector],
        substitutions: prompt.substitutions,
      });
  }
  if (session.json) return session.output.json({ type: 'end', usage, provenance });
  noteSubstitutions(
    session,
    written.flatMap(({ substitutions }, part) => substitutions.map((substitution) => ({ ...substitution, part }))),
  );
  noteProvenance(session, usage, provenance);
};
