import { escapeHtml } from "../../../lib/tables/escape";
import { withAsides } from "../aside";
import { contentSecurityPolicy, headStart } from "../shell";
import type { Slide } from "./deck";

/** What a deck is made of beside its slides. */
export interface DeckOptions {
  readonly title: string;
  /** Address of the notebook's page. */
  readonly page: string;
  readonly styles: readonly string[];
  readonly scripts: readonly string[];
}

/**
 * A deck as a whole document: one slide fills the window, the others wait. Without scripts, and on paper, all slides
 * stand one after the other with their notes.
 */
export function deckDocument(slides: readonly Slide[], options: DeckOptions): string {
  const { title, page } = options;
  const styles = options.styles.map((file) => `<link rel="stylesheet" href="${file}">`);
  const scripts = options.scripts.map((file) => `<script src="${file}" defer></script>`);
  const description = `Slides to ${title}, for projecting: arrow keys, N for notes, S for the speaker's window.`;
  return `<!doctype html>
<html lang="en" data-base="" class="deck">
<head>
${headStart(`${title} · slides`, description, contentSecurityPolicy())}
${styles.join("\n")}
<script src="assets/theme.js"></script>
${scripts.join("\n")}
</head>
<body>
<main id="main" class="deck" aria-label="Slides" data-title="${escapeHtml(title)}">
${slides.map((slide, index) => slideHtml(slide, index, slides.length)).join("\n")}
</main>
<nav class="deck-bar" aria-label="Slides">
<a href="${escapeHtml(page)}">Notebook</a>
<span class="deck-buttons" hidden>
<button type="button" data-deck="previous" aria-label="Previous slide">←</button>
<span class="deck-place" role="status"></span>
<button type="button" data-deck="next" aria-label="Next slide">→</button>
<button type="button" data-deck="notes" aria-pressed="false" title="Notes (N)">Notes</button>
<button type="button" data-deck="speaker" title="Speaker's window (S)">Speaker</button>
<button type="button" data-deck="full" title="Full screen (F)">Full screen</button>
</span>
</nav>
</body>
</html>
`;
}

function slideHtml(slide: Slide, index: number, count: number): string {
  const { kind, body, notes } = slide;
  const html = (elements: readonly Element[]): string =>
    elements.map((element) => withAsides(element.outerHTML)).join("\n");
  return `<section class="slide ${kind}" id="slide-${index + 1}" aria-roledescription="slide" aria-label="${index + 1} of ${count}: ${escapeHtml(slide.title)}" tabindex="-1">
<div class="slide-frame"><div class="slide-body">
${html(body)}
</div></div>
${notes.length === 0 ? "" : `<aside class="slide-notes" aria-label="Notes">${html(notes)}</aside>`}
</section>`;
}
