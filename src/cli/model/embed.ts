import type { Command } from 'commander';
import { type EmbeddedParts, embedParts } from '../../worker/model/embed-parts.ts';
import type { Session } from '../session.ts';
import { labelOf, noteProvenance, noteSubstitutions } from './model-output.ts';
import { eachText } from './part-options.ts';
import { addPartsCommand } from './parts-command.ts';

export const addEmbedCommand = (model: Command, session: Session): void =>
  addPartsCommand(model, session, {
    name: 'embed',
    description: 'vectors of unit length, one for each part: a line each of numbers with spaces between',
    argument: [
      '[texts...]',
      'each a part, after those of options; - for standard input, each line that is not empty a part',
    ],
    examples: [
      'model embed "He stood at the door." "She waited." --json',
      'model embed - < sentences.txt > vectors.txt',
      'model embed --scene 1f0c…:text --scene 2a11…:text',
    ],
    texts: eachText,
    ask: (context, { parts, ...request }) => embedParts(context, { ...request, lists: parts.map((part) => [part]) }),
    write,
  });

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
