import type { Clause, Clauses } from './clauses.ts';
import type { Grammar, Subject } from './grammar.ts';
import type { Token } from './token.ts';

/** Tokens `[from, to)` that make one scene, and who acts in it. */
export interface Part {
  readonly from: number;
  readonly to: number;
  readonly subject: Subject | null;
}

/**
 * Parts a sentence where a clause has a finite predicate and another agent than the clause before it. Clauses inside
 * others, converbs and participles are no clauses here, and a sentence that is all somebody's speech stays whole.
 */
export const findParts = (tokens: readonly Token[], clauses: Clauses, grammar: Grammar): readonly Part[] => {
  const acting = clauses.clauses.map((clause) => ({ clause, subject: subjectOf(clause, tokens, clauses, grammar) }));
  if (clauses.isAllSpeech) return [whole(acting, tokens)];
  const parts: Part[] = [];
  let before: Subject | null = null;
  let main: Subject | null = null;
  let mainIsAdverbial = false;
  for (const { clause, subject } of acting) {
    const last = parts.at(-1);
    if (last === undefined || (before !== null && subject !== null && !isSameAgent(before, subject))) {
      parts.push({ from: clause.from, to: clause.to, subject });
      main = subject;
      mainIsAdverbial = clause.link === 'adverbial';
    } else {
      // The main clause names the agent more surely than a clause of time or cause before it.
      if (
        main === null ||
        (mainIsAdverbial && clause.link !== 'adverbial' && subject?.isNamed === true && main.isAnaphor)
      ) {
        main = subject;
        mainIsAdverbial = clause.link === 'adverbial';
      }
      parts[parts.length - 1] = { from: last.from, to: clause.to, subject: main };
    }
    before = subject ?? before;
  }
  return parts;
};

const whole = (acting: readonly { readonly subject: Subject | null }[], tokens: readonly Token[]): Part => ({
  from: 0,
  to: tokens.length,
  subject: acting.find(({ subject }) => subject !== null)?.subject ?? null,
});

const subjectOf = (clause: Clause, tokens: readonly Token[], clauses: Clauses, grammar: Grammar): Subject | null => {
  const own = clause.own.filter((i) => !clauses.speech[i]);
  return grammar.subjectOf(tokens, own, clause.predicate);
};

/**
 * Whether the later subject may be the earlier one. A pronoun of the third person, or a verb without a subject of its
 * own, takes up who was named before if person, number and gender allow it.
 */
export const isSameAgent = (earlier: Subject, later: Subject): boolean => {
  if (earlier.key === later.key) return true;
  if (later.isQuantifier && earlier.number === 'Plur') return true;
  if (later.isBodyPart && !earlier.isThing) return true;
  if (later.isNamed && !later.isAnaphor) return false;
  return (
    agree(earlier.person, later.person) &&
    agree(earlier.number, later.number) &&
    (later.number === 'Plur' || agree(earlier.gender, later.gender))
  );
};

const agree = (a: string | null, b: string | null): boolean => a === null || b === null || a === b;
