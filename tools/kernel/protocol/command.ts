import path from "node:path";

/**
 * The command line that starts the project's kernel; Jupyter puts the connection file's path in place of
 * `{connection_file}`. The first flag is explained in tools/kernel/guardian.ts; the second gives the compiler's many
 * short-lived objects room, which saves a tenth of the start.
 *
 * @param node the Node executable
 * @param root the project's folder
 */
export function kernelCommand(node: string, root: string, connectionFile = "{connection_file}"): string[] {
  return [
    node,
    "--no-force-async-hooks-checks",
    "--max-semi-space-size=64",
    path.join(root, "tools/kernel/launch.mjs"),
    connectionFile,
  ];
}
