import { showTerms } from "../teaching/client/terms";
import { codeSwitch, onTheme, theme, themeSwitch } from "./appearance";
import { addCopyButtons } from "./code";
import { markContents } from "./contents";
import { announce } from "./dom";
import { drawFigure } from "./draw";
import { holdFigures, showFigures } from "./figures";
import { remember, remembered } from "./memory";
import { closeMenus } from "./menu";
import { searchButton } from "./search";
import { stateChoices } from "./state";
import { workTables } from "./tables";

/** The script of all pages. A page without it is complete: it folds, links and prints, and its figures stand still. */
window.hrd = { drawFigure, theme, onTheme, remembered, remember, announce, liven, holdFigures };

function liven(root: HTMLElement): void {
  workTables(root);
  showFigures(root);
}

const controls = document.querySelector("[data-controls]");
const single = document.documentElement.dataset.single !== undefined;
for (const made of [codeSwitch(), themeSwitch(), single ? null : searchButton()])
  if (made !== null) controls?.append(made);
stateChoices();
closeMenus();
addCopyButtons();
markContents();
showTerms();
workTables();
showFigures();
