/**
 * In a page DOMPurify takes the browser's own document, in place of one that Node would make. It is another one than the
 * page's: in it no picture is loaded before it was looked at.
 */
const inert = document.implementation.createHTMLDocument("");

export class JSDOM {
  // A window but for its document; the getter of `trustedTypes` works on the page's own window only.
  readonly window: Window & typeof globalThis = Object.create(window, {
    document: { value: inert },
    trustedTypes: { value: undefined },
  });
}
