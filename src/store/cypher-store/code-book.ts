import { HypersceneError } from '../../errors.ts';
import type { Digest } from '../../scene/digest.ts';
import { type Code, code, type OccurrenceRef } from '../../scene/hypertoken.ts';
import { setNextCode } from '../cypher/document-queries.ts';
import { countUses, createHypertokens, forgetUnused, registryByDigest } from '../cypher/hypertoken-queries.ts';
import type { CypherTransaction } from '../cypher-engine.ts';
import type { HypertokenForm } from '../graph-store.ts';
import { batches, lockForWriting, readBatches, type StoreContext } from './context.ts';

interface Entry {
  readonly code: Code;
  readonly form: string;
  last: number;
  touched: boolean;
}

/**
 * The registry of codes during one transaction: gives codes in the order of first use and ordinals within each, counts
 * what comes and goes, and writes the sums at the end. The workspace's counter is locked from the beginning.
 */
export class CodeBook {
  readonly #context: StoreContext;
  readonly #transaction: CypherTransaction;
  readonly #entries = new Map<Digest, Entry>();
  readonly #changes = new Map<Code, number>();
  /** Without a workspace there is no corpus either, and no code can be allotted. */
  readonly isThere: boolean;
  #nextCode: number;
  #allotted = 0;

  private constructor(context: StoreContext, transaction: CypherTransaction, nextCode: number | null) {
    this.#context = context;
    this.#transaction = transaction;
    this.isThere = nextCode !== null;
    this.#nextCode = nextCode ?? 0;
  }

  /** @throws HypersceneError STORE_RESTORING */
  static async open(context: StoreContext, transaction: CypherTransaction): Promise<CodeBook> {
    const { nextCode } = await lockForWriting(context, transaction);
    return new CodeBook(context, transaction, nextCode);
  }

  /** Codes allotted for the first time. */
  get newCodes(): number {
    return this.#allotted;
  }

  /**
   * A code for each form, new ones in the order given.
   * @throws HypersceneError STORE_FAILED when two forms have the same digest
   */
  async learn(forms: readonly HypertokenForm[]): Promise<void> {
    const unknown = new Map<Digest, HypertokenForm>();
    for (const form of forms)
      if (!this.#entries.has(form.digest) && !unknown.has(form.digest)) unknown.set(form.digest, form);
    const known = await readBatches(this.#transaction, registryByDigest, [...unknown.keys()], (batch) => ({
      keys: batch.map((digest) => this.#context.identity.digest(digest)),
    }));
    for (const row of known)
      this.#entries.set(row.digest as Digest, {
        code: row.code as Code,
        form: row.form,
        last: row.last,
        touched: false,
      });
    await this.#create([...unknown.values()].filter(({ digest }) => !this.#entries.has(digest)));
    for (const { digest, form } of forms) this.#check(digest, form);
  }

  async #create(forms: readonly HypertokenForm[]): Promise<void> {
    const { identity, workspace } = this.#context;
    if (!this.isThere) throw new HypersceneError('STORE_FAILED', 'the workspace is not there', { came: workspace });
    const rows = forms.map(({ level, digest, form, figures }) => {
      const next = code(this.#nextCode++);
      this.#entries.set(digest, { code: next, form, last: 0, touched: false });
      return { uid: identity.hypertoken(next), key: identity.digest(digest), code: next, level, digest, form, figures };
    });
    this.#allotted += rows.length;
    for (const batch of batches(rows)) await this.#transaction.write(createHypertokens, { rows: batch, workspace });
  }

  #check(digest: Digest, form: string): void {
    const entry = this.#entries.get(digest);
    if (entry !== undefined && entry.form !== form)
      throw new HypersceneError('STORE_FAILED', 'two forms have the same digest', {
        at: digest,
        expected: JSON.stringify(entry.form.slice(0, 200)),
        came: JSON.stringify(form.slice(0, 200)),
      });
  }

  codeOf(digest: Digest): Code | null {
    return this.#entries.get(digest)?.code ?? null;
  }

  /** The next occurrence of a form that was learnt. */
  allot(digest: Digest): OccurrenceRef {
    const entry = this.#entries.get(digest);
    if (entry === undefined) throw new HypersceneError('INTERNAL', 'a form was not learnt', { came: digest });
    entry.last += 1;
    entry.touched = true;
    this.#change(entry.code, 1);
    return { code: entry.code, ordinal: entry.last };
  }

  /** An occurrence of this code goes. */
  release(released: Code): void {
    this.#change(released, -1);
  }

  #change(changed: Code, by: number): void {
    this.#changes.set(changed, (this.#changes.get(changed) ?? 0) + by);
  }

  /** Where forms were learnt and nothing came or went. */
  async closeRegistry(): Promise<void> {
    const { workspace } = this.#context;
    if (this.#allotted > 0) await this.#transaction.write(setNextCode, { workspace, nextCode: this.#nextCode });
  }

  /** Writes counters, ordinals and sums. */
  async close(corpus: string): Promise<void> {
    const transaction = this.#transaction;
    await this.closeRegistry();
    const rows = this.#uses();
    for (const batch of batches(rows)) await transaction.write(countUses, { rows: batch, corpus });
    const less = rows.filter(({ change }) => change < 0).map(({ uid }) => uid);
    for (const hypertokens of batches(less)) await transaction.write(forgetUnused, { hypertokens, corpus });
  }

  /** What changed of each code; `last` is null where no ordinal was given. */
  #uses(): readonly { readonly uid: string; readonly last: number | null; readonly change: number }[] {
    const given = new Map(
      [...this.#entries.values()].filter(({ touched }) => touched).map((entry) => [entry.code, entry]),
    );
    const changed = [...this.#changes].filter(([of, change]) => change !== 0 || given.has(of));
    return changed.map(([of, change]) => ({
      uid: this.#context.identity.hypertoken(of),
      last: given.get(of)?.last ?? null,
      change,
    }));
  }
}
