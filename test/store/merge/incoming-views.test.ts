import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { VIEW_LEVEL } from '../../../src/scene/hypertoken.ts';
import { corpusName, DEFAULT_WORKSPACE } from '../../../src/scene/name.ts';
import { FORMAT, FORMAT_VERSION } from '../../../src/store/backup/format.ts';
import { checkBackup } from '../../../src/store/backup/read-backup.ts';
import { VIEW_SCENES_MAX } from '../../../src/store/graph-store.ts';
import type { Source } from '../../../src/store/merge/incoming.ts';
import { incomingViews } from '../../../src/store/merge/incoming-views.ts';
import { surveyBackup } from '../../../src/store/merge/survey.ts';
import { failing } from '../../conformance/all-pages.ts';
import { packed } from '../backup/take-backup.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hyperscene-incoming-views-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Made {
  readonly name: string;
  readonly scenes: readonly string[];
}

type Line = Readonly<Record<string, unknown>>;

const SKAZKI = corpusName('сказки');
const TALES = corpusName('tales');
const corpus = (name: string): Line => ({ node: 'corpus', properties: { name } });
const motif: Line = { node: 'occurrence', properties: { uid: 'motif', level: 1, code: 7, ordinal: 1 } };
const uidOf = (name: string): string => `default/${name}`;
const node = ({ name, scenes }: Made, rest: Line = {}): Line => {
  const selection = JSON.stringify({ by: 'search', text: name });
  const numbers = { level: VIEW_LEVEL, code: 3, ordinal: 4, size: scenes.length };
  return { node: 'occurrence', properties: { uid: uidOf(name), name, selection, ...numbers, ...rest } };
};
const edges = ({ name, scenes }: Made): readonly Line[] =>
  scenes.map((id, order) => ({ edge: 'GATHERS', from: uidOf(name), to: `default/${id}`, properties: { order } }));
/** Views that stand together: their nodes, then what leads from them. */
const together = (...views: readonly Made[]): readonly Line[] => [
  ...views.map((view) => node(view)),
  ...views.flatMap(edges),
];

const sourceOf = async (records: readonly Line[]): Promise<Source> => {
  const header = {
    format: FORMAT,
    version: FORMAT_VERSION,
    product: '0.0.0',
    created: '1970-01-01',
    store: 'embedded',
  };
  const section = { section: 1, workspace: DEFAULT_WORKSPACE, of: 'all' };
  const lines = [
    { ...header, migration: 1, workspaces: [DEFAULT_WORKSPACE], scenes: 0 },
    section,
    ...records,
    { section: 1, whole: true },
  ];
  const path = join(folder, 'made.gz');
  writeFileSync(path, packed(lines.map((line) => JSON.stringify(line))));
  return { backup: await checkBackup(path), workspace: DEFAULT_WORKSPACE, signal: undefined };
};

const batchesOf = async (records: readonly Line[], ...wanted: readonly ReturnType<typeof corpusName>[]) => {
  const batches = [];
  for await (const views of incomingViews(await sourceOf(records), new Set(wanted))) batches.push(views);
  return batches;
};

/** Both the survey, before anything is written, and the reading. */
const outcomes = async (records: readonly Line[]): Promise<readonly unknown[]> => [
  await failing(surveyBackup(await sourceOf(records))),
  await failing(batchesOf(records, SKAZKI, TALES)),
];
const REFUSED = ['BACKUP_UNREADABLE', 'BACKUP_UNREADABLE'];

const scenesOf = (count: number, mark = 'с'): readonly string[] =>
  Array.from({ length: count }, (_, i) => `${mark}${i}`);
const DOOR: Made = { name: 'у порога', scenes: scenesOf(5) };
const NIGHT: Made = { name: 'the night', scenes: scenesOf(3, 's') };

const anyViews = fc
  .array(fc.uniqueArray(fc.nat(30), { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 6 })
  .map((all) => all.map((scenes, i): Made => ({ name: `вид ${i}`, scenes: scenes.map((id) => `сцена ${id}`) })));

it('are what the backup holds, in whatever order what leads from them stands, and each of its corpus', async () => {
  const property = fc.asyncProperty(anyViews, anyViews, fc.infiniteStream(fc.nat()), async (first, second, numbers) => {
    const shuffled = (views: readonly Made[]): readonly Line[] => [
      ...views.map((view) => node(view)),
      ...views
        .flatMap(edges)
        .map((edge) => ({ edge, at: numbers.next().value ?? 0 }))
        .toSorted((x, y) => x.at - y.at)
        .map(({ edge }) => edge),
    ];
    const records = [
      corpus(SKAZKI),
      motif,
      ...shuffled(first.slice(0, 2)),
      motif,
      ...shuffled(first.slice(2)),
      corpus(TALES),
      ...shuffled(second),
    ];
    const survey = await surveyBackup(await sourceOf(records));
    expect(survey.map(({ name, views }) => [name, views])).toEqual([
      [SKAZKI, first.length],
      [TALES, second.length],
    ]);
    const batches = await batchesOf(records, SKAZKI, TALES);
    const found = (name: string) => batches.flat().filter((view) => view.corpus === name);
    for (const [name, views] of [[SKAZKI, first] as const, [TALES, second] as const])
      expect(found(name).toSorted((x, y) => (x.name < y.name ? -1 : 1))).toEqual(
        views.map((view) => ({
          corpus: name,
          ...view,
          selection: { by: 'search', text: view.name },
          code: 3,
          ordinal: 4,
        })),
      );
    expect((await batchesOf(records, TALES)).flat()).toEqual(found(TALES));
  });
  await fc.assert(property, { numRuns: 30 });
});

it('that lack a scene, have one twice, one too many or one out of place are refused by the survey already', async () => {
  const property = fc.asyncProperty(anyViews, fc.nat(), fc.nat(), async (views, at, kind) => {
    const whole = [corpus(SKAZKI), ...together(...views)];
    const places = whole.flatMap((line, i) => ('edge' in line ? [i] : []));
    const place = places[at % places.length] ?? 0;
    const edge = whole[place] as Line & { readonly properties: Line };
    const moved = (order: unknown): Line => ({ ...edge, properties: { order } });
    const torn = [
      whole.toSpliced(place, 1),
      whole.toSpliced(place, 0, edge),
      whole.toSpliced(place, 1, moved(8)),
      whole.toSpliced(place, 1, moved(-1)),
      whole.toSpliced(place, 1, moved(0.5)),
      whole.toSpliced(place, 1, moved(undefined)),
      whole.toSpliced(place, 1, { ...edge, from: uidOf('нет') }),
      [corpus(SKAZKI), edge, ...whole.slice(1)],
      [...whole, edge],
      whole.slice(0, place),
    ];
    expect(await outcomes(whole)).toEqual([undefined, undefined]);
    expect(await outcomes(torn[kind % torn.length] ?? [])).toEqual(REFUSED);
  });
  await fc.assert(property, { numRuns: 100 });
});

it.each([
  ['a size of 0', [node({ name: 'x', scenes: [] })]],
  ['no size', [node(DOOR, { size: null }), ...edges(DOOR)]],
  ['a size that is none', [node(DOOR, { size: 4.5 }), ...edges(DOOR)]],
  ['a smaller size', [node(DOOR, { size: 4 }), ...edges(DOOR)]],
  ['a larger size', [node(DOOR, { size: 6 }), ...edges(DOOR)]],
  ['no name', [node(DOOR, { name: null }), ...edges(DOOR)]],
  ['a selection that is no JSON', [node(DOOR, { selection: '{' }), ...edges(DOOR)]],
  ['a scene twice', together({ name: 'x', scenes: ['с0', 'с1', 'с0'] })],
  ['its node twice', [node(DOOR), node(DOOR), ...edges(DOOR)]],
  [
    'another view amid its scenes',
    [node(DOOR), ...edges(DOOR).slice(0, 2), ...together(NIGHT), ...edges(DOOR).slice(2)],
  ],
])('with %s are refused', async (_, records) => {
  expect(await outcomes([corpus(SKAZKI), ...records])).toEqual(REFUSED);
});

it('of another corpus do not make up for those that are missing', async () => {
  const records = [corpus(SKAZKI), node(DOOR), corpus(TALES), ...edges(DOOR)];
  expect(await outcomes(records)).toEqual(REFUSED);
});

it('before any corpus are refused by the survey', async () => {
  expect(await failing(surveyBackup(await sourceOf(together(DOOR))))).toBe('BACKUP_UNREADABLE');
});

it('are held no more at once than one view may hold', async () => {
  const most: Made = { name: 'most', scenes: scenesOf(VIEW_SCENES_MAX) };
  const half = (name: string): Made => ({ name, scenes: scenesOf(VIEW_SCENES_MAX / 2) });
  const records = [
    corpus(SKAZKI),
    ...together(DOOR, NIGHT),
    ...together(most),
    ...together(half('1'), half('2')),
    ...together(half('3')),
    ...together(NIGHT),
  ];
  const batches = await batchesOf(records, SKAZKI);
  expect(batches.map((views) => views.map(({ name }) => name))).toEqual([
    [DOOR.name, NIGHT.name],
    ['most'],
    ['1', '2'],
    ['3', NIGHT.name],
  ]);
  expect(batches[1]?.[0]?.scenes).toEqual(most.scenes);
  const tooMany: Made = { name: 'x', scenes: scenesOf(VIEW_SCENES_MAX + 1) };
  expect(await outcomes([corpus(SKAZKI), ...together(tooMany)])).toEqual(REFUSED);
  // Each could be a view, but who reads them would hold them all.
  expect(await outcomes([corpus(SKAZKI), ...together(most, DOOR)])).toEqual(REFUSED);
});
