import MarkdownIt from "markdown-it";
import { escapeHtml } from "../../lib/tables/escape";
import { highlight } from "./highlight";
import { formula } from "./math";
import { harmless } from "./sanitise";

/** Formulas between dollars as Jupyter reads them: no blank inside the dollars, no digit behind the second. */
const INLINE = /\$(?!\s)((?:\\.|[^\\$])+?)(?<!\s)\$(?!\d)/y;
const DISPLAY = /\$\$([\s\S]+?)\$\$/y;

/** Markdown with HTML in it, and without; formulas and code go into slots, whose content `env` takes. */
const withHtml = parser(true);
const withoutHtml = parser(false);

/**
 * Markdown of a cell as an element that is safe to put into a page. Formulas and code are set by us and
 * put into the page after everything else was made harmless, so that no cell can bring its own styles along.
 */
export function markdown(source: string): HTMLElement {
  const slots: string[] = [];
  const holder = harmless(withHtml.render(source, { slots }));
  for (const place of [...holder.querySelectorAll("[data-slot]")]) {
    const html = slots[Number(place.getAttribute("data-slot"))];
    const { parentElement } = place;
    if (html === undefined) place.removeAttribute("data-slot");
    // A formula that stands alone is no paragraph, for no paragraph holds a block.
    else if (place.tagName === "DIV" && parentElement?.tagName === "P" && parentElement.childNodes.length === 1)
      parentElement.outerHTML = html;
    else place.outerHTML = html;
  }
  return holder;
}

/** Markdown of a docstring as HTML: what looks like a tag in it is text, so that nothing has to be made harmless. */
export function docMarkdown(source: string): string {
  const slots: string[] = [];
  return withoutHtml
    .render(source, { slots })
    .replace(/<(span|div) data-slot="(\d+)"><\/\1>/g, (_, __, place: string) => slots[Number(place)] ?? "");
}

/** A place for HTML of ours in what is rendered with these slots. */
function slot(env: unknown, content: string, tag: "span" | "div"): string {
  const slots = typeof env === "object" && env !== null && "slots" in env ? env.slots : null;
  if (!Array.isArray(slots)) throw new Error("markdown was rendered without slots for formulas and code");
  return `<${tag} data-slot="${slots.push(content) - 1}"></${tag}>`;
}

function parser(html: boolean): InstanceType<typeof MarkdownIt> {
  const parse = new MarkdownIt({ html, linkify: false, typographer: false });
  parse.inline.ruler.before("escape", "formula", (state, silent) => {
    if (state.src.charAt(state.pos) !== "$") return false;
    for (const [pattern, display] of [
      [DISPLAY, true],
      [INLINE, false],
    ] as const) {
      pattern.lastIndex = state.pos;
      const match = pattern.exec(state.src);
      if (match?.[1] === undefined) continue;
      if (!silent) {
        const token = state.push(display ? "display_formula" : "formula", "math", 0);
        token.content = match[1].trim();
      }
      state.pos += match[0].length;
      return true;
    }
    return false;
  });
  // A number stays with its per cent.
  parse.renderer.rules.text = (tokens, at) =>
    parse.utils.escapeHtml((tokens[at]?.content ?? "").replace(/(\d) %/g, "$1\u00a0%"));
  parse.renderer.rules.formula = (tokens, at, _, env) => slot(env, formula(tokens[at]?.content ?? "", false), "span");
  parse.renderer.rules.display_formula = (tokens, at, _, env) =>
    slot(env, formula(tokens[at]?.content ?? "", true), "div");
  parse.renderer.rules.fence = (tokens, at, _, env) => {
    const { content = "", info = "" } = tokens[at] ?? {};
    const isScript = /^(?:ts|typescript|js|javascript)\b/.test(info);
    const code = isScript ? highlight(content.trimEnd()) : escapeHtml(content.trimEnd());
    return slot(env, `<pre class="code" tabindex="0" role="group" aria-label="Code"><code>${code}</code></pre>`, "div");
  };
  return parse;
}
