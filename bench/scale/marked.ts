export const BEGIN = '<!-- bench:scale begins; written by `npm run bench:scale -- --write docs/scale.md` -->';
export const END = '<!-- bench:scale ends -->';

const bounds = (document: string): readonly [number, number] => {
  const [from, to] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (from === -1 || to < from) throw new Error(`expected “${BEGIN}” and then “${END}”`);
  return [from + BEGIN.length, to];
};

/** What stands between the marks. */
export const markedPart = (document: string): string => document.slice(...bounds(document)).trim();

/** The document with this between its marks. */
export const withMarkedPart = (document: string, part: string): string => {
  const [from, to] = bounds(document);
  return `${document.slice(0, from)}\n\n${part.trim()}\n\n${document.slice(to)}`;
};
