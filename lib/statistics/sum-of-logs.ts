import { log } from "./elementary";

/** A product between the inverse of this and this takes one more factor between the inverse of the next and the next. */
const LARGEST_PRODUCT = 1e200;
const LARGEST_FACTOR = 1e100;

/** Σ times·log(value), with one logarithm for many values: that of their product. A logarithm takes as long as a dozen factors. */
export class SumOfLogs {
  private sum = 0;
  private product = 1;

  add(value: number, times: number): void {
    if (times !== 1 || !(value > 1 / LARGEST_FACTOR && value < LARGEST_FACTOR)) {
      this.sum += times * log(value);
      return;
    }
    this.product *= value;
    if (!(this.product > 1 / LARGEST_PRODUCT && this.product < LARGEST_PRODUCT)) this.empty();
  }

  total(): number {
    this.empty();
    return this.sum;
  }

  private empty(): void {
    this.sum += log(this.product);
    this.product = 1;
  }
}
