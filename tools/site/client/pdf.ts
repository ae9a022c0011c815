import regular from "dejavu-fonts-ttf/ttf/DejaVuSans.ttf";
import bold from "dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf";
import { jsPDF } from "jspdf";
import { svg2pdf } from "svg2pdf.js";
import type { PdfMaker } from "./pdf-maker";

/**
 * Makes PDF files of figures; a script of its own, loaded when somebody wants one. Lines and letters stay lines and
 * letters; the font is in the file, as journals want it.
 */

const FAMILY = "DejaVu Sans";
const FACES = [
  { file: "DejaVuSans.ttf", style: "normal", weight: "400", base64: regular },
  { file: "DejaVuSans-Bold.ttf", style: "bold", weight: "700", base64: bold },
] as const;

let loaded: Promise<void> | undefined;

const maker: PdfMaker = {
  family: FAMILY,
  ready: () => {
    loaded ??= Promise.all(
      FACES.map(async ({ weight, base64 }) => {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        document.fonts.add(await new FontFace(FAMILY, bytes.buffer, { weight }).load());
      }),
    ).then(() => undefined);
    return loaded;
  },
  make: async (svg, { width, height, title, subject }) => {
    const pdf = new jsPDF({
      unit: "mm",
      format: [width, height],
      orientation: width > height ? "landscape" : "portrait",
      compress: true,
      putOnlyUsedFonts: true,
    });
    for (const { file, style, base64 } of FACES) {
      pdf.addFileToVFS(file, base64);
      pdf.addFont(file, FAMILY, style);
    }
    pdf.setProperties({ title, subject });
    // The same figure gives the same bytes.
    pdf.setCreationDate("D:19700101000000+00'00'");
    pdf.setFileId("0".repeat(32));
    const drawing = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
    spaceLines(drawing);
    joinStyles(drawing);
    await svg2pdf(drawing, pdf, { x: 0, y: 0, width, height });
    return pdf.output("blob");
  },
};

/** The lines of a text stand apart in letters of the text itself, whatever the size of a line's own: svg2pdf takes the latter. */
function spaceLines(drawing: Element): void {
  for (const text of drawing.querySelectorAll("text")) {
    const size = Number.parseFloat(/font-size:\s*([\d.]+)px/.exec(text.getAttribute("style") ?? "")?.[1] ?? "");
    if (!(size > 0)) continue;
    for (const line of text.querySelectorAll("tspan")) {
      const apart = /^(-?[\d.]+)em$/.exec(line.getAttribute("dy") ?? "")?.[1];
      if (apart !== undefined) line.setAttribute("dy", String(Number(apart) * size));
    }
  }
}

/** A line in bold is bold as a whole: svg2pdf places it by the width of letters of the line's own style. */
function joinStyles(drawing: Element): void {
  for (const inner of [...drawing.querySelectorAll("text tspan:only-child")].reverse()) {
    const outer = inner.parentElement;
    if (outer === null || outer.textContent !== inner.textContent || inner.hasAttribute("dy")) continue;
    outer.setAttribute("style", `${outer.getAttribute("style") ?? ""};${inner.getAttribute("style") ?? ""}`);
    inner.replaceWith(...inner.childNodes);
  }
}

window.hrdPdf = maker;
