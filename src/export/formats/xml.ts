/** Not in the `Char` of XML 1.0: control characters, U+FFFE, U+FFFF, half a pair. No reference can name them either. */
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** A parser makes of a line's end in an attribute a space, and of `\r` anywhere `\n`, unless a reference names it. */
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};
const ESCAPED = /[&<>"\t\n\r]/gu;

/** Turns texts into XML 1.0, for elements and for attributes in double quotes, and counts what XML cannot hold. */
export class XmlText {
  /** Characters so far in whose place U+FFFD stands. */
  replaced = 0;

  of(text: string): string {
    const allowed = text.replaceAll(FORBIDDEN, () => {
      this.replaced++;
      return '\ufffd';
    });
    return allowed.replaceAll(ESCAPED, (sign) => ESCAPES[sign] ?? sign);
  }
}
