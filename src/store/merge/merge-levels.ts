import type { Code } from '../../scene/hypertoken.ts';
import type { CorpusName } from '../../scene/name.ts';
import type { SceneId } from '../../scene/scene.ts';
import type { CollapseInput, CommunityPart, GraphStore, HypertokenForm } from '../graph-store.ts';
import { requireCorpus } from '../require-corpus.ts';
import type { Source } from './incoming.ts';
import { type IncomingLevels, type IncomingOccurrence, incomingLevels } from './incoming-levels.ts';
import { lastPart } from './incoming-scenes.ts';
import { type CodeMap, requireCode } from './merge-registry.ts';
import type { LevelState } from './survey.ts';

/** Hypertokens asked for at once. */
const CODES = 1000;

/**
 * Writes the levels above 0 of corpora that have none yet.
 * @returns how many occurrences came
 * @throws HypersceneError STORE_CONFLICT for a corpus that others write to
 */
export const mergeLevels = async (
  store: GraphStore,
  source: Source,
  codes: CodeMap,
  corpora: ReadonlyMap<CorpusName, LevelState>,
): Promise<number> => {
  let done = 0;
  if (corpora.size === 0) return done;
  for await (const levels of incomingLevels(source, new Set(corpora.keys()))) {
    const { revision } = await requireCorpus(store, levels.corpus);
    const stale = corpora.get(levels.corpus) === 'stale';
    const forms = await formsOf(store, codes, levels);
    const report = await store.writeCollapse(levels.corpus, { revision, stale, ...toCollapse(levels, forms) });
    done += report.added;
  }
  return done;
};

type Forms = ReadonlyMap<Code, HypertokenForm>;

/** By their codes there: this store knows all of them by now. */
const formsOf = async (store: GraphStore, codes: CodeMap, { levels }: IncomingLevels): Promise<Forms> => {
  const from = [...new Set(levels.flat().map(({ code }) => code))];
  const forms = new Map<Code, HypertokenForm>();
  for (let at = 0; at < from.length; at += CODES) {
    const some = from.slice(at, at + CODES);
    const found = await store.hypertokensByCode(some.map((code) => requireCode(codes, code)));
    for (const [i, record] of found.entries()) if (record !== null) forms.set(some[i] as Code, record);
  }
  return forms;
};

const toCollapse = ({ levels }: IncomingLevels, forms: Forms): Omit<CollapseInput, 'revision'> => {
  const places = new Map<string, CommunityPart>();
  for (const [i, level] of levels.entries())
    for (const [group, { uid }] of level.entries()) places.set(uid, { level: i + 1, group });
  const formOf = ({ code }: IncomingOccurrence): Omit<HypertokenForm, 'level'> => {
    const { digest, form, figures } = forms.get(code) as HypertokenForm;
    return { digest, form, figures };
  };
  const [motifs = [], ...above] = levels;
  return {
    groups: motifs.map((motif) => ({
      ...formOf(motif),
      scenes: motif.parts.map((part) => lastPart(part) as SceneId),
      bindings: motif.bindings,
    })),
    communities: above.map((level) =>
      level.map((community) => ({
        ...formOf(community),
        parts: community.parts.map((part) => places.get(part) ?? (lastPart(part) as SceneId)),
      })),
    ),
  };
};
