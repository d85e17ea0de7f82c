import type { PlaceNouns, Role } from '../grammar.ts';
import type { Token } from '../token.ts';

/** Prepositions whose phrase says neither where nor when: their nouns are topic, not place. */
const TOPIC_PREPOSITIONS: ReadonlySet<string> = new Set(
  'о об обо про без безо для ради кроме вместо насчет относительно ввиду вследствие благодаря из-за'.split(' '),
);
/** Prepositions that say what a passage leads to. */
const LEADING: ReadonlySet<string> = new Set('в во на к ко из'.split(' '));
/** Longest run of words between a preposition and its noun. */
const PHRASE_LENGTH_MAX = 8;
/** Longest run of words in genitives after their noun. */
const GENITIVES_MAX = 6;

const isNoun = (token: Token | undefined): boolean => token?.pos === 'NOUN' || token?.pos === 'PROPN';

const describesNoun = (token: Token): boolean =>
  token.pos === 'ADJ' ||
  token.pos === 'DET' ||
  token.pos === 'NUM' ||
  token.pos === 'ADV' ||
  token.pos === 'PART' ||
  (token.pos === 'VERB' && token.features.VerbForm === 'Part');

/** The noun of the phrase that the preposition at `i` opens; null where a pronoun or nothing follows. */
export const nounAfter = (tokens: readonly Token[], i: number): number | null => {
  for (let j = i + 1; j < tokens.length && j <= i + PHRASE_LENGTH_MAX; j++) {
    const token = tokens[j];
    if (token === undefined) return null;
    if (isNoun(token)) return token.features.Case === 'Nom' ? null : j;
    if (!describesNoun(token)) return null;
  }
  return null;
};

/** «дверь дома», «край высокого обрыва»: genitives after a noun, up to the next word that is none. */
const genitivesAfter = (tokens: readonly Token[], head: number): readonly number[] => {
  const found: number[] = [];
  for (let j = head + 1; j <= head + GENITIVES_MAX; j++) {
    const token = tokens[j];
    if (token?.features.Case !== 'Gen') break;
    if (isNoun(token)) found.push(j);
    else if (token.pos !== 'ADJ' && token.pos !== 'DET' && token.pos !== 'NUM') break;
  }
  return found;
};

export const russianRoles = (tokens: readonly Token[], nouns: PlaceNouns): readonly Role[] => {
  const roles = new Array<Role>(tokens.length).fill('none');
  for (const [i, token] of tokens.entries())
    if (isNoun(token)) for (const j of genitivesAfter(tokens, i)) roles[j] = 'modifier';
  for (const [i, token] of tokens.entries()) {
    if (token.pos !== 'ADP') continue;
    const head = nounAfter(tokens, i);
    if (head === null) continue;
    const role = roleAfter(tokens, i, head, nouns);
    roles[head] = role;
    const [whole] = genitivesAfter(tokens, head);
    if (whole !== undefined && nouns.part.has(tokens[head]?.lemma ?? '')) roles[whole] = role;
    for (const other of coordinatedWith(tokens, head)) roles[other] = role;
  }
  return roles;
};

const roleAfter = (tokens: readonly Token[], preposition: number, head: number, nouns: PlaceNouns): Role => {
  const { features } = tokens[head] as Token;
  if (TOPIC_PREPOSITIONS.has(tokens[preposition]?.form ?? '') || features.Animacy === 'Anim') return 'topic';
  // «вход в пещеру», «дверь на балкон»: what it leads to, not where the scene is.
  const leads = nouns.passage.has(tokens[preposition - 1]?.lemma ?? '') && features.Case !== 'Loc';
  return leads && LEADING.has(tokens[preposition]?.form ?? '') ? 'modifier' : 'place';
};

/** «у дверей и окон»: a noun in the same case after «и», «или». */
const coordinatedWith = (tokens: readonly Token[], head: number): readonly number[] => {
  if (tokens[head + 1]?.pos !== 'CCONJ') return [];
  const other = tokens[head + 2];
  return isNoun(other) && other?.features.Case === tokens[head]?.features.Case ? [head + 2] : [];
};
