import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Figure } from "../../lib/figures";
import { NO_ALT } from "../../lib/notebook/bundle";
import { asObject, type JsonObject } from "../kernel/protocol/wire";
import { changedVerdicts, unexplainedVerdicts, verdictsOf } from "./claims";
import { differences, samePicture } from "./compare";
import {
  type CodeCell,
  foreignKernel,
  type Notebook,
  notebookText,
  type Output,
  readNotebook,
  sorted,
  text,
} from "./notebook";
import { committedOutputs, type DrawPicture, PLOTLY } from "./outputs";
import { NotebookFailure, runNotebook } from "./run";

export interface Settings {
  /** The project's folder. */
  root: string;
  check: boolean;
  /** Folder for executed copies; null writes into the notebook itself. */
  to: string | null;
  timeoutMilliseconds: number;
  signal: AbortSignal;
  say(line: string): void;
}

const MAX_BYTES = 1_500_000;

/** Runs one notebook and writes its outputs, or compares them; returns what is wrong, in sentences. */
export async function renew(file: string, settings: Settings): Promise<string[]> {
  const notebook = readNotebook(file);
  const started = performance.now();
  settings.say(notebook.name);
  const foreign = foreignKernel(notebook);
  if (foreign !== null) throw new Error(foreign);
  if (!settings.check) toBeWritten(file, settings.to);
  const executed = await execute(notebook, settings).catch(async (error: unknown) => {
    // What ran before the cell that failed has been worked for, and the error belongs to be seen in its place.
    if (error instanceof NotebookFailure && !settings.check && error.executed.size > 0) {
      const ran = await committed(error.executed);
      write(file, notebookText(notebook, ran), [], settings.to);
    }
    throw error;
  });
  const content = notebookText(notebook, executed);
  const verdicts = notebook.cells.flatMap((cell) => verdictsOf(cell, executed.get(cell.number) ?? []));
  const problems = changedVerdicts(notebook.name, verdicts);
  if (settings.to === null) {
    const recorded = notebook.cells.flatMap((cell) => verdictsOf(cell, cell.outputs));
    problems.push(...unexplainedVerdicts(notebook.name, recorded, verdicts));
  }
  const bytes = Buffer.byteLength(content);
  if (bytes > MAX_BYTES) {
    problems.push(`${notebook.name} would have ${bytes} bytes, at most ${MAX_BYTES} are allowed`);
  }
  const pictures = namedPictures(notebook, executed);
  if (settings.check) problems.push(...undescribed(notebook, executed));
  if (settings.check) problems.push(...compare(notebook, executed, content), ...comparePictures(pictures));
  else write(file, content, pictures, settings.to);
  const size = `${Math.round(bytes / 1024)} KB`;
  settings.say(`${" ".repeat(2 + width(notebook))}${seconds(performance.now() - started)}  in all, ${size}`);
  return problems;
}

/**
 * Draws the pictures of a notebook's committed figures anew and runs nothing: after a change of how figures are drawn,
 * where no result has changed.
 */
export async function redraw(file: string): Promise<void> {
  const notebook = readNotebook(file);
  const drawn = await committed(new Map(notebook.cells.map(({ number, outputs }) => [number, outputs])));
  write(file, notebookText(notebook, drawn), namedPictures(notebook, drawn), null);
}

async function execute(notebook: Notebook, settings: Settings): Promise<Map<number, Output[]>> {
  const { root, timeoutMilliseconds, signal } = settings;
  const total = notebook.cells.length;
  const onCell = (cell: CodeCell, done: number, milliseconds: number): void => {
    const line = cell.source.split("\n").find((text) => text.trim() !== "" && !text.startsWith("//")) ?? "";
    const place = `${done}/${total}`.padStart(width(notebook));
    settings.say(`  ${place} ${seconds(milliseconds)}  ${line.slice(0, 70)}`);
  };
  const executed = await runNotebook(notebook, { root, timeoutMilliseconds, signal, onCell });
  return committed(executed, settings.check && process.env.HRD_EVERY !== "1" ? drawnBefore(notebook) : drawPicture);
}

async function committed(
  executed: ReadonlyMap<number, Output[]>,
  draw: DrawPicture = drawPicture,
): Promise<Map<number, Output[]>> {
  const all = [...executed].map(async ([cell, outputs]) => [cell, await committedOutputs(outputs, draw)] as const);
  return new Map(await Promise.all(all));
}

/**
 * For a check: draws the notebook's first figure, which stands for the others, and whatever differs from what is committed;
 * of a figure that is the same to the byte the committed picture is taken. HRD_EVERY=1 draws all.
 */
function drawnBefore(notebook: Notebook): DrawPicture {
  const known = new Map<string, string>();
  const keyOf = (plotly: JsonObject, alt: string): string => JSON.stringify([sorted(plotly), alt]);
  const [, ...others] = notebook.cells.flatMap(({ outputs }) =>
    outputs.flatMap((output) => ("data" in output && output.data[PLOTLY] !== undefined ? [output.data] : [])),
  );
  for (const data of others) {
    const picture = data["image/png"];
    if (typeof picture === "string") known.set(keyOf(asObject(data[PLOTLY]), text(data["text/plain"])), picture);
  }
  return async (plotly, alt) => {
    const picture = known.get(keyOf(plotly, alt));
    return picture === undefined ? drawPicture(plotly, alt) : Buffer.from(picture, "base64");
  };
}

/** Width of the column "3/12". */
function width(notebook: Notebook): number {
  return 2 * String(notebook.cells.length).length + 1;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2).padStart(7)} s`;
}

async function drawPicture(plotly: JsonObject, alt: string): Promise<Buffer> {
  const figure = { ...plotly, alt };
  if (!isFigure(figure)) {
    throw new Error(`a figure without data or layout: ${JSON.stringify(plotly).slice(0, 80)}`);
  }
  // A second to load, which a run without figures does not need to wait for.
  const { figurePng } = await import("../picture/picture");
  return figurePng(figure);
}

function isFigure(value: { alt: string; data?: unknown; layout?: unknown }): value is Figure {
  return Array.isArray(value.data) && typeof value.layout === "object" && value.layout !== null;
}

function compare(notebook: Notebook, executed: ReadonlyMap<number, Output[]>, content: string): string[] {
  const found = notebook.cells.flatMap((cell) =>
    differences(cell.outputs, executed.get(cell.number) ?? []).map(
      (difference) => `${notebook.name}, cell ${cell.number}: ${difference}`,
    ),
  );
  if (found.length > 0) return found;
  // Equal outputs in another layout: keys out of order, counts that do not start at 1, a kernel's other name.
  const same = withoutPictures(content) === withoutPictures(readFileSync(notebook.file, "utf8"));
  return same ? [] : [`${notebook.name} is not laid out as the runner writes it`];
}

/** An explorer's figure may lack its description; a committed one may not. */
function undescribed(notebook: Notebook, executed: ReadonlyMap<number, Output[]>): string[] {
  return [...executed].flatMap(([cell, outputs]) =>
    outputs
      .filter((output) => "data" in output && PLOTLY in output.data && text(output.data["text/plain"]) === NO_ALT)
      .map(() => `${notebook.name}, cell ${cell}: a figure has no alt, a text that says what it shows`),
  );
}

function withoutPictures(text: string): string {
  return text.replace(/"image\/png": "[^"]*"/g, "");
}

/** Said before the notebook runs, which may take its time. */
function toBeWritten(file: string, to: string | null): void {
  try {
    accessSync(to ?? file, constants.W_OK);
  } catch {
    throw new Error(
      `${to ?? file} cannot be written by this user: say with --to FOLDER where to write executed copies, or use --check`,
    );
  }
}

function write(file: string, content: string, pictures: readonly NamedPicture[], to: string | null): void {
  writeFileSync(to === null ? file : path.join(to, path.basename(file)), content);
  if (to !== null) return;
  for (const picture of pictures) {
    mkdirSync(path.dirname(picture.file), { recursive: true });
    writeFileSync(picture.file, picture.png);
  }
}

/** A figure that the README or a page shows: a copy of the picture in the notebook. */
interface NamedPicture {
  file: string;
  png: Buffer;
}

/** The tag `picture:figure-1` on a cell keeps its first figure as pictures/figure-1.png beside the notebook. */
function namedPictures(notebook: Notebook, executed: ReadonlyMap<number, Output[]>): NamedPicture[] {
  return notebook.cells.flatMap((cell) => {
    const name = cell.tags.map((tag) => /^picture:([\w-]+)$/.exec(tag)?.[1]).find((found) => found !== undefined);
    const outputs = executed.get(cell.number) ?? [];
    const png = outputs.map((output) => ("data" in output ? output.data["image/png"] : undefined)).find(Boolean);
    if (name === undefined || typeof png !== "string") return [];
    const file = path.join(path.dirname(notebook.file), "pictures", `${name}.png`);
    return [{ file, png: Buffer.from(png, "base64") }];
  });
}

function comparePictures(pictures: readonly NamedPicture[]): string[] {
  return pictures
    .filter(({ file, png }) => !existsSync(file) || !samePicture(readFileSync(file), png))
    .map(({ file }) => `pictures/${path.basename(file)} is not the picture that its notebook shows`);
}
