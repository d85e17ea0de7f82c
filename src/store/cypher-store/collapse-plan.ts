import type { Digest } from '../../scene/digest.ts';
import { type Code, LEVEL_MAX, type OccurrenceRef } from '../../scene/hypertoken.ts';
import type { CorpusName } from '../../scene/name.ts';
import type { SceneId } from '../../scene/scene.ts';
import { layerOccurrences, partUids } from '../cypher/occurrence-queries.ts';
import type { CypherTransaction } from '../cypher-engine.ts';
import type { CollapseGroup, CollapseInput, CommunityGroup, CommunityPart } from '../graph-store.ts';
import { inTurns } from '../turns.ts';
import type { CodeBook } from './code-book.ts';
import { batches, type StoreContext } from './context.ts';

/** What a collapse works with, within its transaction. */
export interface CollapseWork {
  readonly context: StoreContext;
  readonly transaction: CypherTransaction;
  readonly book: CodeBook;
  readonly corpus: CorpusName;
}

/** An occurrence that stands in the store. */
export interface Standing {
  readonly uid: string;
  readonly code: Code;
}

/** A part of a group, and where in it its scenes stand. */
export interface PlannedPart {
  readonly uid: string;
  readonly at: number;
  readonly size: number;
  readonly first: SceneId;
}

/** A group that has its key: that of the occurrence that stands for it, or a new one. */
export interface Planned<Group> {
  readonly group: Group;
  readonly uid: string;
  /** Null for one that stands. */
  readonly ref: OccurrenceRef | null;
  readonly parts: readonly PlannedPart[];
  readonly size: number;
  readonly first: SceneId;
}

export interface CollapsePlan {
  readonly groups: readonly Planned<CollapseGroup>[];
  /** Level 2 and above. */
  readonly communities: readonly (readonly Planned<CommunityGroup>[])[];
  readonly gone: readonly Standing[];
}

/** Two occurrences are the same if they have the same level, the same form and the same parts in the same order. */
const keyOf = (level: number, digest: string, parts: readonly string[]): string =>
  `${level} ${digest} ${parts.join(' ')}`;

/** Level by level: what a group is made of must have its key before the group has one. */
export const planCollapse = async (
  work: CollapseWork,
  { groups, communities = [] }: CollapseInput,
): Promise<CollapsePlan> => {
  const planner = new CollapsePlanner(work, await readStanding(work));
  const motifs = await planner.plan(groups, 1, ({ scenes }) => scenes);
  const levels: (readonly Planned<CommunityGroup>[])[] = [];
  for (const [i, level] of communities.entries()) levels.push(await planner.plan(level, i + 2, ({ parts }) => parts));
  return { groups: motifs, communities: levels, gone: planner.left };
};

class CollapsePlanner {
  readonly #work: CollapseWork;
  readonly #standing: Map<string, Standing>;
  readonly #levels: (readonly Planned<unknown>[])[] = [];

  constructor(work: CollapseWork, standing: Map<string, Standing>) {
    this.#work = work;
    this.#standing = standing;
  }

  /** What stands and no group is. */
  get left(): readonly Standing[] {
    return [...this.#standing.values()];
  }

  async plan<Group extends Pick<CollapseGroup, 'digest' | 'form' | 'figures'>>(
    groups: readonly Group[],
    level: number,
    partsOf: (group: Group) => readonly CommunityPart[],
  ): Promise<readonly Planned<Group>[]> {
    for (const batch of batches(groups)) await this.#work.book.learn(batch.map((group) => ({ ...group, level })));
    const planned: Planned<Group>[] = [];
    await inTurns(groups, (group) => planned.push(this.#place(group, level, this.#partsOf(partsOf(group)))));
    this.#levels.push(planned);
    return planned;
  }

  #partsOf(parts: readonly CommunityPart[]): readonly PlannedPart[] {
    let at = 0;
    return parts.map((part) => {
      const from = at;
      const lower = typeof part === 'string' ? null : (this.#levels[part.level - 1]?.[part.group] as Planned<unknown>);
      const { uid, size, first } = lower ?? {
        uid: this.#work.context.identity.scene(part as SceneId),
        size: 1,
        first: part as SceneId,
      };
      at += size;
      return { uid, at: from, size, first };
    });
  }

  #place<Group extends { readonly digest: Digest }>(
    group: Group,
    level: number,
    parts: readonly PlannedPart[],
  ): Planned<Group> {
    const { book, context } = this.#work;
    const key = keyOf(
      level,
      group.digest,
      parts.map(({ uid }) => uid),
    );
    const of = {
      group,
      parts,
      size: parts.reduce((sum, { size }) => sum + size, 0),
      first: parts[0]?.first as SceneId,
    };
    const standing = this.#standing.get(key);
    this.#standing.delete(key);
    if (standing !== undefined) return { ...of, uid: standing.uid, ref: null };
    const ref = book.allot(group.digest);
    return { ...of, uid: context.identity.occurrence(ref), ref };
  }
}

const readStanding = async ({ context, transaction, corpus }: CollapseWork): Promise<Map<string, Standing>> => {
  const layers = Array.from({ length: LEVEL_MAX }, (_, i) => context.identity.layer(corpus, i + 1));
  const rows = await transaction.read(layerOccurrences, { layers });
  const standing = new Map<string, Standing>();
  for (const some of batches(rows)) {
    const parts = await transaction.read(partUids, { occurrences: some.map(({ uid }) => uid) });
    const byOccurrence = Map.groupBy(parts, ({ occurrence }) => occurrence);
    await inTurns(some, ({ uid, code, level, digest }) => {
      const uids = (byOccurrence.get(uid) ?? []).map(({ part }) => part);
      standing.set(keyOf(level, digest, uids), { uid, code: code as Code });
    });
  }
  return standing;
};
