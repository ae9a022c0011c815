import { describe, expect, it } from "vitest";
import { parseIndex, parseReportHeader, parseUrgentAction } from "../../lib/amnesty";

describe("headers of reports, as they were published", () => {
  it.each([
    [
      "UA: 257/14 Index: EUR 55/019/2014 Azerbaijan Date: 15 October 2014",
      "urgent action",
      "UA 257/14",
      "EUR 55/019/2014",
      "Azerbaijan",
    ],
    [
      "Further information on UA: 231/12 Index: ASA 17/057/2012 China Date: 18 December 2012",
      "further information",
      "UA 231/12",
      "ASA 17/057/2012",
      "China",
    ],
    [
      "Outcome UA: 001/20 Index: AMR 53/2704/2020 Venezuela Date: 10 July 2020",
      "outcome",
      "UA 001/20",
      "AMR 53/2704/2020",
      "Venezuela",
    ],
    ["UA 377/91 (ASA 17/66/91, 8 November", "urgent action", "UA 377/91", "ASA 17/066/1991", "China"],
  ])("%s", (text, kind, action, index, country) => {
    const header = parseReportHeader(text);
    expect(header.kind).toBe(kind);
    expect(header.urgentAction.text).toBe(action);
    expect(header.index.text).toBe(index);
    expect(header.index.country).toBe(country);
  });

  it("reads the American and the French form of a case's number", () => {
    expect(parseUrgentAction("UA 270.17")).toEqual({ number: 270, year: 2017, text: "UA 270/17" });
    expect(parseUrgentAction("AU 201/09").text).toBe("UA 201/09");
    expect(parseUrgentAction("UA 28/16").text).toBe("UA 028/16");
  });

  it("reads index numbers without a space, and the serials of after 2014", () => {
    expect(parseIndex("ASA17/8295/2018").text).toBe("ASA 17/8295/2018");
    expect(parseIndex("ASA 41/2360/2015")).toMatchObject({ serial: 2360, year: 2015, country: "Vietnam" });
    expect(parseIndex("EUR 99/001/2010").country).toBeNull();
  });
});

describe("what is no header", () => {
  it.each([
    [
      "Index: EUR 55/019/2014",
      /row 3: ".*" holds no number of an Urgent Action; one such as "UA 257\/14" is needed/,
    ],
    ["UA 257/14", /row 3: "UA 257\/14" holds no index number/],
    ["UA 257/14, UA 258/14, EUR 55/019/2014", /holds UA 257\/14 and UA 258\/14/],
    ["UA 257/14 EUR 55/019/2014 and EUR 55/020/2014", /holds EUR 55\/019\/2014 and EUR 55\/020\/2014/],
    ["UA 257/14 EUR 55/019/2013", /EUR 55\/019\/2013 is older than its case, UA 257\/14/],
    ["UA 257/14 EUR 55/019/20145", /holds no index number/],
    ["UA 257/14 XYZ 55/019/2014", /holds no index number/],
  ])("%s", (text, message) => {
    expect(() => parseReportHeader(text, "reports.csv row 3")).toThrow(message);
  });
});
