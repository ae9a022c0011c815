import type { HypothesisId } from "./hypothesis";
import type { ProcessTracingTest } from "./process-tracing-test";

/** Whether the public record holds what an implication asks for. */
export type Finding = "found" | "found against it" | "both" | "not public" | "nothing found";

/** Something that one should be able to observe if a hypothesis holds. */
export interface Implication {
  readonly hypothesis: HypothesisId;
  readonly observation: string;
  /** Which of Van Evera's four tests the observation would be. */
  readonly test: ProcessTracingTest;
  /** Where one would look. */
  readonly lookIn: string;
  readonly finding: Finding;
  /** Rows of data/evidence.csv that bear on it. */
  readonly evidence: readonly string[];
}

/**
 * Observable implications of the hypotheses, with the test that each would be and what the public record has of it. The
 * strong tests ask for what is not public: that is the result.
 *
 * @example IMPLICATIONS.filter(({ test }) => test === "smoking gun")
 */
export const IMPLICATIONS: readonly Implication[] = [
  {
    hypothesis: "shaming",
    observation: "The women were named in public, and in both countries alike.",
    test: "hoop",
    lookIn: "the campaign's own pages, newspapers",
    finding: "found",
    evidence: ["az-launch", "us-senate"],
  },
  {
    hypothesis: "shaming",
    observation: "Governments that were shamed alike answered alike.",
    test: "hoop",
    lookIn: "releases in both countries",
    finding: "found against it",
    evidence: ["uz-no-release", "az-pardon"],
  },
  {
    hypothesis: "shaming",
    observation: "An official of the target state gives the damage to its reputation as the reason.",
    test: "smoking gun",
    lookIn: "memoirs, minutes, leaks in the target state",
    finding: "nothing found",
    evidence: ["az-denial"],
  },
  {
    hypothesis: "thirdParties",
    observation: "A foreign actor acts after the launch and names the campaign as its reason.",
    test: "smoking gun",
    lookIn: "resolutions, statements, court files",
    finding: "found against it",
    evidence: ["az-parliament-eu", "az-inquiry"],
  },
  {
    hypothesis: "thirdParties",
    observation: "Foreign pressure on the government rises before a release.",
    test: "hoop",
    lookIn: "parliaments, the Council of Europe, courts",
    finding: "found",
    evidence: ["az-parliament-eu", "az-inquiry", "az-analysis"],
  },
  {
    hypothesis: "deadlock",
    observation: "Parts of the US government held back before the campaign because of other interests.",
    test: "hoop",
    lookIn: "statements, aid, memoirs of officials",
    finding: "both",
    evidence: ["az-silence", "az-plea", "uz-vehicles", "us-memoir"],
  },
  {
    hypothesis: "deadlock",
    observation:
      "A paper trail in which an office withdraws its objection and gives the campaign as the reason.",
    test: "smoking gun",
    lookIn: "clearances and cables of the State Department",
    finding: "not public",
    evidence: ["us-memoir"],
  },
  {
    hypothesis: "deadlock",
    observation: "No private work for these women before the spotlight, and such work after it.",
    test: "doubly decisive",
    lookIn: "calendars and cables; the authors' interviews",
    finding: "not public",
    evidence: [],
  },
  {
    hypothesis: "inducements",
    observation: "Something that the government wanted was in reach of the United States at the time.",
    test: "hoop",
    lookIn: "visits, aid, bills in Congress, loans",
    finding: "found",
    evidence: ["az-senators", "az-bill", "az-economy", "az-meeting"],
  },
  {
    hypothesis: "inducements",
    observation: "An offer or a threat that names a woman, and an answer to it.",
    test: "smoking gun",
    lookIn: "cables; the authors' interviews",
    finding: "not public",
    evidence: ["az-letter", "az-rapporteur"],
  },
  {
    hypothesis: "inducements",
    observation: "Where a stick exists and is not used, nobody is released.",
    test: "straw in the wind",
    lookIn: "sanctions and waivers",
    finding: "found",
    evidence: ["uz-waiver", "uz-no-release"],
  },
  {
    hypothesis: "otherCauses",
    observation:
      "Prisoners whom the campaign did not name were released at the same time and for the same reasons.",
    test: "hoop",
    lookIn: "lists of prisoners, courts",
    finding: "found",
    evidence: ["az-health", "az-pardon", "uz-release", "uz-president"],
  },
  {
    hypothesis: "otherCauses",
    observation: "The day of a release was fixed before anybody abroad acted.",
    test: "smoking gun",
    lookIn: "prison administration, families",
    finding: "found",
    evidence: ["uz-date-known"],
  },
];
