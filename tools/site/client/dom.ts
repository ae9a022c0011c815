/** A button with a text. */
export function button(label: string, act: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = label;
  made.addEventListener("click", act);
  return made;
}

let region: HTMLElement | undefined;

/** Says something to screen readers without moving the focus. */
export function announce(text: string): void {
  if (region === undefined) {
    region = document.createElement("div");
    region.className = "announcer";
    region.setAttribute("role", "status");
    document.body.append(region);
  }
  region.textContent = text;
}

/** Path from this page to the root of the site. */
export function base(): string {
  return document.documentElement.dataset.base ?? "";
}

const loading = new Map<string, Promise<void>>();

/** Loads a script of the site once. */
export function loadScript(address: string): Promise<void> {
  const known = loading.get(address);
  if (known !== undefined) return known;
  const promise = new Promise<void>((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.addEventListener("load", () => resolve());
    script.addEventListener("error", () => reject(new Error(`${address} could not be loaded`)));
    document.head.append(script);
  });
  loading.set(address, promise);
  return promise;
}

/** Offers a file for download. */
export function download(name: string, content: string | Blob, type: string): void {
  const blob = typeof content === "string" ? new Blob([content], { type }) : content;
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
