import { chosen } from "./state";

/** Runs in the head of each page, before anything is seen: the page's colours, and whether code is folded. */
const root = document.documentElement;
root.classList.add("js");
const theme = chosen("theme");
if (theme === "light" || theme === "dark") root.dataset.theme = theme;
// Readers come for what was found; who wants the code opens it once.
if (chosen("code") !== "open") root.classList.add("code-folded");
