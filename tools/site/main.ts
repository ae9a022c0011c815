import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { renderSite } from "./render";
import { renderSingle } from "./single";
import { MOST_BYTES, pageWeights } from "./weight";
import { writeSite } from "./write";

const HELP = `npm run render -- [options]

Makes a site of the committed notebooks, in dist/: open dist/index.html, or copy the folder anywhere.
Nothing is run; npm run notebooks renews the results.

  --single 01     one file that holds everything: dist/single/01-….html, for an e-mail
  --to FOLDER     write there instead of dist/
  --address URL   where the folder is going to be published, so that a shared link has its picture
  --help          this text`;

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/**
 * @throws Error where the address is none that a page can be shared by
 */
function publishedAt(address: string | undefined): { readonly address?: string } {
  if (address === undefined) return {};
  if (!/^https?:\/\/[^?#]+$/.test(address))
    throw new Error(`--address: ${address} is not a web address; it begins with https:// and ends with the folder`);
  return { address: address.replace(/\/?$/, "/") };
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      single: { type: "string" },
      to: { type: "string" },
      address: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    say(HELP);
    return 0;
  }
  const started = performance.now();
  const seconds = (): string => `${((performance.now() - started) / 1000).toFixed(1)} s`;
  const folder = path.resolve(values.to ?? path.join(ROOT, "dist"));
  if (values.single !== undefined) {
    const { name, html } = await renderSingle(ROOT, values.single);
    const file = path.join(folder, "single", `${name}.html`);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, html);
    say(`${path.relative(process.cwd(), file)}  ${(html.length / 1e6).toFixed(1)} MB, in ${seconds()}`);
    return 0;
  }
  const files = await renderSite({ root: ROOT, ...publishedAt(values.address) });
  const changes = writeSite(folder, files);
  const weights = pageWeights(files);
  for (const { path: address, bytes } of weights.filter(({ path: name }) => /^\d/.test(name)))
    say(`${address}  ${Math.round(bytes / 1000)} KB as sent`);
  const name = path.relative(process.cwd(), folder) || ".";
  say(`${weights.length} pages in ${name}/, ${changes} files changed, in ${seconds()}; open ${name}/index.html`);
  const heavy = weights.filter(({ bytes }) => bytes > MOST_BYTES);
  for (const { path: address, bytes } of heavy)
    say(`${address} weighs ${Math.round(bytes / 1000)} KB; a page may weigh ${MOST_BYTES / 1000} KB`);
  return heavy.length === 0 ? 0 : 1;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    say(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  },
);
