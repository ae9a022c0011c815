import { PNG } from "pngjs";

/** How far two pictures are apart. */
export interface PictureDifference {
  /** The same file, byte for byte. */
  readonly equal: boolean;
  readonly sameSize: boolean;
  /** Largest difference of a colour channel of a pixel, 0 to 255; 255 where the sizes differ. */
  readonly maxDifference: number;
}

/**
 * Compares two PNG files by their pixels. The rasteriser rounds differently on other kinds of processors,
 * so equal figures may give bytes that differ while no eye sees a difference.
 *
 * @throws Error where a file is not a PNG
 * @example comparePng(committed, drawn).maxDifference <= 24
 */
export function comparePng(a: Buffer, b: Buffer): PictureDifference {
  const [first, second] = [PNG.sync.read(a), PNG.sync.read(b)];
  if (first.width !== second.width || first.height !== second.height) {
    return { equal: false, sameSize: false, maxDifference: 255 };
  }
  let maxDifference = 0;
  for (let at = 0; at < first.data.length; at++) {
    maxDifference = Math.max(maxDifference, Math.abs((first.data[at] ?? 0) - (second.data[at] ?? 0)));
  }
  return { equal: a.equals(b), sameSize: true, maxDifference };
}
