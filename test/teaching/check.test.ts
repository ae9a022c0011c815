import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { check, kaplanMeier } from "../../lib";
import { mimeBundle } from "../../lib/notebook";
import { exercises, findExercise } from "../../lib/teaching";
import { answerFromText, spellings } from "../../lib/teaching/answer";
import { CHECK_MIME } from "../../lib/teaching/check-bundle";
import { digest } from "../../lib/teaching/digest";

describe("check()", () => {
  afterEach(() => {
    delete process.env.HRD_DATA;
  });

  test("without an answer gives the hint", () => {
    const { verdict, hint, digest: own } = check("00-a");
    expect({ verdict, own }).toEqual({ verdict: "not answered", own: null });
    expect(hint).toBe(findExercise("00-a").hint);
  });

  test("says what form is asked for where the answer has another", () => {
    expect(check("00-a", 1.5).message).toBe("1.5 is not a whole number.");
    expect(check("00-a", "many").message).toBe('"many" is not a whole number.');
    expect(check("00-b", "after").message).toBe('"after" is not one of "before", "while".');
    expect(check("01-a", Number.NaN).verdict).toBe("reconsider");
  });

  test("takes a word in any case, and a number that was rounded or cut off", () => {
    expect(check("00-b", " Before ").verdict).toBe("right");
    expect(check("01-a", 2 / 9).verdict).toBe("right");
    expect(check("01-a", 0.222).verdict).toBe("right");
    expect(check("01-a", 0.22).verdict).toBe("reconsider");
  });

  test("knows mistakes that were foreseen", () => {
    expect(check("01-d", "labels").message).toContain("dealt anew");
  });

  test("on other data says that it cannot tell", () => {
    process.env.HRD_DATA = "elsewhere";
    expect(check("00-b", "before").verdict).toBe("cannot be told");
  });

  test("of an unknown exercise is an error that lists those there are", () => {
    expect(() => check("19-z", 1)).toThrow(/no exercise "19-z"; there are 00-a, 00-b/);
    expect(() => check("00a", 1)).toThrow(/^check: there is no exercise "00a", did you mean "00-a"\? There are 00-a/);
    expect(() => findExercise("00a")).toThrow(/^findExercise: there is no exercise/);
  });

  test("shows itself as a verdict, HTML and text; neither holds the solution", () => {
    const bundle = mimeBundle(check("00-a", 3));
    expect(Object.keys(bundle)).toEqual([CHECK_MIME, "text/html", "text/plain"]);
    expect(bundle["text/html"]).toContain("<summary>Hint</summary>");
    expect(bundle["text/html"]).toContain("<code>releaseInterval</code>");
  });
});

test("spellings: the plain one first, then its neighbours in the last digit", () => {
  expect(spellings(0.05126, { kind: "number", digits: 3 })).toEqual(["0.0513", "0.0512", "0.0514"]);
  expect(spellings(-3.4e-6, { kind: "number", digits: 2 })[0]).toBe("-0.0000034");
  expect(spellings(0, { kind: "number", digits: 2 })).toEqual(["0"]);
  expect(spellings(true, { kind: "count" })).toEqual([]);
});

test("a typed number may have a decimal comma, a true minus sign and an exponent", () => {
  expect(answerFromText(" 3,4e−6 ", { kind: "number", digits: 2 })).toBe(3.4e-6);
  expect(answerFromText("seven", { kind: "count" })).toBeNull();
  expect(answerFromText("", { kind: "count" })).toBeNull();
  expect(answerFromText("Labels", { kind: "choice", choices: ["labels"] })).toBe("Labels");
});

test("a fingerprint is 64 bits, and another exercise's for the same answer differs", () => {
  expect(digest("00-a", "12")).toMatch(/^[0-9a-f]{16}$/);
  expect(digest("00-a", "12")).not.toBe(digest("00-c", "12"));
});

describe("the file of exercises", () => {
  const root = mkdtempSync(path.join(tmpdir(), "hrd-exercises-"));
  const before = process.env.HRD_ROOT;
  const good = {
    form: { kind: "count" },
    hint: "h",
    reconsider: "r",
    mistakes: ["m"],
    next: "n",
    fingerprints: [] as string[],
  };

  function reading(exercises: unknown): () => unknown {
    mkdirSync(path.join(root, "data"), { recursive: true });
    mkdirSync(path.join(root, "notebooks"), { recursive: true });
    writeFileSync(path.join(root, "data/datapackage.json"), "{}");
    writeFileSync(path.join(root, "notebooks/exercises.json"), JSON.stringify({ note: "x", exercises }));
    process.env.HRD_ROOT = root;
    return findExercise.bind(null, "01-a");
  }

  afterEach(() => {
    if (before === undefined) delete process.env.HRD_ROOT;
    else process.env.HRD_ROOT = before;
  });
  afterAll(() => rmSync(root, { recursive: true }));

  test("may have no fingerprints yet", () => {
    expect(reading({ "01-a": good })()).toMatchObject({ id: "01-a", solution: null, mistaken: [] });
  });

  test("that is not of its shape is an error that names the exercise and what is wrong with it", () => {
    expect(reading({ "01-a": { ...good, hint: undefined } })).toThrow(/exercises\.json.*exercises\.01-a\.hint/s);
    expect(reading({ "01-a": { ...good, form: { kind: "word" } } })).toThrow(/exercises\.01-a\.form/);
    expect(reading({ "01-a": { ...good, fingerprints: ["0".repeat(16)] } })).toThrow(
      /exercises\.01-a\.fingerprints: needs a fingerprint for its solution and for each mistake/,
    );
    expect(reading({ one: good })).toThrow(/exercises\.one/);
  });
});

describe("a function", () => {
  /** The library's own estimate at the last time. */
  const last = (time: number[], event: boolean[]): number => kaplanMeier({ time, event })[0].survival.at(-1) ?? 1;

  test("is right if it gives what the library gives on the data of the exercise, also where it sorts what it is given", () => {
    expect(check("01-e", last)).toMatchObject({ verdict: "right", hint: "" });
    expect(check("01-e", (time: number[], event: boolean[]) => last(time.reverse(), event.reverse())).verdict).toBe(
      "right",
    );
    expect(check("01-e", (time: number[], event: boolean[]) => last(time, event) + 1e-12).verdict).toBe("right");
  });

  test("that is wrong is told with which data, and a foreseen mistake by its words", () => {
    const {
      verdict,
      message,
      digest: own,
    } = check("01-e", (_: number[], event: boolean[]) => {
      return event.filter((one) => !one).length / event.length;
    });
    expect(verdict).toBe("reconsider");
    expect(message).toMatch(
      /^Right on 2 of 6 data sets, wrong with a woman censored between .*, rows in no order\. That is the share/,
    );
    expect(own?.split("-")).toHaveLength(6);
    const always = check("01-e", () => 0.5);
    expect(always.message).toContain(findExercise("01-e").reconsider);
  });

  test("that fails, or gives no number, is told with what", () => {
    const failing = check("01-e", () => {
      throw new Error("not yet");
    });
    expect(failing).toMatchObject({ verdict: "reconsider", digest: null });
    expect(failing.message).toBe("With one release a month and the others held to the end the function fails: not yet");
    expect(check("01-e", () => [1, 2]).message).toMatch(/the function gives 1,2; a number is needed\.$/);
    expect(check("01-e", () => Number.NaN).message).toMatch(/gives NaN; a number is needed\.$/);
  });

  test("is asked for, and refused where a number is", () => {
    expect(check("01-e").message).toBe(
      "Not answered yet. The answer is a function, which is run on 6 other data sets.",
    );
    expect(check("01-e", 0.2).message).toBe("0.2 is not a function, which is run on 6 other data sets.");
    expect(check("00-a", () => 7).message).toBe("A function is not a whole number.");
  });

  test("is judged by its own data, also where the project's are other ones", () => {
    process.env.HRD_DATA = "elsewhere";
    expect(check("01-e", last).verdict).toBe("right");
    delete process.env.HRD_DATA;
  });
});

test("each exercise has a hint, something to reconsider and a fingerprint for each mistake", () => {
  for (const { id, hint, reconsider, next, solution, mistakes, mistaken } of exercises()) {
    expect(
      [hint, reconsider, next].every((text) => text.length > 20),
      id,
    ).toBe(true);
    expect(solution, id).toMatch(/^[0-9a-f]{16}(-[0-9a-f]{16})*$/);
    expect(mistaken.length, id).toBe(mistakes.length);
    expect(new Set([solution, ...mistaken]).size, id).toBe(1 + mistaken.length);
  }
});
