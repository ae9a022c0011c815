import { checkFolder } from "./check-folder";
import { checkAll } from "./checks";
import { codebook } from "./codebook";

/**
 * `npm run data:check` checks every data file and what is made from it, and prints the codebook; with HRD_DATA set, the
 * files of that folder.
 * `--quiet` prints one line a file. Exits with 1 if anything is wrong.
 */
const quiet = process.argv.includes("--quiet");
const unknown = process.argv.slice(2).filter((argument) => argument !== "--quiet");
if (unknown.length > 0) {
  console.error(`data:check knows the option --quiet, not ${unknown.join(" ")}`);
  process.exit(1);
}

const results = process.env.HRD_DATA ? checkFolder(process.env.HRD_DATA) : checkAll();
const broken = results.filter((result) => result.problems.length > 0);
if (!quiet && broken.length === 0) console.log(codebook());
const width = Math.max(...results.map((result) => result.file.length));
for (const { file, summary, problems } of results) {
  const mark = problems.length === 0 ? "ok   " : "FAIL ";
  console.log(`${mark}${file.padEnd(width)}  ${problems.length === 0 ? summary : `${problems.length} to mend`}`);
  for (const problem of problems) console.log(`     ${problem.replaceAll("\n", "\n     ")}`);
}
process.exitCode = broken.length > 0 ? 1 : 0;
