import type { HandedAnswer, HandedVerdict } from "../../../hand-in/sealed";
import type { Output } from "../../../notebooks/notebook";
import type { LiveApi, LiveCell, LivePage } from "../../live/client/api";

/** Told by the fields under exercises; see teaching/client/exercise.ts. */
export const ANSWERED = "hrd-answered";

const CHECK_MIME = "application/vnd.hrd.check+json";
const VERDICTS: readonly string[] = ["right", "reconsider", "not answered", "cannot be told"];

/** What happens on the page that belongs into a hand-in: answers, tries, times. It stays in the page. */
export class Record {
  began: string | null = null;
  readonly #answers = new Map<string, HandedAnswer>();
  #page: LivePage | null = null;

  constructor(api: LiveApi) {
    document.addEventListener(ANSWERED, (event) => {
      if (event instanceof CustomEvent) this.#typed(event.detail);
    });
    const cells = document.querySelectorAll("[data-cell]");
    const observer = new MutationObserver(() => {
      this.#begin();
      // Something runs, so that all is loaded already.
      void api.ready().then((page) => this.#follow(page));
    });
    for (const cell of cells) observer.observe(cell, { attributes: true, attributeFilter: ["data-state"] });
  }

  answers(): HandedAnswer[] {
    return [...this.#answers.values()].sort((a, b) => (a.exercise < b.exercise ? -1 : 1));
  }

  #follow(page: LivePage): void {
    if (this.#page === page) return;
    this.#page = page;
    page.onChange((cell) => this.#checked(cell));
    for (const cell of page.cells()) this.#checked(cell);
  }

  #begin(): string {
    const now = new Date().toISOString();
    this.began ??= now;
    return now;
  }

  #typed(detail: unknown): void {
    const { exercise, typed, verdict, digest } = Object(detail);
    if (typeof exercise !== "string" || typeof typed !== "string") return;
    this.#add(exercise, { typed: typed.slice(0, 200), verdict, digest: typeof digest === "string" ? digest : null });
  }

  /** A cell that has shown what check() says. */
  #checked({ state, outputs }: LiveCell): void {
    if (state !== "done") return;
    for (const { exercise, verdict, digest } of outputs.flatMap(checkIn))
      if (verdict !== "not answered") this.#add(exercise, { typed: null, verdict, digest });
  }

  #add(exercise: string, said: { typed: string | null; verdict: unknown; digest: string | null }): void {
    const now = this.#begin();
    const before = this.#answers.get(exercise);
    const same = before !== undefined && before.typed === said.typed && before.digest === said.digest;
    const verdict = isVerdict(said.verdict) ? said.verdict : "reconsider";
    this.#answers.set(exercise, {
      ...{ exercise, typed: said.typed, digest: said.digest, verdict },
      tries: (before?.tries ?? 0) + (same ? 0 : 1),
      first: before?.first ?? now,
      last: same ? before.last : now,
    });
  }
}

function isVerdict(value: unknown): value is HandedVerdict {
  return typeof value === "string" && VERDICTS.includes(value);
}

function checkIn(output: Output): { exercise: string; verdict: HandedVerdict; digest: string | null }[] {
  if (!("data" in output)) return [];
  const { exercise, verdict, digest } = Object(output.data[CHECK_MIME]);
  if (typeof exercise !== "string" || !isVerdict(verdict)) return [];
  return [{ exercise, verdict, digest: typeof digest === "string" ? digest : null }];
}
