import { type TextStyle, textAdvance, textExtent } from "./font";
import { attribute, type Box } from "./svg-box";

/** The box of a text element: its lines below each other, anchored as it says. */
export function textBox(element: Element): Box {
  const lines = Array.from(element.querySelectorAll("tspan.line"));
  const style = styleOf(element);
  const { ascent, descent } = textExtent(style);
  const widths = (lines.length > 0 ? lines : [element]).map(lineWidth);
  const width = Math.max(...widths);
  const anchor = property(element, "text-anchor");
  const x = attribute(element, "x");
  const height = ascent + descent + Math.max(0, lines.length - 1) * 1.3 * style.size;
  return {
    x: x - (anchor === "middle" ? width / 2 : anchor === "end" ? width : 0),
    y: attribute(element, "y") - ascent,
    width: width === 0 ? 0 : width,
    height: width === 0 ? 0 : height,
  };
}

/** Width of the text below an element, each run measured in its own size and weight. */
export function lineWidth(element: Element): number {
  const own = Array.from(element.childNodes).filter((node) => node.nodeType === 3);
  const style = styleOf(element);
  return (
    own.reduce((sum, node) => sum + textAdvance(node.textContent ?? "", style), 0) +
    Array.from(element.children).reduce((sum, child) => sum + lineWidth(child), 0)
  );
}

function styleOf(element: Element): TextStyle {
  const weight = property(element, "font-weight");
  return {
    size: Number.parseFloat(property(element, "font-size") || "12"),
    bold: weight === "bold" || Number(weight) >= 600,
  };
}

/** A style or attribute of the nearest element that has it. */
function property(element: Element, name: string): string {
  for (let at: Element | null = element; at !== null; at = at.parentElement) {
    const styled = new RegExp(`(?:^|;)\\s*${name}\\s*:\\s*([^;]+)`).exec(at.getAttribute("style") ?? "")?.[1];
    const value = styled ?? at.getAttribute(name);
    if (value !== null && value !== undefined && value.trim() !== "") return value.trim();
  }
  return "";
}
