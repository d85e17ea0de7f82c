import { formatOccurrence, type OccurrenceRef } from '../../scene/hypertoken.ts';
import type { CorpusName } from '../../scene/name.ts';
import type { SceneId } from '../../scene/scene.ts';
import { CollapseCheck, checkGroup, strayScene } from '../collapse-check.ts';
import type { CollapseGroup, CollapseInput, CollapseReport, CommunityGroup } from '../graph-store.ts';
import { checkRevision } from '../revision-check.ts';
import {
  asStored,
  type CollapsedOccurrence,
  checkForms,
  learn,
  requireCorpus,
  scenesOf,
  type WorkspaceState,
} from './workspace-state.ts';

const keyOf = ({ level, digest, parts }: Pick<CollapsedOccurrence, 'level' | 'digest' | 'parts'>): string =>
  [level, digest, ...parts.map((part) => (typeof part === 'string' ? part : formatOccurrence(part)))].join(' ');

export const writeMemoryCollapse = (
  state: WorkspaceState,
  name: CorpusName,
  collapse: CollapseInput,
): CollapseReport => {
  const { groups, communities = [] } = collapse;
  const check = new CollapseCheck(collapse);
  for (const group of groups) check.check(group);
  for (const [i, level] of communities.entries()) for (const group of level) check.checkCommunity(group, i + 2);
  const corpus = requireCorpus(state, name);
  checkRevision(corpus.revision, collapse.revision);
  const agents = new Map(scenesOf(state, corpus).map(({ id, agent }) => [id, agent?.entity ?? null]));
  for (const group of groups) checkGroup(group, agents);
  for (const { parts } of communities.flat())
    for (const part of parts) if (typeof part === 'string' && !agents.has(part)) throw strayScene(part);
  checkForms(state, [...groups, ...communities.flat()]);
  const builder = new CollapseBuilder(state, corpus.collapsed);
  builder.add(
    groups.map((group) => ({ ...group, parts: group.scenes })),
    1,
  );
  for (const [i, level] of communities.entries())
    builder.add(
      level.map((group) => ({ ...group, bindings: [] })),
      i + 2,
    );
  const report = builder.report();
  corpus.collapsed = builder.occurrences;
  corpus.collapsedRevision = corpus.revision - (collapse.stale ? 1 : 0);
  corpus.collapsedBy = collapse.method ?? null;
  return report;
};

type Group = CommunityGroup & Pick<CollapseGroup, 'bindings'>;

/** Puts occurrences together level by level: a part has its code and ordinal before what holds it. */
class CollapseBuilder {
  readonly #state: WorkspaceState;
  readonly #standing: ReadonlyMap<string, CollapsedOccurrence>;
  readonly #levels: CollapsedOccurrence[][] = [];
  readonly #codes: number;
  #kept = 0;

  constructor(state: WorkspaceState, standing: readonly CollapsedOccurrence[]) {
    this.#state = state;
    this.#standing = new Map(standing.map((occurrence) => [keyOf(occurrence), occurrence]));
    this.#codes = state.registry.size;
  }

  get occurrences(): readonly CollapsedOccurrence[] {
    return this.#levels.flat();
  }

  add(groups: readonly Group[], level: number): void {
    this.#levels.push(groups.map((group) => this.#occurrence(group, level)));
  }

  #occurrence(group: Group, level: number): CollapsedOccurrence {
    const entry = learn(this.#state, { ...group, level });
    const { digest } = entry;
    const parts: (SceneId | OccurrenceRef)[] = [];
    const leaves: SceneId[] = [];
    for (const part of group.parts) {
      const held = typeof part === 'string' ? undefined : this.#levels[part.level - 1]?.[part.group];
      parts.push(held === undefined ? (part as SceneId) : { code: held.code, ordinal: held.ordinal });
      leaves.push(...(held?.leaves ?? [part as SceneId]));
    }
    const standing = this.#standing.get(keyOf({ level, digest, parts }));
    if (standing !== undefined) this.#kept += 1;
    const ordinal = standing?.ordinal ?? ++entry.last;
    const bindings = asStored(group.bindings).toSorted((x, y) => x.slot - y.slot);
    return { code: entry.code, ordinal, level, digest, parts, leaves, bindings };
  }

  report(): CollapseReport {
    return {
      added: this.occurrences.length - this.#kept,
      kept: this.#kept,
      deleted: this.#standing.size - this.#kept,
      newCodes: this.#state.registry.size - this.#codes,
    };
  }
}
