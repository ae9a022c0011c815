import { asObject } from "../../kernel/protocol/wire";
import { bad, type Check, good } from "./check";

/**
 * The kernel starts and computes 1 + 1, asked in the way Jupyter asks it.
 *
 * @param root the project's folder
 * @param command another kernel's command line, with `{connection_file}` in it
 */
export async function checkKernel(root: string, command?: string[]): Promise<Check> {
  const started = performance.now();
  try {
    // Only here, since the client cannot be loaded where the packages are missing.
    const { KernelClient } = await import("../../kernel/protocol/client");
    const kernel = await KernelClient.start({ root, folder: root, ...(command && { command }) });
    try {
      const { status, outputs } = await kernel.execute("1 + 1", { timeoutMilliseconds: 30_000 });
      const shown = outputs.map(
        ({ content }) => asObject(content.data)["text/plain"] ?? content.evalue ?? content.text,
      );
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      if (status === "ok" && shown.length === 1 && shown[0] === "2")
        return good(`The kernel computes 1 + 1 = 2 (${seconds} s)`);
      return bad(`The kernel answered 1 + 1 with "${status}": ${shown.join(" ")}`, "npm ci");
    } finally {
      await kernel.shutdown();
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const folder = /(?:EACCES|EPERM|EROFS)[^']*'([^']+)'/.exec(why)?.[1];
    if (folder !== undefined)
      return bad(`The kernel: ${why}`, `chmod u+rwX ${folder} (as its owner), or TMPDIR set to a folder of yours`);
    if (/cannot be used|EADDRINUSE/.test(why))
      return bad(`The kernel: ${why}`, "npm run doctor (again: a port was taken meanwhile)");
    return bad(`The kernel: ${why}`, "npm ci");
  }
}
