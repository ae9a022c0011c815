import { button } from "../../client/dom";

/** A dialog of the page with a heading, a place for what it says, and a row of buttons. */
export interface Dialog {
  readonly element: HTMLDialogElement;
  readonly content: HTMLElement;
  readonly buttons: HTMLElement;
  /** Text that is read out as it changes. */
  say(words: string): void;
}

export function dialog(title: string): Dialog {
  const element = document.createElement("dialog");
  element.className = "page-dialog";
  const heading = document.createElement("h2");
  heading.textContent = title;
  heading.id = `dialog-${title.toLowerCase()}`;
  element.setAttribute("aria-labelledby", heading.id);
  const content = document.createElement("div");
  const status = document.createElement("p");
  status.className = "dialog-status";
  status.setAttribute("role", "status");
  const buttons = document.createElement("p");
  buttons.className = "dialog-buttons";
  buttons.append(button("Close", () => element.close()));
  element.append(heading, content, status, buttons);
  document.body.append(element);
  return {
    element,
    content,
    buttons,
    say: (words) => {
      status.textContent = words;
    },
  };
}

export function paragraph(text: string): HTMLElement {
  const made = document.createElement("p");
  made.textContent = text;
  return made;
}
