import createPurifier from "dompurify";
import { JSDOM } from "jsdom";
import { webAddress } from "../../lib/tables/escape";

/**
 * HTML from cells and outputs is not trusted: a notebook may come from anywhere, and its outputs from any data. What
 * comes through here has no script, no style, no event attribute, no form and no address but http, https, mailto and
 * those inside the site.
 */

const TAGS = [
  ..."a abbr b blockquote br caption cite code col colgroup dd del details div dl dt em figcaption figure".split(" "),
  ..."h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp small span strong sub summary sup table".split(" "),
  ..."tbody td tfoot th thead tr u ul var".split(" "),
];

const ATTRIBUTES = [
  ..."align alt colspan headers height href lang data-slot rowspan scope span src start title width".split(" "),
];

const { window } = new JSDOM("<!doctype html><html><body></body></html>");
const purifier = createPurifier(window);

/** The document in which all pages are put together. */
export const document = window.document;

/** Untrusted HTML as an element that holds the harmless part of it. */
export function harmless(html: string): HTMLElement {
  const fragment = purifier.sanitize(withoutStyles(html), {
    ALLOWED_TAGS: TAGS,
    ALLOWED_ATTR: ATTRIBUTES,
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|data:image\/(?:png|jpeg|gif);base64,|[^:/?#]*(?:[/?#]|$))/i,
    RETURN_DOM_FRAGMENT: true,
  });
  const holder = document.createElement("div");
  holder.append(fragment);
  for (const link of holder.querySelectorAll("a[href]")) {
    const address = webAddress(link.getAttribute("href") ?? "");
    if (address === null) continue;
    link.setAttribute("href", address);
    link.setAttribute("rel", "noopener noreferrer");
  }
  for (const image of holder.querySelectorAll("img")) {
    const source = image.getAttribute("src") ?? "";
    // A picture from elsewhere would tell its server who reads the page.
    if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(source) && !source.startsWith("data:image/")) image.remove();
  }
  return holder;
}

/** Styles are dropped in any case; our own tables have one in each cell, and reading them takes most of the time. */
function withoutStyles(html: string): string {
  return html.replace(/(<(?:table|caption|th|td|span|strong)\b[^<>]*?) style="[^"<>]*"/g, "$1");
}

/** Trusted HTML as an element: for what the renderer itself has written. */
export function element(html: string): HTMLElement {
  const holder = document.createElement("div");
  holder.innerHTML = html;
  return holder;
}
