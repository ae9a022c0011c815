import { gzipSync } from "node:zlib";
import type { Files } from "./site";

/** What a page of the site weighs besides the assets that pages share: itself and its pictures in one colour scheme. */
export interface PageWeight {
  readonly path: string;
  /** Bytes as a server sends them: text gzipped, pictures as they are. */
  readonly bytes: number;
}

/** The most that a page may weigh. */
export const MOST_BYTES = 400_000;

/** The weights of all pages that can be heavy, the heaviest first; those below a tenth of the limit are not listed. */
export function pageWeights(files: Files): PageWeight[] {
  return [...files]
    .filter(([path, content]) => path.endsWith(".html") && content.length > MOST_BYTES / 10)
    .map(([path, content]) => {
      const html = content.toString();
      const sources = new Set([...html.matchAll(/<img[^>]* src="([^"]+)"/g)].map(([, source = ""]) => source));
      const pictures = [...sources].map((source) => files.get(source.replace(/^(?:\.\.\/)+/, ""))?.length ?? 0);
      const bytes = gzipSync(html, { level: 9 }).length + pictures.reduce((sum, size) => sum + size, 0);
      return { path, bytes };
    })
    .sort((a, b) => b.bytes - a.bytes);
}
