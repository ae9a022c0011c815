import { fingerprint } from "../../seal/seal";

/** The text of a function in a script: its pieces, one after the other. */
export function pieceText(script: string, places: readonly number[]): string {
  let text = "";
  for (let at = 0; at + 1 < places.length; at += 2) {
    const start = places[at] ?? 0;
    text += script.slice(start, start + (places[at + 1] ?? 0));
  }
  return text;
}

/** What of a script belongs to no function that has a place. */
export function restText(script: string, all: readonly (readonly number[])[]): string {
  const spans = all.flatMap((places) =>
    places.flatMap((start, at) => (at % 2 === 0 ? [[start, start + (places[at + 1] ?? 0)] as const] : [])),
  );
  let [text, end] = ["", 0];
  for (const [from, to] of spans.sort(([a], [b]) => a - b)) {
    text += script.slice(end, from);
    end = to;
  }
  return text + script.slice(end);
}

/** Fingerprints of a script's functions and, under another name, of its rest. */
export function pieceFingerprints(
  script: string,
  places: Readonly<Record<string, readonly number[]>>,
  restName: string,
): Map<string, string> {
  const found = new Map(Object.entries(places).map(([name, own]) => [name, fingerprint(pieceText(script, own))]));
  return found.set(restName, fingerprint(restText(script, Object.values(places))));
}
