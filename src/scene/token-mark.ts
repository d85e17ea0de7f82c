/**
 * Around every token of ours, in an export's tokenizer as in a model's vocabulary. Of the last private plane, which no font, keyboard or
 * icon set uses; those of the first (U+E000) and of plane 15 are taken by icons. A text may still hold them: what is to be done about it
 * says `docs/decisions/0026-export.md`.
 */
export const MARK_OPEN = '\u{10DE70}';
export const MARK_CLOSE = '\u{10DE71}';
