import type { Provenance, Usage } from '../../model/language-model.ts';
import { formatCode } from '../../scene/hypertoken.ts';
import type { Substitution, WrittenPrompt } from '../../worker/model/prompt-of.ts';
import type { ExpandedRow } from '../../worker/model/row-book.ts';
import { nameOfThing } from '../../worker/model/thing.ts';
import type { Session } from '../session.ts';
import type { Column } from '../table.ts';

export type Fact = readonly [title: string, text: string];

export const FACTS: readonly Column<Fact>[] = [
  { title: 'what', cell: ([title]) => title },
  { title: 'it is', cell: ([, text]) => text, flexible: true },
];

const KB = 1000;

export const count = (n: number): string => n.toLocaleString('en');

export const bytes = (n: number): string => {
  if (n < KB * KB) return `${(n / KB).toFixed(1)} kB`;
  return n < KB ** 3 ? `${(n / KB ** 2).toFixed(1)} MB` : `${(n / KB ** 3).toFixed(2)} GB`;
};

export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

const WHY: Readonly<Record<Substitution['why'], string>> = {
  NO_PACK: 'no pack is named',
  NO_ROW: 'the pack has not all of its rows',
  NOT_A_SCENE: 'only scenes have rows of their places',
};

/** Parts are counted from 1, as people do. A context may have hundreds that are alike: they share a line. */
export const noteSubstitutions = (session: Session, substitutions: readonly Substitution[]): void => {
  const alike = Map.groupBy(substitutions, ({ part, wanted, written, why }) => `${part} ${written} ${wanted} ${why}`);
  for (const some of alike.values()) {
    const [first] = some;
    if (first === undefined) continue;
    const names = some.map(({ name }) => name).join(', ');
    session.note(
      `part ${first.part + 1}, ${names}: ${first.written} in place of ${first.wanted}, since ${WHY[first.why]}`,
    );
  }
};

/** What of contexts went in, and what is written otherwise than wanted. */
export const noteWritten = (session: Session, { parts, substitutions }: Omit<WrittenPrompt, 'prompt'>): void => {
  for (const [part, { items, context }] of parts.entries())
    if (context !== null)
      session.note(
        `part ${part + 1}: ${items.length === 0 ? 'nothing goes in' : `pieces: ${count(items.length)}, positions: ${count(context.positions)}`}, scenes left out: ${count(context.dropped.length)}`,
      );
  noteSubstitutions(session, substitutions);
};

/** How the parts were written, for programs. */
export const writtenLine = ({ prompt, parts, substitutions }: WrittenPrompt): unknown => ({
  type: 'written',
  form: prompt.form,
  segments: prompt.segments,
  parts: parts.map(({ kind, items }) => ({
    kind,
    items: items.map(({ thing, rung, from, to }) => ({
      name: thing === null ? null : nameOfThing(thing),
      rung,
      from,
      to,
    })),
  })),
  substitutions,
});

/** What a part is, in a table: its text, or the names of what it holds. */
export const labelOf = ({ prompt, parts }: WrittenPrompt, index: number): string =>
  (parts[index]?.items ?? [])
    .map(({ thing, from, to }) =>
      thing === null
        ? prompt.segments
            .slice(from, to)
            .map((segment) => (segment.kind === 'text' ? segment.text : segment.row))
            .join('')
        : nameOfThing(thing),
    )
    .join(' ');

/** `Δ14[порогтишинасдерживание]`; without the number where this workspace has none. */
export const rowText = (row: ExpandedRow): string => {
  if (row.kind !== 'code') return `[${row.hyperlexeme ?? row.row}]`;
  return `${row.code === null ? '' : formatCode(row.code)}[${row.hyperlexeme ?? row.row}]`;
};

/** A row for programs; a code as it is written, not as a number. */
export const rowLine = (row: ExpandedRow): object => {
  if (row.kind === 'code') return { ...row, code: row.code === null ? null : formatCode(row.code) };
  return row.kind === 'scene' ? { ...row, scene: row.scene === null ? null : { text: row.scene.text } } : row;
};

const SHA_SHOWN = 12;

/** By what an answer came about, and what it took, in a line. */
export const noteProvenance = (session: Session, usage: Usage, provenance: Provenance): void => {
  const { model, pack, adapter, seed, threads, kv, batch } = provenance;
  const { prompt, cached, generated, time } = usage;
  const named = ({ name, sha256 }: { readonly name: string; readonly sha256: string | null }): string =>
    sha256 === null ? name : `${name} ${sha256.slice(0, SHA_SHOWN)}`;
  const facts = [
    named(model),
    pack === null ? null : `pack ${named(pack)}`,
    adapter === null ? null : `adapter ${named(adapter)}`,
    seed === null ? null : `seed ${seed}`,
    kv === null ? null : `KV ${kv.key}`,
    threads === null ? null : `threads: ${threads}`,
    batch === 'alone' ? 'alone' : null,
    `${count(prompt)} positions read${cached === 0 ? '' : `, ${count(cached)} of them cached`}`,
    generated === 0 ? null : `${count(generated)} made`,
    `${(time / 1000).toFixed(1)} s`,
  ];
  session.note(facts.filter((fact) => fact !== null).join(' · '));
};
