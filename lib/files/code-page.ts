/** Encodings of one script, with the letters that it uses most: what is read rightly has many of them, what is not few. */
const CODE_PAGES = [
  ["windows-1251", "Cyrillic in Windows-1251", "оеаинтсрвлкмдпу"],
  ["koi8-r", "Cyrillic in KOI8-R", "оеаинтсрвлкмдпу"],
  ["ibm866", "Cyrillic in code page 866", "оеаинтсрвлкмдпу"],
  ["windows-1256", "Arabic in Windows-1256", "اليمونرتبةعدسفهحك"],
  ["windows-1255", "Hebrew in Windows-1255", "יוהלאמרתבשנד"],
  ["windows-1253", "Greek in Windows-1253", "αοιετσνηυρπκμάίό"],
  ["gb18030", "Chinese in GB18030", ""],
  ["big5", "Chinese in Big5", ""],
  ["shift_jis", "Japanese in Shift-JIS", ""],
  ["euc-jp", "Japanese in EUC-JP", ""],
  ["euc-kr", "Korean in EUC-KR", ""],
] as const;

/** Bytes beyond ASCII in a Turkish text that are Icelandic letters in Latin-1: ğ, ı, ş, Ğ, İ, Ş. */
const TURKISH = /[ðýþÐÝÞ]/;
/** Letters of Latin-1 that Turkish does not have. */
const NOT_TURKISH = /[áíóúæéñãàèß]/i;
/** Central European letters, in the places where Latin-1 has signs. */
const CENTRAL_EUROPEAN = /[ąćęłńśźżšžčřěďťůőűĄĆĘŁŃŚŹŻŠŽČŘĚĎŤŮŐŰ]/;

/**
 * Which encoding some bytes are likely to be in that are not UTF-8, by the script that they show, with the text. It is
 * said in a message and never acted upon.
 *
 * @example likelyCodePage(Buffer.from("cff0e8e2e5f2", "hex")).name // "Cyrillic in Windows-1251"
 */
export function likelyCodePage(bytes: Uint8Array): { readonly name: string; readonly text: string } {
  const read = (encoding: string) => new TextDecoder(encoding).decode(bytes);
  const latin = read("windows-1252");
  // In a language of Latin letters most letters are ASCII; in another script none of a word is.
  const others = latin.match(/[^\0-\x7f]/g)?.length ?? 0;
  const beside = latin.match(/[a-z][^\0-\x7f]|[^\0-\x7f][a-z]/gi)?.length ?? 0;
  // The second byte of Shift-JIS may be a letter; its first is one that Latin-1 leaves empty.
  const empty = bytes.filter((byte) => byte > 0x80 && byte < 0xa0).length;
  if (beside * 3 < others || empty * 3 > others) {
    // Hebrew has no capitals, and all its letters lie among the small ones of Cyrillic.
    const small = bytes.every((byte) => byte < 0x80 || (byte >= 0xe0 && byte <= 0xfa));
    const scored = CODE_PAGES.map(([encoding, name, letters]) => {
      const text = read(encoding);
      if (small && encoding === "windows-1255") return { name, text, score: letterScore(text, letters) + 0.3 };
      return {
        name,
        text,
        score: letters === "" ? multibyteScore(encoding, bytes, text) : letterScore(text, letters),
      };
    });
    const best = scored.reduce((one, other) => (other.score > one.score ? other : one));
    if (best.score > 0.4) return best;
  }
  if (TURKISH.test(latin) && !NOT_TURKISH.test(latin)) {
    return { name: "Turkish in Windows-1254", text: read("windows-1254") };
  }
  const central = read("windows-1250");
  const signs = /[a-z][¹³¿¼¶±æêñ¯£¥¦¬®¾»øìùï¡èò][a-z]|[a-z][\u0080-\u009f¹³¿¼¶±]/i;
  if (CENTRAL_EUROPEAN.test(central) && /[¹³¿¼¶±£¥¦¬¯¾šžŠŽ\u009a\u009c\u009e\u009f]/.test(latin) && signs.test(latin)) {
    return { name: "Central European in Windows-1250", text: central };
  }
  return { name: "Latin-1 or Windows-1252", text: latin };
}

/** The share of a script's frequent letters among all that is not ASCII, less where capitals stand inside words. */
function letterScore(text: string, letters: string): number {
  const foreign = text.match(/[^\0-\x7f]/g) ?? [];
  const frequent = foreign.filter((letter) => letters.includes(letter.toLowerCase())).length;
  const odd = text.match(/\p{Ll}\p{Lu}/gu)?.length ?? 0;
  return (frequent - 2 * odd) / foreign.length;
}

/** How far two-byte characters lie where a language's usual ones do, 0 to 1. */
function multibyteScore(encoding: string, bytes: Uint8Array, text: string): number {
  if (text.includes("\ufffd")) return 0;
  const foreign = text.match(/[^\0-\x7f]/g) ?? [];
  const share = (pattern: RegExp) => foreign.filter((letter) => pattern.test(letter)).length / foreign.length;
  if (encoding === "euc-kr") return share(/[가-힣]/);
  if (encoding === "shift_jis" || encoding === "euc-jp") {
    return (share(/[ぁ-んァ-ヶー]/) > 0.2 ? 1 : encoding === "euc-jp" ? 0 : 0.8) * share(/[ぁ-んァ-ヶー一-龠]/);
  }
  // Characters of the first level, the common ones, have lead bytes of their own.
  const [from, to] = encoding === "big5" ? [0xa4, 0xc6] : [0xb0, 0xd7];
  let [leads, common] = [0, 0];
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] < 0x81) continue;
    leads += 1;
    if (bytes[i] >= from && bytes[i] <= to && (encoding === "big5" || bytes[i + 1] >= 0xa1)) common += 1;
    i += 1;
  }
  return (0.95 * common) / leads;
}
