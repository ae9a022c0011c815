import { JSDOM } from "jsdom";
import { describe, expect, test } from "vitest";
import { loadLongList } from "../../lib/data";
import { table, tableHtml, tableText } from "../../lib/tables";

/** The table as a browser reads it. */
function dom(html: string): Document {
  return new JSDOM(html).window.document;
}

const HOSTILE = "<script>alert('x')</script> & \"quoted\"";

describe("escaping", () => {
  const hostile = table([{ [HOSTILE]: HOSTILE, formula: '=HYPERLINK("http://evil.example")', list: [HOSTILE, "b"] }], {
    caption: HOSTILE,
  });

  test("what comes from data is shown letter for letter and makes no element", () => {
    const document = dom(tableHtml(hostile));
    expect(document.querySelectorAll("script, a")).toHaveLength(0);
    expect(document.querySelector("caption")?.textContent).toContain(HOSTILE);
    expect(document.querySelector("th")?.textContent).toBe(HOSTILE);
    const cells = Array.from(document.querySelectorAll("td"));
    expect(cells[0]?.textContent).toBe(HOSTILE);
    expect(cells[1]?.textContent).toBe('=HYPERLINK("http://evil.example")');
    expect(cells[2]?.innerHTML).toBe("&lt;script&gt;alert('x')&lt;/script&gt; &amp; \"quoted\"<br>b");
  });

  test("an attribute cannot be left", () => {
    const link = table([{ a: { text: "x", url: 'https://a.example/"><script>alert(1)</script>' } }]);
    const document = dom(tableHtml(link));
    expect(document.querySelectorAll("script")).toHaveLength(0);
    expect(document.querySelector("a")?.getAttribute("href")).toBe(
      "https://a.example/%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
    );
  });
});

describe("links", () => {
  const href = (cell: string): string | null | undefined =>
    dom(tableHtml(table([{ cell }])))
      .querySelector("a")
      ?.getAttribute("href");

  test("http and https addresses become links that give nothing away", () => {
    const anchor = dom(tableHtml(table([{ source: ["https://www.cpj.org/2016/05/", "see page 3"] }]))).querySelector(
      "a",
    );
    expect(anchor?.textContent).toBe("cpj.org");
    expect(anchor?.getAttribute("href")).toBe("https://www.cpj.org/2016/05/");
    expect(anchor?.getAttribute("target")).toBe("_blank");
    expect(anchor?.getAttribute("rel")).toBe("noopener noreferrer");
  });

  test("anything else stays text", () => {
    for (const cell of [
      "javascript:alert(1)",
      "data:text/html,x",
      "ftp://a.example",
      "see https://a.example",
      "https://",
      "http://a b",
    ]) {
      expect(href(cell)).toBeUndefined();
    }
    expect(href("http://a.example")).toBe("http://a.example/");
    const named = dom(tableHtml(table([{ a: { text: "x", url: "javascript:alert(1)" } }])));
    expect(named.querySelector("a")).toBeNull();
    expect(named.querySelector("td")?.textContent).toBe("x (javascript:alert(1))");
  });

  test("as text they are numbered and written out below, each once", () => {
    const text = tableText(
      table([{ a: "https://a.example/1" }, { a: "https://b.example/2" }, { a: "https://a.example/1" }]),
    );
    expect(text.split("\n")).toEqual([
      "a",
      "-------------",
      "a.example [1]",
      "b.example [2]",
      "a.example [1]",
      "[1] https://a.example/1",
      "[2] https://b.example/2",
    ]);
  });
});

describe("provenance", () => {
  const women = loadLongList();

  test("mixed rows are told apart by a first column, and the caption says so", () => {
    const mixed = table(women.rows, { columns: [{ label: "Name", value: "label" }], caption: "Women" });
    expect(mixed.columns.map((column) => column.label)).toEqual(["Data", "Name"]);
    expect(mixed.rows[0]?.[0]).toBe("public record");
    expect(mixed.rows[36]?.[0]).toBe("synthetic");
    expect(tableText(mixed).split("\n")[0]).toBe("PARTLY SYNTHETIC DATA: Women");
    const mark = dom(tableHtml(mixed)).querySelector("caption strong");
    expect(mark?.textContent).toBe("PARTLY SYNTHETIC DATA");
  });

  test("the public record carries no mark and no extra column", () => {
    const real = table(
      women.rows.filter((woman) => woman.featured),
      { columns: ["country"] },
    );
    expect(real.columns.map((column) => column.label)).toEqual(["country"]);
    expect(tableHtml(real)).not.toMatch(/synthetic/i);
  });

  test("computed rows take it from the data they are computed from", () => {
    const computed = table([{ n: 3 }], { data: women });
    expect(computed.columns).toHaveLength(1);
    expect(tableText(computed)).toMatch(/^PARTLY SYNTHETIC DATA\n/);
    expect(tableText(table([{ n: 3 }], { data: { provenance: "synthetic" } }))).toMatch(/^SYNTHETIC DATA\n/);
  });

  test("data given as public record do not hide what the rows say themselves", () => {
    const rows = [{ name: "a", provenance: "synthetic" as const }];
    const shown = table(rows, { columns: ["name"], data: { provenance: "public-record" } });
    expect(shown.provenance).toContain("synthetic");
    expect(tableText(shown)).toMatch(/SYNTHETIC DATA/);
  });
});

describe("cells", () => {
  test("numbers stand flush right in a fixed format", () => {
    const numbers = table([{ share: 0.842105, months: -1234.5, year: 2015 }], {
      columns: [
        { label: "share", value: "share", percent: true, digits: 1 },
        { label: "time", value: "months", unit: "months", digits: 2 },
        "year",
      ],
    });
    expect(numbers.columns.map((column) => column.align)).toEqual(["right", "right", "right"]);
    expect(tableText(numbers)).toBe(
      ["share  time (months)  year", "-----  -------------  ----", "84.2%       −1234.50  2015"].join("\n"),
    );
    const cell = dom(tableHtml(numbers)).querySelector("td");
    expect(cell?.getAttribute("align")).toBe("right");
    expect(cell?.textContent).toBe("84.2%");
  });

  test("dates are not broken at their hyphens", () => {
    const cell = dom(tableHtml(table([{ bounds: "2016-07-22 to 2016-08" }]))).querySelector("td");
    expect(Array.from(cell?.querySelectorAll("span") ?? [], (date) => date.outerHTML)).toEqual([
      '<span style="white-space:nowrap">2016-07-22</span>',
      '<span style="white-space:nowrap">2016-08</span>',
    ]);
    expect(cell?.textContent).toBe("2016-07-22 to 2016-08");
  });

  test("small fractions are not rounded away, missing values and truth values are words", () => {
    const text = tableText(table([{ p: 0.0000012345, missing: null, yes: true, no: false, none: Number.NaN }]));
    expect(text.split("\n")[2]?.split(/\s+/)).toEqual(["0.000001234", "–", "yes", "no", "NaN"]);
  });

  test("what a table cannot show is refused with its row and column", () => {
    const rows: { a: unknown }[] = [{ a: 1 }, { a: undefined }];
    expect(() => table(rows)).toThrow('table row 2, column "a": holds nothing (undefined)');
    expect(() => table([{ a: { b: 1 } }])).toThrow('table row 1, column "a": holds a value of type object');
    expect(() => table([{ a: [["nested"]] }])).toThrow('column "a"');
  });
});

describe("as text", () => {
  test("columns line up, also beside wide letters and accents", () => {
    const text = tableText(
      table([
        { name: "王宇", n: 1 },
        { name: "Tạ Phong Tần", n: 12 },
      ]),
    );
    expect(text.split("\n")).toEqual(["name           n", "------------  --", "王宇           1", "Tạ Phong Tần  12"]);
  });

  test("long text goes on in the next line and loses no word", () => {
    const long = "one of the women was released on bail after a televised statement in the summer";
    const lines = tableText(table([{ note: long, n: 1 }]))
      .split("\n")
      .slice(2);
    expect(lines.length).toBeGreaterThan(1);
    expect(
      lines
        .join(" ")
        .replace(/\s+1\b/, "")
        .split(/\s+/)
        .join(" "),
    ).toBe(long);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(44 + 3);
  });

  test("an empty table keeps its headings", () => {
    const none: { a: number }[] = [];
    expect(tableText(table(none, { columns: ["a"] }))).toBe("a\n-");
    expect(dom(tableHtml(table(none, { columns: ["a"] }))).querySelectorAll("tbody tr")).toHaveLength(0);
  });
});

test("as HTML it has a caption, headings with a scope, and nothing that fixes a colour on a dark page", () => {
  const html = tableHtml(table([{ a: 1 }], { caption: "Numbers" }));
  const document = dom(html);
  expect(document.querySelector("table > caption")?.textContent?.trim()).toBe("Numbers");
  expect(document.querySelector("thead th")?.getAttribute("scope")).toBe("col");
  expect(html).not.toMatch(/(?<!-)color:\s*#|background/);
});

test("the same rows give the same bytes", () => {
  const make = (): string => JSON.stringify(table(loadLongList().rows, { columns: ["label", "country"] }));
  expect(make()).toBe(make());
});
