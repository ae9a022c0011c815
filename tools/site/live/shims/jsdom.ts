/** In a page the document is there; DOMPurify takes it in place of one that Node would make. */
export class JSDOM {
  readonly window = window;
}
