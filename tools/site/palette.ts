import { crc32, deflateSync } from "node:zlib";
import { PNG } from "pngjs";

/**
 * A number for each colour that there is: quicker by far than a map that is asked for every pixel. It is made once, for
 * the system needs time to find its 64 MB, and is all zeros between two pictures.
 */
const counts = new Uint32Array(1 << 24);

/**
 * A picture of a figure with at most 256 colours: charts have few, and a byte a pixel instead of four makes the file
 * less than half as large. Colours beyond the 256 most frequent, all of them in the edges of letters, become the
 * nearest of those.
 *
 * @param bytes a PNG without transparency
 * @returns a PNG of the same size, or the given one where that is smaller
 */
export function withPalette(bytes: Buffer): Buffer {
  const { width, height, data } = PNG.sync.read(bytes);
  const pixels = new Uint32Array(width * height);
  for (let at = 3; at < data.length; at += 4) if (data[at] !== 255) return bytes;
  const colours: number[] = [];
  for (let at = 0; at < pixels.length; at++) {
    const from = 4 * at;
    const colour = ((data[from] ?? 0) << 16) | ((data[from + 1] ?? 0) << 8) | (data[from + 2] ?? 0);
    pixels[at] = colour;
    if (counts[colour] === 0) colours.push(colour);
    counts[colour] = (counts[colour] ?? 0) + 1;
  }
  // Frequency first, then the colour itself: the same picture gives the same palette.
  const palette = colours.sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b).slice(0, 256);
  // From here on the table holds each colour's place in the palette.
  for (const [at, colour] of palette.entries()) counts[colour] = at;
  for (const colour of colours.slice(256)) counts[colour] = nearest(palette, colour);
  const rows = Buffer.alloc((width + 1) * height);
  for (let row = 0, at = 0; row < height; row++) {
    // Each row starts with the number of its filter, which is none.
    const start = row * (width + 1) + 1;
    for (let column = 0; column < width; column++, at++) rows[start + column] = counts[pixels[at] ?? 0] ?? 0;
  }
  for (const colour of colours) counts[colour] = 0;
  const packed = png(width, height, palette, rows);
  return packed.length < bytes.length ? packed : bytes;
}

function nearest(palette: readonly number[], colour: number): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let at = 0; at < palette.length; at++) {
    const candidate = palette[at] ?? 0;
    const red = (candidate >> 16) - (colour >> 16);
    const green = ((candidate >> 8) & 255) - ((colour >> 8) & 255);
    const blue = (candidate & 255) - (colour & 255);
    const distance = red * red + green * green + blue * blue;
    if (distance < least) {
      best = at;
      least = distance;
    }
  }
  return best;
}

/** The file: header, palette, rows, end (PNG specification, second edition, 11.2). */
function png(width: number, height: number, palette: readonly number[], rows: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8); // 8 bits an index, colours by palette
  const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  return Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    chunk("IHDR", header),
    chunk("PLTE", colours),
    chunk("IDAT", deflateSync(rows, { level: 7 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), content]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(content.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
