/**
 * A sum in two doubles: what each addition rounds off is kept beside it, so that a term which is added and taken away again leaves
 * no trace, however large it was (Knuth 1969, The Art of Computer Programming, volume 2, section 4.2.2, theorem B).
 */
export class ExactSum {
  private sum = 0;
  private rest = 0;

  add(term: number): void {
    const next = this.sum + term;
    const added = next - this.sum;
    this.rest += this.sum - (next - added) + (term - added);
    this.sum = next;
  }

  value(): number {
    return this.sum + this.rest;
  }

  /** In a loop a copy that nothing else knows of is kept in registers. */
  copy(): ExactSum {
    const copied = new ExactSum();
    copied.sum = this.sum;
    copied.rest = this.rest;
    return copied;
  }

  clear(): void {
    this.sum = this.rest = 0;
  }
}
