import { describe, expect, test } from "vitest";
import type { Jupyter } from "../../../tools/start/find-jupyter";
import { firstPage, serverOptions } from "../../../tools/start/server-options";

const to = { root: "/project", port: 8888, openBrowser: false, isRoot: false };
const jupyter = (kind: Jupyter["kind"], major: number): Jupyter => ({
  kind,
  major,
  version: `${major}.0`,
  program: kind,
});

describe("the options of the server", () => {
  test("go to the classes of each version", () => {
    expect(serverOptions(jupyter("notebook", 6), to)).toEqual([
      "--NotebookApp.ip=127.0.0.1",
      "--NotebookApp.port=8888",
      "--NotebookApp.port_retries=0",
      "--NotebookApp.notebook_dir=/project",
      "--NotebookApp.open_browser=False",
      "--NotebookApp.default_url=/tree/notebooks",
      "--NotebookApp.iopub_data_rate_limit=100000000",
      "--NotebookApp.iopub_msg_rate_limit=100000",
    ]);
    expect(serverOptions(jupyter("notebook", 7), to)).toEqual(
      expect.arrayContaining(["--ServerApp.root_dir=/project", "--JupyterNotebookApp.default_url=/tree/notebooks"]),
    );
    expect(serverOptions(jupyter("lab", 4), to)).toEqual(
      expect.arrayContaining([
        "--ServerApp.ip=127.0.0.1",
        "--LabApp.default_url=/lab/tree/notebooks",
        "--ZMQChannelsWebsocketConnection.iopub_data_rate_limit=100000000",
      ]),
    );
    expect(serverOptions(jupyter("lab", 3), to)).toContain("--ServerApp.iopub_data_rate_limit=100000000");
  });

  test("never switch the token off, and allow root only to root", () => {
    for (const one of [jupyter("notebook", 6), jupyter("notebook", 7), jupyter("lab", 4)]) {
      expect(serverOptions(one, to).join(" ")).not.toMatch(/token|password|allow-root/);
      expect(serverOptions(one, { ...to, isRoot: true })).toContain("--allow-root");
      expect(serverOptions(one, { ...to, openBrowser: true }).join(" ")).toContain("open_browser=True");
    }
  });

  test("open the notebooks' folder", () => {
    expect(firstPage(jupyter("lab", 4), "/project")).toBe("/lab/tree/notebooks");
    expect(firstPage(jupyter("notebook", 7), "/project")).toBe("/tree/notebooks");
  });
});
