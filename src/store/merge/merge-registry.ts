import { HypersceneError } from '../../errors.ts';
import type { Digest } from '../../scene/digest.ts';
import type { FigureKey } from '../../scene/figure.ts';
import { type Code, code, formatCode } from '../../scene/hypertoken.ts';
import type { GraphStore, HypertokenForm } from '../graph-store.ts';
import { recordsOfKinds, type Source } from './incoming.ts';

/** Forms learnt in one transaction, and characters of them: that of a community names each of its parts. */
const FORMS = 2000;
const FORM_UNITS = 2 ** 21;

/** What the codes of one store are called in another. Four bytes a code. */
export class CodeMap {
  #codes = new Int32Array(1024).fill(-1);
  #size = 0;
  #newCodes = 0;

  /** Of the store that it comes from: codes from 0, below this. */
  get size(): number {
    return this.#size;
  }

  get newCodes(): number {
    return this.#newCodes;
  }

  /** Null for a code that the store it comes from never gave. */
  get(from: number): Code | null {
    const to = this.#codes[from] ?? -1;
    return to < 0 ? null : (to as Code);
  }

  add(from: readonly Code[], to: readonly Code[], newCodes: number): void {
    for (const [i, one] of from.entries()) {
      while (one >= this.#codes.length) this.#grow();
      this.#codes[one] = to[i] ?? -1;
      this.#size = Math.max(this.#size, one + 1);
    }
    this.#newCodes += newCodes;
  }

  #grow(): void {
    const larger = new Int32Array(this.#codes.length * 2).fill(-1);
    larger.set(this.#codes);
    this.#codes = larger;
  }
}

/** @throws HypersceneError BACKUP_UNREADABLE for a code that its registry does not hold */
export const requireCode = (codes: CodeMap, from: number): Code => {
  const to = codes.get(from);
  if (to !== null) return to;
  throw new HypersceneError('BACKUP_UNREADABLE', 'the backup names a code that its registry does not hold', {
    came: formatCode(from as Code),
  });
};

/**
 * Each code of the backup comes, whether anything still stands for it or not: what was exported of the other store names it.
 * A digest that is known keeps its code here; others get the next ones, in the order of their codes there.
 */
export const mergeRegistry = async (store: GraphStore, source: Source): Promise<CodeMap> => {
  const codes = new CodeMap();
  let waiting: (HypertokenForm & { readonly from: Code })[] = [];
  let units = 0;
  const learn = async (): Promise<void> => {
    waiting.sort((x, y) => x.from - y.from);
    const forms = waiting.map(({ from: _, ...form }) => form);
    const report = await store.learnHypertokens(forms);
    codes.add(
      waiting.map(({ from }) => from),
      report.codes,
      report.newCodes,
    );
    waiting = [];
    units = 0;
  };
  for await (const records of recordsOfKinds(source, ['hypertoken'], []))
    for (const record of records) {
      if (!('node' in record)) continue;
      const { level, digest, form, figures } = record.properties;
      waiting.push({
        from: code(Number(record.properties['code'])),
        level: Number(level),
        digest: digest as Digest,
        form: String(form),
        figures: (figures ?? []) as readonly FigureKey[],
      });
      units += String(form).length;
      if (waiting.length >= FORMS || units >= FORM_UNITS) await learn();
    }
  if (waiting.length > 0) await learn();
  return codes;
};
