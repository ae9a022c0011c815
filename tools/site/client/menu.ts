/** The list of notebooks closes as a menu does: by Escape, by a click elsewhere, and when the focus leaves it. */
export function closeMenus(): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu")) {
    const leave = ({ target }: Event): void => {
      if (!(target instanceof Node && menu.contains(target))) menu.open = false;
    };
    document.addEventListener("click", leave);
    document.addEventListener("focusin", leave);
    menu.addEventListener("keydown", ({ key }) => {
      if (key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary")?.focus();
    });
  }
}
