import { type Command, Option } from 'commander';
import { FACET_KINDS, type FacetKind } from '../scene/facet.ts';
import { facetLabel } from '../scene/facet-label.ts';
import type { CorpusName } from '../scene/name.ts';
import type { Language } from '../scene/scene.ts';
import type { FacetRecord } from '../store/graph-store.ts';
import { pagesOf } from '../store/pages.ts';
import { corpusOption, examples, labelsOption, parseCount } from './options.ts';
import type { Session } from './session.ts';
import type { Column } from './table.ts';
import { writeTable } from './write-table.ts';

interface FacetsOptions {
  readonly corpus: CorpusName;
  readonly kind?: FacetKind;
  readonly text?: string;
  readonly labels: Language;
  readonly limit?: number;
}

const columns = (labels: Language): readonly Column<FacetRecord>[] => [
  { title: 'kind', cell: ({ kind }) => kind },
  { title: 'key', cell: ({ key }) => key },
  { title: 'label', cell: ({ kind, key }) => facetLabel(kind, key, labels) },
  { title: 'scenes', cell: ({ scenes }) => String(scenes), align: 'right' },
];

export const addFacetsCommand = (program: Command, session: Session): void => {
  program
    .command('facets')
    .description(
      'list the agents, tensions, contexts, atmospheres and archetypes of a corpus with the number of their scenes',
    )
    .addOption(corpusOption('the corpus').makeOptionMandatory())
    .addOption(new Option('--kind <kind>', 'facets of this kind').choices(FACET_KINDS))
    .option('--text <words>', 'facets in whose key or label each of these words stands, in any form')
    .option('--limit <n>', 'this many at most', parseCount)
    .addOption(labelsOption())
    .addHelpText('after', examples('facets --corpus tales --kind agent', 'facets --corpus tales --text порога'))
    .action((options: FacetsOptions) => listFacets(session, options));
};

const listFacets = (session: Session, { corpus, kind, text, labels, limit }: FacetsOptions): Promise<void> =>
  session.withApplication(async ({ store }) => {
    const filter = { corpus, kind, text };
    const pages = pagesOf((request) => store.facets(filter, request), session.signal, limit);
    if (!session.json) return writeTable(session.output, columns(labels), pages);
    for await (const facets of pages)
      for (const facet of facets)
        await session.output.json({ ...facet, label: facetLabel(facet.kind, facet.key, labels) });
  });
