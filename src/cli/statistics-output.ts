import type { CountedDistribution } from '../activation/distribution.ts';
import { RUNGS } from '../activation/rung.ts';
import type { SceneFigures } from '../activation/sequence-statistics.ts';
import type { CorpusStatistics } from '../export/corpus-statistics.ts';
import type { Language } from '../scene/scene.ts';
import type { Session } from './session.ts';
import type { Column } from './table.ts';
import { writeTable } from './write-table.ts';

type Statistics<K extends 'languages' | 'levels' | 'rungs'> = NonNullable<CorpusStatistics[K]>[number];

const right = <Row>(title: string, cell: (row: Row) => string): Column<Row> => ({ title, cell, align: 'right' });

const whole = (n: number): string => n.toLocaleString('en');
/** Nothing where nothing is known. */
const percent = (share: number | null): string => (share === null ? '' : `${(100 * share).toFixed(1)} %`);
const perOne = (ratio: number | null): string => ratio?.toFixed(3) ?? '';
const times = (ratio: number | null): string => (ratio === null ? '' : `${ratio.toFixed(2)}×`);
const spread = (of: CountedDistribution | null | undefined): string => (of ? `${of.median} / ${of.p90}` : '');

const RUNG_COLUMNS: readonly Column<Statistics<'rungs'>>[] = [
  { title: 'language', cell: ({ lang }) => lang },
  { title: 'kind', cell: ({ kind }) => kind },
  right('scenes', ({ scenes }) => whole(scenes)),
  ...RUNGS.map((rung) =>
    right<Statistics<'rungs'>>(
      rung,
      ({ positions: { [rung]: of } }) => `${of.mean.toFixed(1)}: ${of.median} / ${of.p90}`,
    ),
  ),
];

/** Of one language, or of all: of these there is no spread. */
interface LanguageRow extends SceneFigures, Partial<Pick<Statistics<'languages'>, 'sentences' | 'halves'>> {
  readonly lang: Language | 'all';
}

const LANGUAGE_COLUMNS: readonly Column<LanguageRow>[] = [
  { title: 'language', cell: ({ lang }) => lang },
  right('scenes', ({ scenes }) => whole(scenes)),
  right('without a figure', ({ withoutFigureShare }) => percent(withoutFigureShare)),
  right('codes', ({ codes }) => whole(codes)),
  right('codes a scene', ({ typeTokenRatio }) => perOne(typeTokenRatio)),
  right('sentences', ({ sentences }) => (sentences === undefined ? '' : whole(sentences?.count ?? 0))),
  right('tokens a sentence', ({ sentences }) => spread(sentences)),
  right('tokens a half-scene', ({ halves }) => spread(halves)),
];

const LEVEL_COLUMNS: readonly Column<Statistics<'levels'>>[] = [
  right('level', ({ level }) => String(level)),
  right('positions', ({ positions }) => whole(positions)),
  right('compression', ({ compression }) => times(compression)),
  right('occurrences', ({ occurrences }) => whole(occurrences)),
  right('codes', ({ codes }) => whole(codes)),
  right('codes an occurrence', ({ typeTokenRatio }) => perOne(typeTokenRatio)),
  right('registry', ({ registryPositions }) => whole(registryPositions)),
  right('with the registry', ({ compressionWithRegistry }) => times(compressionWithRegistry)),
];

/** Three tables; what is counted is said before each on standard error. */
export const writeStatistics = async (session: Session, statistics: CorpusStatistics): Promise<void> => {
  const { tokenizer, languages, levels, rungs, collapse, ...all } = statistics;
  session.note(`positions a scene on each rung, mean: median / 90th percentile, in ${tokenizer?.name}`);
  await writeTable(session.output, RUNG_COLUMNS, [rungs ?? []]);
  await session.output.line('');
  session.note('codes of figures, and tokens of text, median / 90th percentile');
  await writeTable(session.output, LANGUAGE_COLUMNS, [[...languages, { ...all, lang: 'all' }]]);
  await session.output.line('');
  session.note(
    `all scenes in the codes of a level: ${whole(all.textTokens ?? 0)} tokens of text for its positions, and for those that tell the parts of its codes besides; how parts are coupled is left out, which makes the last column an upper bound`,
  );
  if (collapse === 'none') session.note('never collapsed: there is level 0 alone before `hyperscene collapse`');
  if (collapse === 'stale')
    session.note('changed since it was collapsed: what came since is in no level above 0 before `hyperscene collapse`');
  await writeTable(session.output, LEVEL_COLUMNS, [levels]);
};
