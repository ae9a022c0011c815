import { config } from "zod/mini";
import type { Exercise } from "../../../../lib/teaching/exercise";
import {
  type ClassReport,
  type ClassRow,
  classCsv,
  classReport,
  type ExerciseSummary,
  type Judged,
  MARKS,
} from "../../../hand-in/class-report";
import { type DroppedFile, LONGEST } from "../../../hand-in/read";
import { announce, button, download } from "../../client/dom";
import { filesOf } from "./dropped-files";

/**
 * The lecturer's page. Whatever stands in a file becomes text of an element, never HTML.
 */
function readClass(): void {
  const input = document.querySelector<HTMLInputElement>("#class-files");
  const drop = document.querySelector<HTMLElement>(".class-drop");
  const results = document.querySelector<HTMLElement>(".class-results");
  const json = document.querySelector("#class-exercises")?.textContent;
  if (input === null || drop === null || results === null || !json) return;
  // Written by classPage() when the page was made.
  const exercises: Exercise[] = JSON.parse(json);
  const read = async (files: readonly File[]): Promise<void> => {
    const started = performance.now();
    results.replaceChildren(paragraph(`Reading ${files.length} files …`, "class-status"));
    const [wanted, others] = [files.filter(isJson), files.filter((file) => !isJson(file))];
    const report = classReport(await Promise.all(wanted.map(textOf)), exercises);
    const seconds = (performance.now() - started) / 1000;
    results.replaceChildren(...shown(report, others.length, seconds));
    announce(results.querySelector(".class-status")?.textContent ?? "");
  };
  input.addEventListener("change", () => void read([...(input.files ?? [])]));
  drop.addEventListener("dragover", (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    if (event.dataTransfer !== null) void filesOf(event.dataTransfer).then(read);
  });
}

const isJson = (file: File): boolean => file.name.toLowerCase().endsWith(".json");

async function textOf(file: File): Promise<DroppedFile> {
  // What is too long is refused by its length; reading all of it could fill the memory.
  const part = file.size > 4 * LONGEST ? file.slice(0, LONGEST + 1) : file;
  return { name: file.name, text: await part.text() };
}

function shown(report: ClassReport, others: number, seconds: number): Node[] {
  const { rows, refused, exercises } = report;
  const altered = rows.filter((row) => row.altered).length;
  const students = new Set(rows.map(({ student }) => student.toLowerCase())).size;
  const counts = [
    `${plural(rows.length, "hand-in")} of ${plural(students, "student")}`,
    `${altered} altered`,
    `${refused.length} that ${refused.length === 1 ? "is" : "are"} no hand-in`,
    ...(others > 0 ? [`${plural(others, "file")} of another kind, left out`] : []),
  ];
  const status = paragraph(`${counts.join("; ")}. Read in ${seconds.toFixed(1)} s.`, "class-status");
  const tools = document.createElement("p");
  tools.className = "class-tools";
  tools.append(button("Save as CSV", () => download("class.csv", classCsv(report), "text/csv")));
  const parts: Node[] = [status];
  if (rows.length > 0) parts.push(tools, ...notebooks(rows), ...commonMistakes(exercises));
  if (refused.length > 0) {
    const list = document.createElement("ul");
    list.append(...refused.map(({ file, reason }) => item(`${file} ${reason}.`)));
    parts.push(heading("Files that are no hand-ins"), list);
  }
  return parts;
}

function notebooks(rows: readonly ClassRow[]): Node[] {
  return [...new Set(rows.map(({ notebook }) => notebook))].flatMap((notebook) => {
    const own = rows.filter((row) => row.notebook === notebook);
    const exercises = own[0]?.answers.map(({ exercise }) => exercise) ?? [];
    const columns = ["Student", ...exercises, "Right", "Tries", "Minutes", "Saved", "Remarks"];
    const lines = own.map((row) => {
      const line = document.createElement("tr");
      if (row.altered) line.className = "altered";
      const name = document.createElement("th");
      name.scope = "row";
      name.append(row.student || row.file);
      line.append(name, ...row.answers.map(mark));
      line.append(
        cell(`${row.right} of ${row.answers.length}`, "right"),
        cell(String(row.tries), "right"),
        cell(row.minutes < 0 ? "–" : String(row.minutes), "right"),
        cell(row.saved.slice(0, 16).replace("T", " "), "short"),
        cell(row.remarks.join(" "), row.remarks.length > 0 ? "some" : ""),
      );
      return line;
    });
    const counted = own.filter(({ altered, earlier }) => !altered && !earlier);
    const middle = median(counted.map(({ minutes }) => minutes));
    const caption = `Notebook ${notebook}: ${plural(own.length, "hand-in")}${middle === null ? "" : `, ${middle} minutes in the middle`}`;
    return [heading(`Notebook ${notebook}`), tableOf(caption, columns, lines)];
  });
}

function mark(answer: Judged): HTMLElement {
  const made = cell(
    `${MARKS[answer.verdict]}${answer.checked ? "" : "*"}`,
    `mark ${answer.verdict.replaceAll(" ", "-")}`,
  );
  const typed = answer.typed === null ? "" : `, answered ${answer.typed}`;
  made.title = `${answer.exercise}: ${answer.verdict}${answer.checked ? "" : ", said by the file"}${typed}, ${plural(answer.tries, "try", "tries")}`;
  const words = document.createElement("span");
  words.className = "only-heard";
  words.textContent = ` ${answer.verdict}`;
  made.append(words);
  return made;
}

function commonMistakes(exercises: readonly ExerciseSummary[]): Node[] {
  const lines = exercises.map(({ exercise, answered, right, mistakes }) => {
    const line = document.createElement("tr");
    const name = document.createElement("th");
    name.scope = "row";
    name.append(exercise);
    const made = cell("", "long");
    const list = document.createElement("ul");
    list.append(...mistakes.slice(0, 5).map(({ words, students }) => item(`${students} × ${words}`)));
    if (mistakes.length > 5) list.append(item(`and ${plural(mistakes.length - 5, "other")}`));
    if (mistakes.length > 0) made.append(list);
    line.append(name, cell(String(answered), "right"), cell(String(right), "right"), made);
    return line;
  });
  return [
    heading("Common mistakes"),
    tableOf("Exercises", ["Exercise", "Answered", "Right", "Mistakes, the commonest first"], lines),
  ];
}

function tableOf(caption: string, columns: readonly string[], lines: readonly HTMLElement[]): HTMLElement {
  const outer = document.createElement("div");
  outer.className = columns.length > 6 ? "table wide" : "table";
  const title = paragraph(caption, "caption");
  const box = document.createElement("div");
  box.className = "scroll";
  box.tabIndex = 0;
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", caption);
  const table = document.createElement("table");
  table.className = "data";
  const head = document.createElement("tr");
  head.append(
    ...columns.map((label) => {
      const made = document.createElement("th");
      made.scope = "col";
      made.textContent = label;
      return made;
    }),
  );
  table.createTHead().append(head);
  table.createTBody().append(...lines);
  box.append(table);
  outer.append(title, box);
  return outer;
}

function cell(text: string, className: string): HTMLTableCellElement {
  const made = document.createElement("td");
  made.className = className;
  made.textContent = text;
  return made;
}

function item(text: string): HTMLElement {
  const made = document.createElement("li");
  made.textContent = text;
  return made;
}

function heading(text: string): HTMLElement {
  const made = document.createElement("h2");
  made.textContent = text;
  return made;
}

function paragraph(text: string, className: string): HTMLElement {
  const made = document.createElement("p");
  made.className = className;
  made.textContent = text;
  return made;
}

function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half];
  if (upper === undefined) return null;
  return sorted.length % 2 === 1 ? upper : Math.round((upper + (sorted[half - 1] ?? upper)) / 2);
}

// The page's policy lets no text be run as code, which zod would do to be faster.
config({ jitless: true });
readClass();
