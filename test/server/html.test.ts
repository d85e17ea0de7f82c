import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { curlLine } from '../../src/server/start-page/examples.ts';
import { escapeHtml, html } from '../../src/server/start-page/html.ts';

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('<script>', '"', "' onload='", '&lt;', '</td>', '«ё»'),
);

const unescapeHtml = (markup: string): string =>
  markup.replaceAll(
    /&(?:amp|lt|gt|quot|#39);/gu,
    (entity) => ({ '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" })[entity] ?? entity,
  );

test('escaped text has no sign that markup is made of, and is the same text to a browser', () => {
  fc.assert(
    fc.property(text, (given) => {
      const escaped = escapeHtml(given);
      expect(escaped).not.toMatch(/[<>"']/u);
      expect(unescapeHtml(escaped)).toBe(given);
    }),
  );
});

test('what is put into a template is escaped, unless it is markup itself', () => {
  fc.assert(
    fc.property(text, text, (inner, outer) => {
      const part = html`<b title="${inner}">${inner}</b>`;
      const whole = html`<p>${outer}${part}${[part, part]}${7}</p>`;
      const b = `<b title="${escapeHtml(inner)}">${escapeHtml(inner)}</b>`;
      expect(whole.markup).toBe(`<p>${escapeHtml(outer)}${b}${b}${b}7</p>`);
    }),
  );
});

test('a curl line means one argument to a shell, whatever the query holds', () => {
  const line = curlLine('http://localhost:4000', `{ corpus(name: "d'Artagnan $HOME \`id\` сказки") { name } }`);
  const [, ...args] = execFileSync('sh', ['-c', `printf '%s\\n' ${line}`], { encoding: 'utf8' })
    .trimEnd()
    .split('\n');
  expect(args.slice(0, 5)).toEqual([
    '-sS',
    'http://localhost:4000/graphql',
    '-H',
    'content-type: application/json',
    '-d',
  ]);
  expect(JSON.parse(args[5] ?? '')).toEqual({ query: `{ corpus(name: "d'Artagnan $HOME \`id\` сказки") { name } }` });
});
