import { isUtf8 } from 'node:buffer';
import { HypersceneError } from '../errors.ts';

/** How the files begin that people give by mistake; Latin-1. */
const SIGNATURES: readonly (readonly [start: string, name: string])[] = [
  ['%PDF-1.', 'a PDF file'],
  ['{\\rtf1', 'an RTF file'],
  ['PK\x03\x04', 'a ZIP archive (docx, odt, epub …)'],
  ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'an old Office file (doc, xls …)'],
  ['\x89PNG\r\n\x1a\n', 'a PNG image'],
  ['\xff\xd8\xff', 'a JPEG image'],
  ['GIF8', 'a GIF image'],
  ['\x1f\x8b\x08', 'a gzip archive'],
  ['BZh', 'a bzip2 archive'],
  ['\xfd7zXZ\0', 'an xz archive'],
  ['\x28\xb5\x2f\xfd', 'a Zstandard archive'],
  ['7z\xbc\xaf\x27\x1c', 'a 7z archive'],
  ['\x7fELF', 'a program'],
  ['SQLite format 3\0', 'an SQLite database'],
  ['GGUF', 'a GGUF model'],
  ['\0asm', 'a WebAssembly module'],
];
/** These are binary by their kind even where every byte is ASCII; the others only if NUL or broken UTF-8 bears it out. */
const REFUSED_ALWAYS = 2;

const EXPECTED = 'text or Markdown in UTF-8';

/**
 * Refuses a document by its first chunk, so that the error names what was given by mistake.
 * @throws HypersceneError BINARY
 */
export const refuseKnownBinary = (head: Buffer): void => {
  const start = head.toString('latin1', 0, 16);
  const index = SIGNATURES.findIndex(([signature]) => start.startsWith(signature));
  const name = SIGNATURES[index]?.[1];
  if (name === undefined || (index >= REFUSED_ALWAYS && isUtf8(head) && !head.includes(0))) return;
  throw new HypersceneError('BINARY', 'not a text', { at: 'byte 0', expected: EXPECTED, came: name });
};

/** @param offset in bytes */
export const nulByte = (offset: number): HypersceneError =>
  new HypersceneError('BINARY', 'not a text', { at: `byte ${offset}`, expected: EXPECTED, came: 'a NUL byte' });

/** A stray control character is let through; a larger share of the text's length means that it is no text. */
const CONTROL_SHARE_MAX = 0.02;
const CONTROL_COUNT_MIN = 8;

/** C0 controls that are not white space, and DEL. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\x01-\x08\x0e-\x1f\x7f]/gu;

/** Counts control characters over a whole document. */
export class ControlCount {
  #count = 0;
  #first = 0;
  #length = 0;

  add(text: string): void {
    for (const { index } of text.matchAll(CONTROL)) {
      if (this.#count === 0) this.#first = this.#length + index;
      this.#count++;
    }
    this.#length += text.length;
  }

  /** @throws HypersceneError BINARY */
  refuseMany(): void {
    if (this.#count < CONTROL_COUNT_MIN || this.#count <= this.#length * CONTROL_SHARE_MAX) return;
    throw new HypersceneError('BINARY', 'not a text', {
      at: `UTF-16 unit ${this.#first}`,
      expected: EXPECTED,
      came: `${this.#count} control characters among ${this.#length} units`,
    });
  }
}
