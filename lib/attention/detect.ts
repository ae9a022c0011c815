import { excerpt, refuse } from "./fault";
import { isGoogleTrends } from "./google-trends";
import { ATTENTION_FORMATS, type AttentionFormat, FORMAT_TITLES } from "./types";
import { GDELT_HEADER, MEDIA_CLOUD_HEADER } from "./wide-and-long";

/**
 * Which export a text is, by its first lines.
 *
 * @throws DataError that says what the text is instead: a web page, a service's error message, another export
 */
export function detectFormat(text: string, file: string): AttentionFormat {
  const body = text.trimStart();
  if (body === "") throw refuse(file, "file-empty", "is empty; an export of a service was expected");
  if (body.startsWith("{") || body.startsWith("[")) return "wikimedia-api";
  if (body.startsWith("<")) {
    const title = /<title[^>]*>([^<]*)<\/title>/i.exec(body)?.[1];
    const named = title === undefined ? "" : ` (${excerpt(title)})`;
    throw refuse(file, "html", `is a web page${named}, not an export; save the file that the page offers`);
  }
  const [first] = text.split(/\r\n|\n|\r/, 1);
  const header = first.trim();
  if (header === GDELT_HEADER) return "gdelt-timeline";
  if (header === MEDIA_CLOUD_HEADER) return "media-cloud";
  if (isGoogleTrends(text)) return "google-trends";
  if (/^"?Date"?,/.test(header) && header.split(",").length > 1) return "pageviews-tool";
  throw refuse(file, "format", whatItIs(header));
}

function whatItIs(header: string): string {
  if (/limit requests|too many requests|rate limit/i.test(header)) {
    return `holds a message of the service about too many requests and no data (GDELT sends it with status 200): ${excerpt(header, 120)}; ask again later`;
  }
  if (header.startsWith("url,url_mobile,title")) {
    return "is GDELT's list of articles; the timeline is needed (mode=timelinevol or timelinevolraw)";
  }
  if (/^date\b/i.test(header) && header.includes(",")) {
    return `has the columns ${excerpt(header, 120)}, which no known export has. ${known()}`;
  }
  if (!header.includes(",")) {
    return `begins with ${excerpt(header, 120)}, which is a message or another kind of file, not an export of a series. ${known()}`;
  }
  return `begins with ${excerpt(header, 120)}, which is no known export. ${known()}`;
}

const known = (): string =>
  `Known are: ${ATTENTION_FORMATS.map((format) => FORMAT_TITLES[format]).join("; ")}`;
