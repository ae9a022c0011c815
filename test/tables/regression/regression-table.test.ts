import { describe, expect, test } from "vitest";
import { mimeBundle } from "../../../lib/notebook";
import { cox } from "../../../lib/survival/cox";
import { tableText } from "../../../lib/tables";
import { journalTable, regressionLatex, regressionMarkdown, regressionTable } from "../../../lib/tables/regression";
import { PUBLIC, SYNTHETIC } from "../../figures/support";
import { event, featured, time, year } from "./ten-women";

const crude = cox({ time, event, covariates: { featured } });
const adjusted = cox({ time, event, covariates: { featured, "year & <b>|_*": year } });
const data = PUBLIC;

describe("regressionTable", () => {
  test("puts models with different covariates side by side, with n, events and fit", () => {
    const { rows, models, summary } = regressionTable([crude, adjusted], { data });
    expect(models).toEqual(["(1)", "(2)"]);
    expect(rows.map(({ name }) => name)).toEqual(["featured", "year & <b>|_*"]);
    expect(rows[1]?.cells[0]).toBeNull();
    expect(rows[0]?.cells[0]).toMatchObject({
      estimate: crude.terms[0]?.coefficient,
      standardError: crude.terms[0]?.standardError,
    });
    expect(summary.map(({ label, values }) => [label, values[0]])).toEqual([
      ["n", 10],
      ["Events", 7],
      ["Log-likelihood", crude.logLikelihood.fitted],
      ["Concordance", expect.any(Number)],
    ]);
  });

  test("stars are the paper's: p below 0.1, 0.05, 0.01", () => {
    const stars = (p: number) => {
      const terms = crude.terms.map((term) => ({ ...term, pValue: p }));
      const cell = regressionTable([{ label: "a", fit: { ...crude, terms } }], { data }).rows[0]?.cells[0];
      return typeof cell === "object" ? cell?.stars : undefined;
    };
    expect([0.1, 0.0999, 0.05, 0.0499, 0.01, 0.0099].map(stars)).toEqual(["", "*", "*", "**", "**", "***"]);
  });

  test("hazard ratios have the fit's intervals", () => {
    const { rows, notes } = regressionTable([crude], { data, style: "hazard ratios" });
    const [term] = crude.terms;
    expect(rows[0]?.cells[0]).toMatchObject({ estimate: term?.hazardRatio, lower: term?.lower });
    expect(notes[0]).toBe("Hazard ratios, 95% intervals in brackets.");
    const wide = cox({ time, event, covariates: { featured } }, { confidence: 0.99 });
    expect(() => regressionTable([crude, wide], { data, style: "hazard ratios" })).toThrow(/0\.95 and 0\.99/);
    expect(regressionTable([crude, wide], { data }).rows).toHaveLength(1);
  });

  test("says which ties, variances and penalties were used, and by which models", () => {
    const robust = cox({ time, event, covariates: { featured }, cluster: [1, 1, 2, 2, 3, 3, 4, 4, 5, 5] });
    const firth = cox({ time, event, covariates: { featured } }, { firth: true });
    const { notes, rows } = regressionTable([crude, robust, firth], { data });
    expect(notes).toContain("Ties by Efron's method.");
    expect(notes).toContain("Robust standard errors in (2).");
    expect(notes).toContain("Fitted with Firth's penalty in (3).");
    expect(rows[0]?.cells[1]).toMatchObject({ standardError: robust.terms[0]?.robustStandardError });
  });

  test("marks each row whose p value and limits are not Wald's, in every form", () => {
    const profiled = cox({ time, event, covariates: { featured } }, { profile: true });
    const regression = regressionTable([crude, profiled], { data, style: "hazard ratios" });
    expect(regression.notes).toContain("† p value and interval by the profile likelihood, not Wald's in (2).");
    const [row] = journalTable(regression).rows;
    expect(row?.map((cell) => String(cell).includes("†"))).toEqual([false, false, true]);
    expect(regressionMarkdown(regression).split("\n")[4]).toMatch(/^\| featured \| [^†]+ \| [^|]+† \|$/);
    expect(regressionLatex(regression)).toMatch(/\^\{\**\\dagger\}\$ \\\\/);
    const plain = regressionTable([crude], { data });
    expect(JSON.stringify([plain, journalTable(plain)])).not.toContain("†");
  });

  test("what was left out and what was not fitted keeps its place, with the reason", () => {
    const same = cox({ time, event, covariates: { featured, twice: featured.map((x) => 2 * x) } });
    const missing = { label: "none", fit: null, remark: "no row has the event" };
    const regression = regressionTable([crude, { label: "(2)", fit: same }, missing], { data });
    expect(regression.rows[1]).toEqual({ name: "twice", cells: [null, "left out", null] });
    expect(regression.notes.join(" ")).toMatch(/\(2\): "twice" is a linear combination of "featured"/);
    expect(regression.notes).toContain("none was not fitted: no row has the event.");
    expect(regression.summary[0]?.values).toEqual([10, 10, null]);
    expect(tableText(journalTable(regression))).toContain("left out");
  });

  test("bad input is an error", () => {
    expect(() => regressionTable([], { data })).toThrow(/needs at least one model/);
    const twice = { label: "a", fit: crude };
    expect(() => regressionTable([twice, twice], { data })).toThrow(/two models have the heading "a"/);
  });
});

describe("printing", () => {
  const regression = regressionTable([crude, adjusted], { data: SYNTHETIC, caption: "Release & <co> $5_%" });

  test("in a notebook: estimate above its bracket, notes below, the mark for synthetic data", () => {
    const bundle = mimeBundle(regression);
    expect(bundle["text/plain"]).toMatch(/^SYNTHETIC DATA: Release & <co>/);
    expect(bundle["text/plain"]).toMatch(/Log hazard ratios, standard errors in brackets\./);
    expect(bundle["text/html"]).toMatch(/−?\d\.\d{3}\**<br>\(\d\.\d{3}\)/);
    expect(bundle["text/html"]).toContain("year &amp; &lt;b&gt;|_*");
    expect(bundle["text/html"]).not.toContain("<co>");
  });

  test("Markdown: rows of equal length, nothing of the data is markup", () => {
    const markdown = regressionMarkdown(regression);
    expect(markdown).toContain("**SYNTHETIC DATA: Release &amp; &lt;co&gt; \\$5\\_%**");
    expect(markdown).toContain("| year &amp; &lt;b&gt;\\|\\_\\* |  |");
    const rows = markdown.split("\n").filter((line) => line.startsWith("|"));
    for (const row of rows) expect(row.replaceAll("\\|", "").split("|")).toHaveLength(5);
    expect(markdown).toContain("\\* p &lt; 0.1, \\*\\* p &lt; 0.05");
  });

  test("LaTeX: escaped text, numbers in mathematics", () => {
    const latex = regressionLatex(regression);
    expect(latex).toContain("\\caption{SYNTHETIC DATA: Release \\& \\textless{}co\\textgreater{} \\$5\\_\\%}");
    expect(latex).toContain("year \\& \\textless{}b\\textgreater{}\\textbar{}\\_*");
    expect(latex).toMatch(/featured & \$-?\d\.\d{3}(\^\{\*+\})?\$ & \$/);
    expect(latex.match(/\\\\$/gm)).toHaveLength(1 + 4 + 4);
  });

  test("where the robust variance does not hold the brackets say so, and show no interval", () => {
    const few = cox({ time, event, covariates: { featured }, cluster: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1] });
    expect(few.terms[0]?.test).toBeNull();
    const ratios = regressionTable([few], { data, style: "hazard ratios" });
    expect(tableText(journalTable(ratios))).toContain("(no limits)");
    expect(regressionMarkdown(ratios)).toContain("(no limits)");
    expect(regressionLatex(ratios)).toContain("(no limits)");
    expect(JSON.stringify(journalTable(ratios))).not.toContain("∞");
    expect(tableText(journalTable(regressionTable([few], { data })))).toContain("(no error)");
  });

  test("a limit without end has its sign in every format", () => {
    const terms = crude.terms.map((term) => ({ ...term, upper: Infinity }));
    const open = regressionTable([{ ...crude, terms }], { data, style: "hazard ratios" });
    expect(tableText(journalTable(open))).toContain("to ∞)");
    expect(regressionMarkdown(open)).toContain("to ∞)");
    expect(regressionLatex(open)).toContain("$\\infty$)");
  });
});
