import { announce, button } from "./dom";

/** A button on each piece of code that copies it. */
export function addCopyButtons(): void {
  for (const block of document.querySelectorAll<HTMLElement>("pre.code:not(.source)")) {
    const frame = document.createElement("div");
    frame.className = "copy-frame";
    block.replaceWith(frame);
    const made = button("Copy", () => {
      void copy(block.textContent ?? "").then(() => {
        made.textContent = "Copied";
        announce("Copied");
        setTimeout(() => {
          made.textContent = "Copy";
        }, 1500);
      });
    });
    made.className = "copy";
    made.setAttribute("aria-label", `Copy: ${block.getAttribute("aria-label") ?? "code"}`);
    frame.append(block, made);
  }
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without the permission, the old way: select and copy.
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}
