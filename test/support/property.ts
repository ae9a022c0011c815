import fc from "fast-check";

/**
 * Property tests draw the same cases on every run, so that a check which was green stays green until something
 * changes. `HRD_SEED=7 npx vitest run` draws others, to look further.
 */
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(process.env.HRD_SEED ?? 20150901) });

export { fc };
