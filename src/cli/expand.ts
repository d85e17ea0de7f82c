import type { Command } from 'commander';
import { HypersceneError } from '../errors.ts';
import {
  type Code,
  formatCode,
  formatOccurrence,
  type Occurrence,
  type OccurrencePart,
  type OccurrenceRef,
  parseCode,
} from '../scene/hypertoken.ts';
import type { CorpusName } from '../scene/name.ts';
import type { Language, SceneId } from '../scene/scene.ts';
import { EXPAND_MAX, expandOccurrence } from '../store/expand.ts';
import type { GraphStore } from '../store/graph-store.ts';
import { pagesOf } from '../store/pages.ts';
import { writeCouplings } from './coupling-output.ts';
import { writeOccurrences } from './occurrence-output.ts';
import { corpusOption, examples, labelsOption, parseCount } from './options.ts';
import { writeScenes } from './scene-output.ts';
import type { Session } from './session.ts';

interface ExpandOptions {
  readonly corpus?: CorpusName;
  readonly labels: Language;
  readonly depth?: number;
}

type ParsedCode = ReturnType<typeof parseCode>;

export const addExpandCommand = (program: Command, session: Session): void => {
  program
    .command('expand')
    .description('a code: where it stands; a code with an ordinal: exactly the scenes that stand there')
    .argument('<code>', 'Δ14 or Δ14:7; also D14:7 and 14:7', parseCode)
    .addOption(corpusOption('occurrences of this corpus only'))
    .option(
      '--depth <levels>',
      'of an occurrence: its parts so many levels below, in the place of its scenes',
      parseCount,
    )
    .addOption(labelsOption())
    .addHelpText(
      'after',
      examples(
        'expand Δ14',
        'expand D14:7',
        'expand 14:7 --json',
        'expand Δ14 --corpus tales',
        'expand Δ3120:1 --depth 1',
      ),
    )
    .action((code: ParsedCode, options: ExpandOptions) => expand(session, code, options));
};

const expand = async (session: Session, { code, ordinal }: ParsedCode, options: ExpandOptions): Promise<void> => {
  if (ordinal !== null && options.corpus !== undefined)
    throw new HypersceneError('USAGE', '--corpus goes with a code alone: an occurrence stands in one corpus only');
  if (ordinal === null && options.depth !== undefined)
    throw new HypersceneError('USAGE', '--depth goes with an occurrence: a code has no parts');
  await session.withApplication(({ store }) => {
    if (ordinal === null) return expandCode(session, store, code, options);
    return options.depth === undefined
      ? expandOne(session, store, { code, ordinal }, options.labels)
      : expandParts(session, store, { code, ordinal }, options.depth, options.labels);
  });
};

const expandParts = async (
  session: Session,
  store: GraphStore,
  ref: OccurrenceRef,
  depth: number,
  labels: Language,
): Promise<void> => {
  const pages = pagesOf((request) => store.parts(ref, { ...request, depth }), session.signal);
  await writeOccurrences(session, occurrencesOf(store, pages), { store, labels });
};

async function* occurrencesOf(
  store: GraphStore,
  pages: AsyncIterable<readonly OccurrencePart[]>,
): AsyncGenerator<readonly Occurrence[]> {
  for await (const parts of pages) {
    const occurrences = await store.occurrencesByRef(parts);
    yield occurrences.filter((occurrence) => occurrence !== null);
  }
}

const expandCode = async (
  session: Session,
  store: GraphStore,
  code: Code,
  { corpus, labels }: ExpandOptions,
): Promise<void> => {
  const [hypertoken] = await store.hypertokensByCode([code]);
  if (!hypertoken) throw new HypersceneError('CODE_NOT_FOUND', 'no such code', { came: formatCode(code) });
  const pages = pagesOf((request) => store.occurrences({ code, corpus }, request), session.signal);
  await writeOccurrences(session, pages, { store, labels });
};

const expandOne = async (session: Session, store: GraphStore, ref: OccurrenceRef, labels: Language): Promise<void> => {
  // A page of couplings leads back to scenes of any page before it: some 100 bytes each.
  const names = new Map<SceneId, string>();
  let after: string | undefined;
  do {
    const { scenes, couplings } = await expandOccurrence(store, ref, { first: EXPAND_MAX, after });
    const page = scenes.items.map(({ item }) => item);
    await writeScenes(session, [page], { labels, documents: true });
    if (!session.json) {
      for (const scene of page) names.set(scene.id, formatOccurrence(scene));
      await writeCouplings(session, names, { couplings, labels });
    }
    after = scenes.hasNextPage ? scenes.items.at(-1)?.cursor : undefined;
  } while (after !== undefined);
};
