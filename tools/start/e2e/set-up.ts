import type { Machine } from "../machine";
import { programsNamed, runVisibly } from "../programs";
import { missingNeeds, type Need } from "./needs";

function list(missing: readonly Need[]): string {
  return missing.map(({ name }) => `  - ${name}`).join("\n");
}

/**
 * Brings what the end-to-end checks need: as root on Debian by installing the packages of what is missing, else by
 * a list and the command to install it with.
 *
 * @returns whether everything is there now
 */
export async function setUpNeeds(machine: Machine, all?: readonly Need[]): Promise<boolean> {
  const missing = await missingNeeds(machine, all);
  if (missing.length === 0) return true;
  const packages = missing.flatMap((need) => need.packages);
  const [aptGet] = programsNamed("apt-get", machine);
  if (aptGet === undefined || !machine.isRoot) {
    console.error(
      `The end-to-end checks need what is missing here:\n${list(missing)}\n\n` +
        `On Debian and Ubuntu: sudo apt-get update && sudo apt-get install --no-install-recommends ${packages.join(" ")}`,
    );
    return false;
  }
  console.log(`The end-to-end checks need, and install from Debian's packages:\n${list(missing)}`);
  const environment = { ...machine.environment, DEBIAN_FRONTEND: "noninteractive" };
  for (const args of [["update"], ["install", "-y", "--no-install-recommends", ...packages]]) {
    console.log(`\n$ apt-get ${args.join(" ")}`);
    await runVisibly(aptGet, ["-qq", ...args], environment);
  }
  const still = await missingNeeds(machine, missing);
  if (still.length > 0) console.error(`After the installation this does still not work:\n${list(still)}`);
  return still.length === 0;
}
