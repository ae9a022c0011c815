/** jStat ships no types. These are the functions that the project uses, as jStat documents them. */
declare module "jstat" {
  const jstat: {
    /** The natural logarithm of the gamma function. */
    gammaln(x: number): number;
  };
  export default jstat;
}
