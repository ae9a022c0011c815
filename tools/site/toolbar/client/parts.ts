import { base } from "../../client/dom";
import type { LiveApi } from "../../live/client/api";

const loaded = new Map<string, Promise<unknown>>();

/**
 * What a script of assets/live hands over, also one that the page itself has loaded for its kernel. A script is the only
 * thing that a page from a file may load.
 */
export function part(name: string, api: LiveApi): Promise<unknown> {
  const known = loaded.get(name);
  if (known !== undefined) return known;
  const found = loadPart(name, api);
  loaded.set(name, found);
  found.catch(() => loaded.delete(name));
  return found;
}

async function loadPart(name: string, api: LiveApi): Promise<unknown> {
  // The page's own loader comes first: it takes its place only where there is none.
  await api.ready();
  return new Promise<unknown>((resolve, reject) => {
    const before = window.hrdAsset;
    // The page's own loader, where there is one, goes on taking what it waits for.
    window.hrdAsset = (own, content) => {
      if (own === name) resolve(content);
      before?.(own, content);
    };
    const script = document.createElement("script");
    script.src = `${base()}assets/live/${name}.js`;
    script.addEventListener("error", () => reject(new Error(`${script.src} could not be loaded`)));
    document.head.append(script);
  });
}
