import { describe, expect, it } from "vitest";
import { TARGET_COUNTRY } from "../../../lib/data/schema/rows";
import {
  amnestyCode,
  isIndexOf,
  parseIndex,
  parseReportHeader,
  parseUrgentAction,
} from "../../../lib/data/urgent-actions";

describe("headers of reports, as they were published", () => {
  it.each([
    [
      "UA: 257/14 Index: EUR 55/019/2014 Azerbaijan Date: 15 October 2014",
      "urgent action",
      "UA 257/14",
      "EUR 55/019/2014",
      "Azerbaijan",
      "2014-10-15",
    ],
    [
      "Further information on UA: 231/12 Index: ASA 17/057/2012 China Date: 18 December 2012",
      "further information",
      "UA 231/12",
      "ASA 17/057/2012",
      "China",
      "2012-12-18",
    ],
    [
      "Outcome UA: 001/20 Index: AMR 53/2704/2020 Venezuela Date: 10 July 2020",
      "outcome",
      "UA 001/20",
      "AMR 53/2704/2020",
      "Venezuela",
      "2020-07-10",
    ],
    ["UA 377/91 (ASA 17/66/91, 8 November", "urgent action", "UA 377/91", "ASA 17/066/1991", "China", null],
  ])("%s", (text, kind, action, index, country, date) => {
    const header = parseReportHeader(text);
    expect(header.kind).toBe(kind);
    expect(header.urgentAction.text).toBe(action);
    expect(header.index.text).toBe(index);
    expect(header.index.country).toBe(country);
    expect(header.date).toBe(date);
  });

  it("reads the American and the French form of a case's number", () => {
    expect(parseUrgentAction("UA 270.17")).toEqual({ number: 270, year: 2017, text: "UA 270/17" });
    expect(parseUrgentAction("AU 201/09").text).toBe("UA 201/09");
    expect(parseUrgentAction("UA 28/16").text).toBe("UA 028/16");
  });

  it("know the codes of all thirteen target countries, and which country a document cannot be about", () => {
    for (const country of TARGET_COUNTRY) {
      const code = amnestyCode(country);
      expect(parseIndex(`${code}/001/2010`).country, country).toBe(country);
    }
    expect(isIndexOf(parseIndex("MDE 13/045/2015"), "Iran")).toBe(true);
    expect(isIndexOf(parseIndex("MDE 13/045/2015"), "Egypt")).toBe(false);
    expect(isIndexOf(parseIndex("EUR 50/001/2015"), "Russia"), "a code that is not listed").toBe(false);
    expect(isIndexOf(parseIndex("ACT 30/001/2015"), "Russia"), "a series without countries").toBe(true);
    expect(isIndexOf(parseIndex("EUR 50/001/2015"), "Ukraine"), "a country that is not listed").toBe(true);
    expect(amnestyCode("Ukraine")).toBeNull();
  });

  it("reads index numbers without a space, and the serials of after 2014", () => {
    expect(parseIndex("ASA17/8295/2018").text).toBe("ASA 17/8295/2018");
    expect(parseIndex("ASA 41/2360/2015")).toMatchObject({ serial: 2360, year: 2015, country: "Vietnam" });
    expect(parseIndex("EUR 99/001/2010").country).toBeNull();
  });
});

describe("what is no header", () => {
  it.each([
    ["Index: EUR 55/019/2014", /row 3: ".*" holds no number of an Urgent Action; one such as "UA 257\/14" is needed/],
    ["UA 257/14", /row 3: "UA 257\/14" holds no index number/],
    ["UA 257/14, UA 258/14, EUR 55/019/2014", /holds UA 257\/14 and UA 258\/14/],
    ["UA 257/14 EUR 55/019/2014 and EUR 55/020/2014", /holds EUR 55\/019\/2014 and EUR 55\/020\/2014/],
    ["UA 257/14 EUR 55/019/2013", /EUR 55\/019\/2013 is older than its case, UA 257\/14/],
    ["UA 257/14 EUR 55/019/20145", /holds no index number/],
    ["UA 257/14 EUR 55/019/2014 Date: 31 June 2014", /"31 June 2014" is no day/],
    ["UA 257/14 EUR 55/019/2014 Date: 3 Juin 2014", /"3 Juin 2014" is no day/],
    ["UA 257/14 XYZ 55/019/2014", /holds no index number/],
  ])("%s", (text, message) => {
    expect(() => parseReportHeader(text, "reports.csv row 3")).toThrow(message);
  });
});
