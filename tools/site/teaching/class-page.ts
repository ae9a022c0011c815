import { scriptJson } from "../../../lib/tables/escape";
import { exercises } from "../../../lib/teaching/exercise";
import { finishedPage } from "../finished-page";
import { document, element } from "../sanitise";
import type { Page } from "../site";

/** Address of the lecturer's page inside the site. */
export const CLASS = "class.html";

/**
 * The page on which a lecturer reads what a class handed in: files are dropped there, and nothing leaves it. Its script
 * finds the exercises beside it, with fingerprints instead of solutions.
 */
export function classPage(): Page {
  const main = document.createElement("main");
  main.className = "wide";
  main.append(
    ...element(`<h1>What the class handed in</h1>
<p class="lead">Students press <em>Save</em> on a notebook's page and hand in the file <code>….hand-in.json</code>. Drop all of them here, of one notebook or of several: this page reads them on your computer, sends nothing anywhere, and works without a network.</p>
<div class="class-drop"><p><label for="class-files">Hand-ins (files or a folder, dropped here or chosen)</label></p>
<p><input type="file" id="class-files" multiple accept=".json,application/json"></p></div>
<noscript><p>This page needs scripts: the files are read in the browser.</p></noscript>
<div class="class-results"></div>
<h2>What a seal can show, and what not</h2>
<p>Each file is sealed with the SHA-256 of its content. A file that was <strong>changed after it was saved</strong>, by hand or by accident, no longer fits its seal; it is marked <em>altered</em> and counts nowhere. The seal does <strong>not</strong> show who did the work or when: times come from the student's computer, and the code that seals is in every page, so that somebody who can program can seal anything. Marks do not rest on what a file says of itself: each answer is judged here, by the same fingerprints as on the pages. An answer that a cell gave as a rounded number is the exception; its mark is shown as <em>said by the file</em>. Two files with the same answers, code and times under two names are named as the same work.</p>`)
      .childNodes,
  );
  const known = document.createElement("script");
  known.setAttribute("type", "application/json");
  known.id = "class-exercises";
  known.textContent = scriptJson(exercises());
  main.append(known);
  return finishedPage(main, {
    path: CLASS,
    title: "What the class handed in",
    description: "Marks, times and common mistakes of a class, from the files that students saved on the pages.",
  });
}
