import type { Bundle, Standing } from '../collapse/bundle.ts';
import { gloss } from '../collapse/gloss.ts';
import type { FacetKind } from '../scene/facet.ts';
import { facetLabel } from '../scene/facet-label.ts';
import { hyperlexeme } from '../scene/hyperlexeme.ts';
import { formatCode, formatOccurrence } from '../scene/hypertoken.ts';
import { LANGUAGES, type Language } from '../scene/scene.ts';
import { sceneLine } from '../scene/scene-line.ts';
import type { OccurrenceBundle } from '../worker/bundle-job.ts';
import type { Session } from './session.ts';
import type { Column } from './table.ts';
import { writeTable } from './write-table.ts';

/** A line of JSON, or a few lines and the main scenes for people. */
export const writeBundle = async (session: Session, told: OccurrenceBundle, labels: Language): Promise<void> => {
  if (session.json) return session.output.json(bundleLine(told, labels));
  const { occurrence, bundle, truncated } = told;
  if (truncated) session.note(`told by the first ${bundle.scenes} of its ${occurrence.size} scenes: see --scenes`);
  await writeTable(session.output, FACTS, [facts(told, labels)]);
  await session.output.line('');
  const { carried } = bundle.summary;
  await session.output.line(
    carried === null ? 'no couplings within; its first scene:' : `carrying ${percent(carried)} of its couplings:`,
  );
  await writeTable(
    session.output,
    [
      { title: 'document', cell: ({ documentName }) => documentName },
      { title: 'at', cell: ({ position }) => String(position), align: 'right' },
      { title: 'text', cell: ({ text }) => text, flexible: true },
    ],
    [told.summary],
  );
};

type Fact = readonly [title: string, text: string];

const FACTS: readonly Column<Fact>[] = [
  { title: 'what', cell: ([title]) => title },
  { title: 'it is', cell: ([, text]) => text, flexible: true },
];

const facts = ({ occurrence, bundle }: OccurrenceBundle, labels: Language): readonly Fact[] => {
  const labelled = (kind: FacetKind, some: readonly (Standing | null)[]): string =>
    some
      .filter((one) => one !== null)
      .map(({ key, scenes }) => `${facetLabel(kind, key, labels)} ${scenes}`)
      .join(', ') || '·';
  const { agents, contexts, tension, atmosphere, archetype, coherence, coupled, scenes } = bundle;
  return [
    ['hypertoken', `${formatOccurrence(occurrence)} ${hyperlexeme(bundle.figure, labels)}`],
    ['gloss', gloss(bundle, labels)],
    ['agents', labelled('agent', agents)],
    ['contexts', labelled('context', contexts)],
    ['archetype', labelled('archetype', [archetype])],
    ['atmosphere', labelled('atmosphere', [atmosphere])],
    ['tension', `${labelled('tension', [tension])}  ${curve(bundle)}`],
    [
      'coherence',
      `${coherence === null ? '·' : percent(coherence)} of its couplings stay inside; they join ${coupled} of ${scenes} scenes`,
    ],
    ['where', where(bundle)],
  ];
};

const BARS = '▁▂▃▄▅▆▇█';

/** The share of scenes in tension, stretch by stretch: ▁ none, █ all. */
const curve = ({ curve: stretches }: Bundle): string =>
  stretches.map(({ tense }) => BARS[Math.round(tense * (BARS.length - 1))] ?? '').join('');

const where = ({ spans, documents }: Bundle): string => {
  const shown = spans.map(({ documentName, from, to, scenes }) => `${documentName} ${from}–${to} (${scenes})`);
  return shown.join(', ') + (documents > spans.length ? ` and ${documents - spans.length} documents more` : '');
};

const percent = (share: number): string => `${Math.round(100 * share)} %`;

const bundleLine = ({ occurrence, hypertoken, bundle, truncated, summary }: OccurrenceBundle, labels: Language) => ({
  type: 'bundle',
  code: formatCode(occurrence.code),
  ordinal: occurrence.ordinal,
  level: occurrence.level,
  digest: hypertoken.digest,
  size: occurrence.size,
  truncated,
  hyperlexeme: hyperlexeme(bundle.figure, labels),
  gloss: Object.fromEntries(LANGUAGES.map((language) => [language, gloss(bundle, language)])),
  ...bundle,
  summary: { carried: bundle.summary.carried, scenes: summary.map((scene) => sceneLine(scene, labels)) },
});
