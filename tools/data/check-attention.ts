import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadAttention } from "../../lib/attention";
import { projectPackage } from "../../lib/data/schema/project";
import { attentionFiles } from "./attention";

/** The synthetic series of attention: described as synthetic, of the format they are said to be, and as they are made. */
export function checkAttention(root: string): { summary: string; problems: string[] } {
  const made = attentionFiles();
  const described = projectPackage().resources.flatMap((one) => ("export" in one ? [one] : []));
  const problems = Object.entries(made).flatMap(([name, text]) => {
    const path = `attention/${name}`;
    const resource = described.find((one) => one.path === path);
    if (resource === undefined) return [`${path} is not in data/datapackage.json`];
    const { format, rows } = loadAttention(join(root, "data", path));
    const same = readFileSync(join(root, "data", path), "utf8") === text;
    return [
      ...(same ? [] : [`${path} is not what tools/data/attention.ts makes; run npm run data:generate`]),
      ...(format === resource.export ? [] : [`${path} is ${format}, described as ${resource.export}`]),
      ...([resource, ...rows].every(({ provenance }) => provenance === "synthetic")
        ? []
        : [`${path} is not called synthetic`]),
    ];
  });
  return { summary: `${Object.keys(made).length} files, synthetic`, problems };
}
