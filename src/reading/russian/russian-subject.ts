import type { Subject } from '../grammar.ts';
import type { Features, Token } from '../token.ts';

type Found = Omit<Subject, 'key' | 'from' | 'to' | 'isThing' | 'isBodyPart' | 'isQuantifier'> & {
  readonly head: number;
};

const isNoun = (token: Token): boolean => token.pos === 'NOUN' || token.pos === 'PROPN';
const isNominal = (token: Token): boolean => isNoun(token) || token.pos === 'PRON';

/** Pronouns that point or join rather than act. */
const NO_AGENTS: ReadonlySet<string> = new Set('который что это то сам себя'.split(' '));

const QUANTIFIERS: ReadonlySet<string> = new Set('никто каждый весь всякий оба один все'.split(' '));

const canAct = (token: Token): boolean =>
  isNominal(token) &&
  token.features.Case === 'Nom' &&
  !NO_AGENTS.has(token.lemma) &&
  // «всё» is written «все» more often than not.
  !(/^вс[её]$/u.test(token.form) && token.features.Number !== 'Plur');

export const russianMayBeSubject = (token: Token): boolean => canAct(token);

/**
 * The subject: a nominative that agrees with the predicate; else the one who has the state (ему страшно, у него не
 * хватало духу); else what the verb's ending tells.
 */
export const russianSubjectOf = (
  tokens: readonly Token[],
  own: readonly number[],
  predicate: number | null,
  isBodyPart: (token: Token) => boolean,
): Subject | null => {
  const verb = predicate === null ? undefined : tokens[predicate];
  const found =
    nominative(tokens, own, verb) ??
    foreignName(tokens, own, verb) ??
    counted(tokens, own) ??
    (verb === undefined ? null : (experiencer(tokens, own, verb) ?? substantive(tokens, own, verb))) ??
    disagreeing(tokens, own);
  if (found !== null) {
    const head = tokens[found.head] as Token;
    return {
      ...named(tokens, own, found),
      isThing: head.features.Animacy === 'Inan',
      isBodyPart: isBodyPart(head),
      isQuantifier: QUANTIFIERS.has(head.lemma),
    };
  }
  return verb === undefined || predicate === null ? null : fromEnding(verb, predicate);
};

// ── named subjects

const nominative = (tokens: readonly Token[], own: readonly number[], verb: Token | undefined): Found | null => {
  const agreeing = candidatesIn(tokens, own).filter((i) => verb === undefined || agrees(tokens, i, verb));
  const [first] = agreeing;
  const best = verb?.lemma === 'быть' ? first : (agreeing.find((i) => isAnimate(tokens[i] as Token)) ?? first);
  return best === undefined ? null : describe(tokens, best, verb === undefined ? 0.4 : 0.9);
};

/** The dictionary guesses the gender of names it does not know: «Блант сыграла». */
const foreignName = (tokens: readonly Token[], own: readonly number[], verb: Token | undefined): Found | null => {
  const name = candidatesIn(tokens, own).find(
    (i) => tokens[i]?.pos === 'PROPN' && tokens[i]?.features.Number === verb?.features.Number,
  );
  return name === undefined ? null : { ...describe(tokens, name, 0.7), gender: null };
};

/** A nominative that does not agree is as often a mistagged accusative as a subject («мать с отцом шли»). */
const disagreeing = (tokens: readonly Token[], own: readonly number[]): Found | null => {
  const [other] = candidatesIn(tokens, own);
  return other === undefined ? null : describe(tokens, other, 0.5);
};

const candidatesIn = (tokens: readonly Token[], own: readonly number[]): readonly number[] =>
  own.filter((i) => canAct(tokens[i] as Token) && tokens[i - 1]?.pos !== 'ADP');

const isAnimate = (token: Token): boolean =>
  token.pos === 'PROPN' ||
  token.features.Animacy === 'Anim' ||
  (token.pos === 'PRON' && token.features.Person !== undefined);

const agrees = (tokens: readonly Token[], i: number, verb: Token): boolean => {
  const { features: subject, pos } = tokens[i] as Token;
  const { features } = verb;
  if (features.Mood === 'Imp') return false;
  if (features.Number === 'Plur' && subject.Number === 'Sing') return isCoordinated(tokens, i);
  if (features.Number !== undefined && subject.Number !== undefined && features.Number !== subject.Number) return false;
  if (features.Person !== undefined && features.Person !== (subject.Person ?? '3')) return false;
  const genders = features.Number === 'Sing' && features.Gender !== undefined && subject.Gender !== undefined;
  // «Кто», «никто», «врач» take the verb of the person meant.
  return !genders || features.Gender === subject.Gender || (pos === 'PRON' && subject.Person === undefined);
};

/** «Иван и Мария вошли». */
const isCoordinated = (tokens: readonly Token[], i: number): boolean => {
  for (let j = i + 1; j <= i + 3; j++) {
    const token = tokens[j];
    if (token?.form === 'и' || token?.form === 'с') return true;
    if (token === undefined || (token.pos !== 'PROPN' && token.pos !== 'ADJ')) return false;
  }
  return false;
};

/** «три брата», «много людей»: the noun in the genitive after its number, in the same clause. */
const counted = (tokens: readonly Token[], own: readonly number[]): Found | null => {
  const inOwn = new Set(own);
  for (const i of own) {
    const token = tokens[i] as Token;
    const counts = token.pos === 'NUM' && (token.features.Case === 'Nom' || token.features.Case === undefined);
    if (!counts && !/^(?:много|мало|несколько|сколько|большинство)$/u.test(token.form)) continue;
    if (tokens[i - 1]?.pos === 'ADP' || /^\d/u.test(token.text)) continue;
    const noun = [i + 1, i + 2].find(
      (j) => inOwn.has(j) && isNoun(tokens[j] as Token) && tokens[j]?.features.Case === 'Gen',
    );
    if (noun !== undefined) return { ...describe(tokens, noun, 0.8), number: 'Plur' };
    if (counts && token.features.Animacy === 'Anim') return { ...describe(tokens, i, 0.6), number: 'Plur' };
  }
  return null;
};

const isImpersonal = ({ features }: Token): boolean =>
  features.Gender === 'Neut' || (features.Person === '3' && features.Number === 'Sing') || features.Tense === undefined;

/** «мне снилось», «старику не спалось»; «у неё не хватало сил». */
const experiencer = (tokens: readonly Token[], own: readonly number[], verb: Token): Found | null => {
  if (!isImpersonal(verb) || verb.features.Mood === 'Imp') return null;
  const dative = own.find(
    (i) => tokens[i]?.features.Case === 'Dat' && isAnimateNominal(tokens[i] as Token) && tokens[i - 1]?.pos !== 'ADP',
  );
  if (dative !== undefined) return describe(tokens, dative, 0.65);
  const owner = own.find((i) => tokens[i - 1]?.form === 'у' && isAnimateNominal(tokens[i] as Token));
  return owner === undefined ? null : describe(tokens, owner, 0.6);
};

const isAnimateNominal = (token: Token): boolean => isNominal(token) && isAnimate(token);

/** An adjective or participle that stands for its noun: «старший молчал», «вошедший поклонился». */
const substantive = (tokens: readonly Token[], own: readonly number[], verb: Token): Found | null => {
  const i = own.find((j) => {
    const token = tokens[j] as Token;
    const describes = token.pos === 'ADJ' || token.pos === 'DET' || token.features.VerbForm === 'Part';
    const next = tokens[j + 1];
    return (
      describes &&
      token.features.Case === 'Nom' &&
      token.features.Variant === undefined &&
      token.lemma !== 'этот' &&
      next !== undefined &&
      !isNoun(next) &&
      next.pos !== 'ADJ' &&
      next.pos !== 'PUNCT' &&
      verb.features.VerbForm === 'Fin' &&
      agrees(tokens, j, verb)
    );
  });
  return i === undefined ? null : describe(tokens, i, 0.5);
};

const gender = (features: Features): Subject['gender'] =>
  features.Gender === 'Masc' || features.Gender === 'Fem' || features.Gender === 'Neut' ? features.Gender : null;

const number = (features: Features): Subject['number'] =>
  features.Number === 'Sing' || features.Number === 'Plur' ? features.Number : null;

const person = (features: Features): Subject['person'] =>
  features.Person === '1' || features.Person === '2' ? features.Person : '3';

const describe = (tokens: readonly Token[], head: number, confidence: number): Found => {
  const { features, pos } = tokens[head] as Token;
  return {
    head,
    confidence,
    by: 'grammar',
    isNamed: true,
    isAnaphor: pos === 'PRON' && features.Person === '3',
    person: person(features),
    number: number(features),
    gender: gender(features),
  };
};

/** Joins the parts of a name, and takes the name beside a noun for the person: «старик Иван Петрович». */
const named = (
  tokens: readonly Token[],
  own: readonly number[],
  { head, ...rest }: Found,
): Omit<Subject, 'isThing' | 'isBodyPart' | 'isQuantifier'> => {
  const inOwn = new Set(own);
  const isPartOfName = (i: number): boolean => {
    const token = tokens[i];
    return (
      inOwn.has(i) &&
      token?.pos === 'PROPN' &&
      (token.features.Case === undefined || token.features.Case === tokens[head]?.features.Case)
    );
  };
  let to = head + 1;
  if (isNoun(tokens[head] as Token)) while (isPartOfName(to)) to++;
  const names = tokens.slice(head, to).filter(({ pos }) => pos === 'PROPN');
  const key = names.length > 0 ? names.map(nameOf).join(' ') : (tokens[head] as Token).lemma;
  return { ...rest, key, from: head, to };
};

/** The lemma with capitals where a name has them: Анна, Анна-Мария. */
const nameOf = ({ lemma }: Token): string => lemma.replaceAll(/(?<=^|-)\p{Ll}/gu, (letter) => letter.toUpperCase());

// ── subjects told by the verb's ending

const FIRST_AND_SECOND: Readonly<Record<string, string>> = {
  '1Sing': 'я',
  '1Plur': 'мы',
  '2Sing': 'ты',
  '2Plur': 'вы',
};

const fromEnding = (verb: Token, predicate: number): Subject | null => {
  const { features } = verb;
  const plain = {
    from: predicate,
    to: predicate + 1,
    by: 'grammar',
    isNamed: false,
    isAnaphor: false,
    isThing: false,
    isBodyPart: false,
    isQuantifier: false,
    number: number(features),
    gender: gender(features),
    person: features.Tense === 'Past' ? null : person(features),
  } as const;
  if (features.Mood === 'Imp')
    return { ...plain, key: features.Number === 'Plur' ? 'вы' : 'ты', person: '2', confidence: 0.5 };
  const speaker = FIRST_AND_SECOND[`${features.Person}${features.Number ?? 'Sing'}`];
  if (speaker !== undefined) return { ...plain, key: speaker, confidence: 0.75 };
  if (features.VerbForm !== 'Fin') return null;
  if (features.Number === 'Plur') return { ...plain, key: 'они', confidence: 0.5 };
  if (features.Tense === 'Past' && features.Gender === 'Masc') return { ...plain, key: 'он', confidence: 0.5 };
  if (features.Tense === 'Past' && features.Gender === 'Fem') return { ...plain, key: 'она', confidence: 0.5 };
  return null;
};
