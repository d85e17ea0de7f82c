/** Which of the numbers given from 1 on have been ended, whatever the order: holds those alone that lie above one still open. */
export class EndedNumbers {
  readonly #above = new Set<number>();
  /** All up to this have ended. */
  #upTo = 0;

  end(n: number): void {
    if (n > this.#upTo) this.#above.add(n);
    while (this.#above.delete(this.#upTo + 1)) this.#upTo += 1;
  }

  has(n: number): boolean {
    return n <= this.#upTo || this.#above.has(n);
  }
}
