import { HAND_IN_FORMAT, type HandIn, handInFile, handInText } from "../../../hand-in/sealed";
import { savedNotebook } from "../../../notebooks/saved";
import { sha256 } from "../../../seal/seal";
import { button, download } from "../../client/dom";
import type { LiveApi } from "../../live/client/api";
import type { Record } from "./answers";
import { type Dialog, dialog, paragraph } from "./dialog";
import { part } from "./parts";

/** A file to be saved. */
interface Saving {
  readonly name: string;
  readonly text: string;
  readonly type: string;
}

/**
 * *Save*: the notebook as it stands in the page, and a hand-in with answers, code and times, sealed. As downloads, or where
 * `npm start` serves the page, into student/ of the project.
 */
export function saveButton(api: LiveApi, record: Record): HTMLButtonElement {
  let open: Dialog | null = null;
  return button("Save", () => {
    open ??= saveDialog(api, record);
    open.say("");
    open.element.showModal();
  });
}

function saveDialog(api: LiveApi, record: Record): Dialog {
  const made = dialog("Save");
  const address = document.querySelector<HTMLMetaElement>('meta[name="hrd-save"]')?.content ?? null;
  const name = document.createElement("input");
  name.type = "text";
  name.maxLength = 200;
  name.autocomplete = "off";
  made.content.append(...explanation(api.notebook, address !== null), labelled(name));
  const act = button("Save both files", () => void saveBoth(false));
  const replace = button("Replace what is there", () => void saveBoth(true));
  replace.hidden = true;
  made.buttons.prepend(act, replace);
  const saveBoth = async (replacing: boolean): Promise<void> => {
    act.disabled = true;
    replace.hidden = true;
    try {
      const files = await filesToSave(api, record, name.value);
      const { saved, there } = address === null ? downloaded(files) : await post(address, files, replacing);
      replace.hidden = there.length === 0;
      made.say(saidOf({ saved, there }));
    } catch (error) {
      made.say(`It could not be saved: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      act.disabled = false;
    }
  };
  return made;
}

function explanation(notebook: string, served: boolean): HTMLElement[] {
  const where = served ? "They go into student/ of the project" : "Your browser saves them among your downloads";
  return [
    paragraph(
      `Two files: the notebook ${notebook}.ipynb, as it stands here, for Jupyter; and a hand-in (.hand-in.json) with your name, your answers, how often you tried, the code that you changed, and when you began and saved. ${where}; nothing is sent anywhere.`,
    ),
    paragraph(
      "The hand-in is sealed: a file that is changed afterwards is found. The seal does not prove who wrote it.",
    ),
  ];
}

function labelled(field: HTMLInputElement): HTMLElement {
  const label = document.createElement("label");
  label.append("Your name or number, as your lecturer wants it ", field);
  return label;
}

/** Which files were saved, and which are there already and were not replaced. */
interface Outcome {
  readonly saved: readonly string[];
  readonly there: readonly string[];
}

function saidOf({ saved, there }: Outcome): string {
  const parts = [
    ...(saved.length > 0 ? [`Saved: ${saved.join(" and ")}.`] : []),
    ...(there.length > 0 ? [`${there.join(" and ")} ${there.length === 1 ? "is" : "are"} there already.`] : []),
  ];
  return parts.join(" ");
}

function downloaded(files: readonly Saving[]): Outcome {
  for (const { name, text, type } of files) download(name, text, type);
  return { saved: files.map(({ name }) => name), there: [] };
}

async function filesToSave(api: LiveApi, record: Record, student: string): Promise<Saving[]> {
  const page = await api.ready();
  const cells = page.cells();
  const skeleton = String(await part(`notebook-${api.notebook}`, api));
  const notebook = savedNotebook(
    skeleton,
    cells.map(({ id, source, outputs, state }) => ({
      id,
      source,
      outputs,
      ran: state === "done" || state === "error",
    })),
  );
  const saved = new Date().toISOString();
  const handIn: HandIn = {
    format: HAND_IN_FORMAT,
    student: student.trim(),
    notebook: api.notebook,
    began: record.began ?? saved,
    saved,
    answers: record.answers(),
    cells: cells.filter(({ edited }) => edited).map(({ id, source }) => ({ id, source })),
    notebookSha256: sha256(notebook),
  };
  return [
    { name: `${api.notebook}.ipynb`, text: notebook, type: "application/x-ipynb+json" },
    { name: handInFile(handIn), text: handInText(handIn), type: "application/json" },
  ];
}

/** Hands files to the server of `npm start`. */
async function post(address: string, files: readonly Saving[], replace: boolean): Promise<Outcome> {
  const saved: string[] = [];
  const there: string[] = [];
  for (const { name, text } of files) {
    const path = `student/${name}`;
    const response = await fetch(address, {
      method: "POST",
      headers: { "content-type": "application/json", "x-hrd-save": "1" },
      body: JSON.stringify({ path, text, replace }),
    });
    const words = await response.text();
    if (response.status === 409) there.push(path);
    else if (response.ok) saved.push(path);
    else throw new Error(words.trim());
  }
  return { saved, there };
}
