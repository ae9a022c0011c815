import { unescapeHtml } from "../../lib/tables/escape";

/**
 * HTML of ours in which no step of rendering looks for anything, the rows behind a figure and coloured code, lies in a page
 * as one comment until the page is written: as elements, they were two thirds of all elements of the site.
 * Nobody else's comments get into a page (sanitise.ts drops them).
 */
const MARK = "aside:";
const SET_ASIDE = new RegExp(`<!--${MARK}([\\s\\S]*?)-->`, "g");

/**
 * The HTML as a comment that {@link withAsides} puts back.
 *
 * @throws Error where the HTML would end the comment
 */
export function setAside(html: string): string {
  if (/--!?>/.test(html)) throw new Error(`HTML that ends a comment cannot be set aside: ${html.slice(0, 80)}`);
  return `<!--${MARK}${html}-->`;
}

/** The text for search of what a comment holds that {@link setAside} made, words apart; nothing of any other comment. */
export function asideText(comment: string): string {
  if (!comment.startsWith(MARK)) return "";
  const html = comment.slice(MARK.length);
  return unescapeHtml(html.replace(/<\/[^>]*>/g, " ").replace(/<[^>]*>/g, ""));
}

/** The page with everything in its place that was set aside. */
export function withAsides(page: string): string {
  return page.replace(SET_ASIDE, (_, html: string) => html);
}
