/** What a walk through a page asks of its nodes; selectors answer the same, at twenty times the price. */

export function isElement(node: Node): node is Element {
  return node.nodeType === 1;
}

export function isText(node: Node): node is Text {
  return node.nodeType === 3;
}

export function isComment(node: Node): node is Comment {
  return node.nodeType === 8;
}

/** Whether an element has one of these classes. */
export function hasClass(element: Element, ...names: readonly string[]): boolean {
  const classes = element.getAttribute("class")?.split(/\s+/) ?? [];
  return names.some((name) => classes.includes(name));
}
