/** Runs in the head of each page, before anything is seen: the page's colours, and whether code is folded. */
const root = document.documentElement;
root.classList.add("js");
try {
  const theme = localStorage.getItem("hrd-theme");
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  if (localStorage.getItem("hrd-code") === "folded") root.classList.add("code-folded");
} catch {
  // A page from a file may be denied its storage: then the system's theme holds.
}
