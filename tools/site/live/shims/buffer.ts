/** What lib/ and cells need of Node's Buffer: bytes that know their text. */
export class PageBuffer extends Uint8Array {
  static alloc(size: number): PageBuffer {
    return new PageBuffer(size);
  }

  static override from(value: string | ArrayLike<number> | Iterable<number>, encoding: unknown = "utf8"): PageBuffer {
    if (typeof value !== "string") return new PageBuffer(Array.from(value));
    if (encoding === "base64") return new PageBuffer(Array.from(atob(value), (letter) => letter.charCodeAt(0)));
    return bufferOf(new TextEncoder().encode(value));
  }

  static concat(parts: readonly Uint8Array[]): PageBuffer {
    const whole = new PageBuffer(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }

  static isBuffer(value: unknown): boolean {
    return value instanceof PageBuffer;
  }

  override toString(encoding: unknown = "utf8"): string {
    if (encoding === "base64") return btoa(Array.from(this, (byte) => String.fromCharCode(byte)).join(""));
    if (encoding === "hex") return Array.from(this, (byte) => byte.toString(16).padStart(2, "0")).join("");
    if (encoding === "latin1") {
      let text = "";
      // So many arguments a call may have on every engine.
      for (let at = 0; at < this.length; at += 8192) text += String.fromCharCode(...this.subarray(at, at + 8192));
      return text;
    }
    return new TextDecoder().decode(this);
  }
}

/** The same bytes, not a copy. */
export function bufferOf(bytes: Uint8Array): PageBuffer {
  const { buffer } = bytes;
  return buffer instanceof ArrayBuffer
    ? new PageBuffer(buffer, bytes.byteOffset, bytes.byteLength)
    : new PageBuffer(Array.from(bytes));
}
