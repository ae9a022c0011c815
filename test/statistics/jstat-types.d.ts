/** jStat ships no types. These are the functions that tests hold the library's against, as jStat documents them. */
declare module "jstat" {
  const jstat: {
    /** The natural logarithm of the gamma function. */
    gammaln(x: number): number;
    readonly normal: { cdf(x: number, mean: number, standardDeviation: number): number };
  };
  export default jstat;
}
