import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { stateFolder } from "./environment";

/** Jupyter's own note of a running server, in the runtime folder: where it answers and its token. */
export interface ServerNote {
  readonly file: string;
  readonly url: string;
  readonly token: string;
}

/** The notes about servers on this port, of ones that run and of ones that were killed. */
export function serverNotes(root: string, port: number): ServerNote[] {
  const folder = join(stateFolder(root), "runtime");
  return readdirSync(folder)
    .filter((name) => /^(nb|jp)server-\d+\.json$/.test(name))
    .flatMap((name) => {
      try {
        const note: unknown = JSON.parse(readFileSync(join(folder, name), "utf8"));
        if (typeof note !== "object" || note === null || !("port" in note) || note.port !== port) return [];
        if (!("url" in note) || typeof note.url !== "string" || !("token" in note) || typeof note.token !== "string")
          return [];
        return [{ file: join(folder, name), url: note.url, token: note.token }];
      } catch {
        return []; // Half written; it is complete at the next look.
      }
    });
}

/** Whether the server of a note answers, to its token. */
export async function answers(note: ServerNote): Promise<boolean> {
  try {
    const response = await fetch(new URL("api/status", note.url), {
      headers: { Authorization: `token ${note.token}` },
    });
    return response.ok;
  } catch {
    return false;
  }
}
