/** Letters that a terminal draws two columns wide (East Asian wide and full-width forms). */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;
/** Marks that stand on the letter before them. */
const MARK = /\p{M}/u;

/** Columns that a line of text takes in a terminal. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const letter of text) columns += MARK.test(letter) ? 0 : WIDE.test(letter) ? 2 : 1;
  return columns;
}

/** The text filled with blanks to a number of columns, flush left or right. */
export function pad(text: string, columns: number, align: "left" | "right"): string {
  const blanks = " ".repeat(Math.max(0, columns - columnsOf(text)));
  return align === "right" ? blanks + text : text + blanks;
}

/** The text in lines of at most `limit` columns, broken at blanks where there are any. */
export function lines(text: string, limit: number): string[] {
  const result: string[] = [];
  for (const paragraph of text.split(/\r\n?|\n/)) {
    let line = "";
    for (const word of paragraph.split(/\s+/)) {
      const joined = line === "" ? word : `${line} ${word}`;
      if (columnsOf(joined) <= limit) {
        line = joined;
        continue;
      }
      if (line !== "") result.push(line);
      line = word;
      while (columnsOf(line) > limit) {
        const cut = cutAt(line, limit);
        result.push(line.slice(0, cut));
        line = line.slice(cut);
      }
    }
    result.push(line);
  }
  return result;
}

/** Index of the first letter beyond `limit` columns; at least one letter is kept. */
function cutAt(text: string, limit: number): number {
  let at = 0;
  let columns = 0;
  for (const letter of text) {
    columns += columnsOf(letter);
    if (columns > limit && at > 0) break;
    at += letter.length;
  }
  return at;
}
