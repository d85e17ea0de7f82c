/**
 * What comes from documents, as it stands in a tool's text: a JSON string. However hostile, it cannot leave its quotes,
 * and a model is told that what stands between quotes is data. Cyrillic stays as it is, so that this costs two tokens.
 */
export const quoted = (text: string): string => JSON.stringify(text.replace(LINE_SEPARATORS, ' '));

/** Line ends to some readers, which JSON leaves as they are. */
const LINE_SEPARATORS = /[\u0085\u2028\u2029]/gu;
