import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { galleryFigures } from "./gallery";
import { photograph } from "./live";
import { figurePng } from "./picture";

/**
 * Draws a figure of each kind to look at: `node tools/launch.mjs tools/picture/preview.ts` writes pictures made without a
 * browser into .cache/gallery/; with `--live` Chromium draws them as well, at three widths, as a notebook's
 * page would. Names after the options choose figures.
 */
const names = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const folder = join(process.cwd(), ".cache", "gallery");
mkdirSync(folder, { recursive: true });
const chosen = Object.entries(galleryFigures()).filter(([name]) => names.length === 0 || names.includes(name));
for (const [name, make] of chosen) {
  const begin = performance.now();
  const png = await figurePng(make());
  writeFileSync(join(folder, `${name}.png`), png);
  console.log(`${name}.png  ${Math.round(png.length / 1024)} KB  ${Math.round(performance.now() - begin)} ms`);
}
if (process.argv.includes("--live")) {
  await photograph(
    chosen.map(([name, make]) => ({ name, figure: make() })),
    [1280, 700, 360],
    folder,
  );
}
