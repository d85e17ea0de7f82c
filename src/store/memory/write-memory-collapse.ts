import { HypersceneError } from '../../errors.ts';
import type { CorpusName } from '../../scene/name.ts';
import { CollapseCheck, checkGroup } from '../collapse-check.ts';
import type { CollapseGroup, CollapseInput, CollapseReport } from '../graph-store.ts';
import { checkLevel } from '../level.ts';
import { checkRevision } from '../revision-check.ts';
import {
  asStored,
  learn,
  type MotifOccurrence,
  requireCorpus,
  scenesOf,
  type WorkspaceState,
} from './workspace-state.ts';

const keyOf = ({ digest, scenes }: Pick<CollapseGroup, 'digest' | 'scenes'>): string => `${digest} ${scenes.join(' ')}`;

export const writeMemoryCollapse = (
  state: WorkspaceState,
  name: CorpusName,
  collapse: CollapseInput,
): CollapseReport => {
  checkLevel(collapse.level, 1);
  const check = new CollapseCheck();
  for (const group of collapse.groups) check.check(group);
  const corpus = requireCorpus(state, name);
  checkRevision(corpus.revision, collapse.revision);
  const agents = new Map(scenesOf(state, corpus).map(({ id, agent }) => [id, agent?.entity ?? null]));
  for (const group of collapse.groups) checkGroup(group, agents);
  checkForms(state, collapse.groups);
  const standing = new Map(corpus.motifs.map((motif) => [keyOf(motif), motif]));
  const codes = state.registry.size;
  const motifs = collapse.groups.map((group): MotifOccurrence => {
    const entry = learn(state, { ...group, level: collapse.level });
    const bindings = asStored(group.bindings).toSorted((x, y) => x.slot - y.slot);
    const ordinal = standing.get(keyOf(group))?.ordinal ?? ++entry.last;
    const { digest } = entry;
    return { code: entry.code, ordinal, level: collapse.level, scenes: [...group.scenes], bindings, digest };
  });
  const kept = motifs.filter((motif) => standing.has(keyOf(motif))).length;
  const report = {
    added: motifs.length - kept,
    kept,
    deleted: standing.size - kept,
    newCodes: state.registry.size - codes,
  };
  corpus.motifs = motifs;
  corpus.collapsedRevision = corpus.revision;
  return report;
};

/** Before anything is changed. */
const checkForms = ({ registry }: WorkspaceState, groups: readonly CollapseGroup[]): void => {
  for (const { digest, form } of groups) {
    const known = registry.get(digest);
    if (known !== undefined && known.form !== form)
      throw new HypersceneError('STORE_FAILED', 'two forms have the same digest', { at: digest });
  }
};
