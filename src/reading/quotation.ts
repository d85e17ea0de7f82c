import type { Token } from './token.ts';

const OPENING: ReadonlyMap<string, string> = new Map([
  ['«', '»'],
  ['“', '”'],
  ['„', '“'],
  ['"', '"'],
  ['‘', '’'],
]);
const DASH = /^[—–-]$|^--$/u;
const BEFORE_AUTHOR = /^[,!?…]$|^\.{1,}$/u;

/**
 * Which tokens stand in direct speech. Speech is what quotation marks hold, if it has a predicate or a stop of its own
 * (so that titles are none); and, in the Russian manner, what follows a dash at the beginning or after a colon, up to
 * `, —` or `! —` with a small letter after it, where the author's words begin.
 */
export const directSpeech = (tokens: readonly Token[], isPredicate: (token: Token) => boolean): readonly boolean[] => {
  const speech = new Array<boolean>(tokens.length).fill(false);
  markQuoted(tokens, isPredicate, speech);
  markAfterDashes(tokens, speech);
  return speech;
};

const markQuoted = (tokens: readonly Token[], isPredicate: (token: Token) => boolean, speech: boolean[]): void => {
  let open = -1;
  let closing = '';
  for (let i = 0; i <= tokens.length; i++) {
    const text = tokens[i]?.text;
    if (open < 0) {
      // Speech that began in an earlier sentence ends here.
      if ((text === '»' || text === '”' || (text === '"' && i === tokens.length - 1)) && i > 0)
        speech.fill(true, 0, i + 1);
      const expected = OPENING.get(text ?? '');
      if (expected === undefined) continue;
      open = i;
      closing = expected;
    } else if (text === undefined || text === closing) {
      const inside = tokens.slice(open + 1, i);
      if (inside.some(isPredicate) || /^[.,!?…]$|^\.{2,}$/u.test(inside.at(-1)?.text ?? ''))
        speech.fill(true, open, Math.min(i + 1, tokens.length));
      open = -1;
    }
  }
};

const markAfterDashes = (tokens: readonly Token[], speech: boolean[]): void => {
  let speaking = false;
  let dialogue = false;
  for (const [i, token] of tokens.entries()) {
    if (speech[i]) continue;
    const before = tokens[i - 1]?.text ?? '';
    if (!DASH.test(token.text)) {
      speech[i] = speaking;
    } else if (i === 0 || before === ':') {
      dialogue = true;
      speaking = true;
      speech[i] = true;
    } else if (!speaking) {
      speaking = dialogue && /^[,.:!?…]$/u.test(before);
      speech[i] = speaking;
    } else if (BEFORE_AUTHOR.test(before) && /^\p{Ll}/u.test(tokens[i + 1]?.text ?? '')) {
      speaking = false;
    } else {
      speech[i] = true;
    }
  }
};
