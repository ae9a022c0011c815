/** Asked for with HRD_EVERY=1: what is alike is checked one by one; on every run some of it stands for all. */
export const every = process.env.HRD_EVERY === "1";
