import type { RecordReading } from "./treated";

/**
 * How the public record of the nineteen women enters the replica: the working paper's coding (16 of 19 released), and
 * dates as reported. The notebooks read the files the same way unless told otherwise.
 */
export const READING: RecordReading = { coding: "working-paper", policy: "reported" };

/** Seed of everything that the search leaves open: the day of the launch. */
export const FILES_SEED = 20150901;

/** Where the search writes what it found, relative to the project. */
export const POPULATION_FILE = "tools/replica/population.json";
