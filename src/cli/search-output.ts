import { styleText } from 'node:util';
import { clueLabel } from '../api/clue-label.ts';
import { hypertokenLexeme } from '../api/figures.ts';
import { reasonLabel } from '../api/reason-label.ts';
import { facetLabel } from '../scene/facet-label.ts';
import { formatCode, formatOccurrence } from '../scene/hypertoken.ts';
import type { Language } from '../scene/scene.ts';
import { sceneLine } from '../scene/scene-line.ts';
import type { StoredScene } from '../store/graph-store.ts';
import type { Highlight } from '../worker/scene-answers.ts';
import type { SearchAnswer, SearchHit, SearchResult } from '../worker/search-job.ts';
import type { Session } from './session.ts';

/** For people: how much was found, and what was not looked at. */
export const noteSearch = (session: Session, { page, total, truncated, wordsLeft }: SearchAnswer): void => {
  if (total === 0) session.note('nothing in the corpus answers to it');
  if (page.hasNextPage) session.note(`the first ${page.items.length} of ${total}: see --limit`);
  if (truncated) session.note('more may answer than was looked at: `scenes --text` lists all');
  if (wordsLeft.length > 0) session.note(`not searched for: ${wordsLeft.join(', ')}`);
};

/** Writes what was found: lines of JSON, or two lines a hit, what answers in bold where they go to a terminal. */
export const writeSearch = async (session: Session, answer: SearchAnswer, labels: Language): Promise<void> => {
  const { output } = session;
  const hits = answer.page.items.map(({ item }) => item);
  if (session.json) {
    await output.json(searchLine(answer));
    for (const hit of hits) await output.json(hitLine(hit, labels));
    return;
  }
  for (const hit of hits) {
    await output.line(`${hit.score.toFixed(3)}  ${headOf(hit.result, labels)}  ${reasonsOf(hit, labels)}`);
    if (hit.result.type === 'scene') await output.line(`       ${shownText(hit.result.scene, hit.highlights)}`);
  }
};

const searchLine = ({ total, truncated, clues, wordsLeft }: SearchAnswer): unknown => ({
  type: 'search',
  total,
  truncated,
  clues: clues.map(({ kind, key, weight, count, scenes }) => ({ kind, key, weight, count, taken: scenes.length })),
  wordsLeft,
});

const hitLine = ({ score, result, because, through, beside, highlights }: SearchHit, labels: Language): unknown => ({
  type: 'hit',
  score,
  kind: result.type,
  because: because.map(({ kind, key, weight }) => ({ kind, key, weight })),
  through: through === null ? null : { a: through.a, b: through.b, weight: through.weight, because: through.because },
  beside: beside?.id ?? null,
  highlights,
  ...resultLine(result, labels),
});

const resultLine = (result: SearchResult, labels: Language): object => {
  switch (result.type) {
    case 'scene':
      return { scene: sceneLine(result.scene, labels) };
    case 'facet':
      return { facet: { ...result.facet, label: facetLabel(result.facet.kind, result.facet.key, labels) } };
    case 'hypertoken': {
      const { code, level, digest, figures, occurrences } = result.hypertoken;
      const hyperlexeme = hypertokenLexeme(result.hypertoken, labels);
      return { hypertoken: { code: formatCode(code), level, digest, figures, hyperlexeme, occurrences } };
    }
    case 'occurrence': {
      const { code, ordinal, level, size, first } = result.occurrence;
      return { occurrence: { code: formatCode(code), ordinal, level, size, first } };
    }
  }
};

const headOf = (result: SearchResult, labels: Language): string => {
  switch (result.type) {
    case 'scene':
      return `${formatOccurrence(result.scene)}  ${result.scene.documentName} ${result.scene.position}`;
    case 'facet':
      return `${result.facet.kind} ${facetLabel(result.facet.kind, result.facet.key, labels)}, scenes: ${result.facet.scenes}`;
    case 'hypertoken':
      return `${formatCode(result.hypertoken.code)} ${hypertokenLexeme(result.hypertoken, labels)}, level ${result.hypertoken.level}`;
    case 'occurrence':
      return `${formatOccurrence(result.occurrence)}, level ${result.occurrence.level}, scenes: ${result.occurrence.size}`;
  }
};

/** `(царь, тишина; ← агент; by Δ3:7)`: by what it answers itself, by which coupling others lead to it, and what answers by it in the text. */
const reasonsOf = ({ because, through, beside }: SearchHit, labels: Language): string => {
  const own = [...new Set(because.map((clue) => clueLabel(clue, labels)))].join(', ');
  const coupled = through?.because.map((reason) => reasonLabel(reason, labels)).join(', ');
  const parts = [own, coupled && `← ${coupled}`, beside && `by ${formatOccurrence(beside)}`];
  return `(${parts.filter((part) => part).join('; ')})`;
};

/** UTF-16 code units of a scene's text that are shown, and of them before the first that answers. */
const SHOWN = 200;
const BEFORE = 60;

/** Nothing but the words themselves is bold; a control character of the text would drive the terminal. */
const shownText = ({ text, start: offset }: StoredScene, highlights: readonly Highlight[]): string => {
  const first = (highlights[0]?.start ?? offset) - offset;
  const from = text.length <= SHOWN ? 0 : boundary(text, Math.max(0, first - BEFORE));
  const to = text.length <= SHOWN ? text.length : boundary(text, Math.min(text.length, from + SHOWN));
  let [line, at] = [from > 0 ? '…' : '', from];
  for (const { start, end } of highlights) {
    const [begin, stop] = [Math.max(start - offset, from), Math.min(end - offset, to)];
    if (begin >= stop) continue;
    line +=
      plain(text.slice(at, begin)) + styleText('bold', plain(text.slice(begin, stop)), { stream: process.stdout });
    at = stop;
  }
  return `${line}${plain(text.slice(at, to))}${to < text.length ? '…' : ''}`;
};

/** Not between the halves of a surrogate pair. */
const boundary = (text: string, at: number): number => (/[\udc00-\udfff]/u.test(text[at] ?? '') ? at + 1 : at);

const plain = (text: string): string => text.replaceAll(/[\s\p{Cc}]+/gu, ' ');
