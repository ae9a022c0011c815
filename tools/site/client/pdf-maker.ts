/** What the script that makes PDF files, `assets/pdf.js`, offers. */
export interface PdfMaker {
  /** The font that figures have to be drawn with. */
  readonly family: string;
  /** Makes the font known to the page, so that a figure is laid out with it. */
  ready(): Promise<void>;
  /** A page of that size in millimetres with the drawing. */
  make(
    svg: string,
    page: { readonly width: number; readonly height: number; readonly title: string; readonly subject: string },
  ): Promise<Blob>;
}

declare global {
  interface Window {
    hrdPdf?: PdfMaker;
  }
}
