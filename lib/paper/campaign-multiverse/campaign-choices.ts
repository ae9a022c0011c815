import { codings } from "../../data";
import { TIME_ZEROS } from "../clocks";
import type { Choice, Specification } from "../multiverse";

/** The last woman was featured in September 2015; on this day it was settled who is. */
export const LANDMARK = "2015-10-01";

/** "Recent" prisoners were first named in a report in this year or later. */
export const RECENT = 2010;

const CLOCK_LABELS = {
  arrest: "since arrest",
  "arrest, from the launch": "arrest, late entry",
  "arrest, campaign switched on": "arrest, switched on",
  launch: "since launch",
  landmark: "since October 2015",
} as const;

/**
 * The choices that an analyst of the campaign has to make, each with the ways to decide it that can be defended.
 *
 * Codings that would take releases from the featured women only (bail, exile or an exchange do not count) are not among
 * them: the files say nothing on how the others were released, so that they would move the answer by construction. Two
 * clocks are left out because they give the same estimates as others: entry at two months changes no risk set, and
 * calendar time has those of the launch clock.
 *
 * @returns comparison group, coding, clock, adjustment, ties, estimator
 * @throws DataError if the data package, which defines the codings, cannot be read
 * @example campaignChoices().map(({ label }) => label)
 */
export function campaignChoices(): readonly Choice[] {
  return [
    {
      name: "comparison",
      label: "Compared with",
      levels: [
        {
          name: "long-list",
          label: "long list",
          reasoning: "The women who were proposed and not featured: chosen by the same officials.",
        },
        {
          name: "prisoners",
          label: "all prisoners",
          reasoning: "Women named in Urgent Actions from 2000 on and held for two months: those of Table 1.",
        },
        {
          name: "recent",
          label: "recent prisoners",
          reasoning: "Of these the women first named in 2010 or later: the others were held in another time.",
        },
      ],
    },
    {
      name: "coding",
      label: "Released",
      levels: codings().map(({ name, released, of, definition }) => ({
        name,
        label: `${released} of ${of}`,
        // The first sentence; the whole of it, with its reasons, stands in data/datapackage.json.
        reasoning: definition.replace(/\. .*$/s, "."),
      })),
    },
    {
      name: "clock",
      label: "Clock",
      levels: Object.entries(CLOCK_LABELS).map(([name, label]) => ({
        name,
        label,
        reasoning: TIME_ZEROS.find((clock) => clock.name === name)?.reasoning ?? "",
      })),
    },
    {
      name: "adjustment",
      label: "Adjusted for",
      levels: [
        { name: "none", label: "nothing", reasoning: "Model 1 of Table 1." },
        {
          name: "characteristics",
          label: "characteristics",
          reasoning: "Model 2: five concerns coded from reports.",
        },
        { name: "regions", label: "regions", reasoning: "Model 3: five regions." },
        { name: "both", label: "both", reasoning: "Model 4: concerns and regions." },
        {
          name: "year",
          label: "year",
          reasoning:
            "The year of the first report, the imbalance that the paper names and never adjusts for; on the long list, which has no reports, that of the arrest.",
        },
        { name: "all", label: "all of these", reasoning: "Concerns, regions and year." },
      ],
    },
    {
      name: "ties",
      label: "Ties",
      levels: [
        { name: "efron", label: "Efron", reasoning: "The default of R." },
        { name: "breslow", label: "Breslow", reasoning: "The default of Stata." },
        { name: "exact", label: "exact", reasoning: "Releases of one day as choices from the risk set." },
      ],
    },
    {
      name: "estimator",
      label: "Estimator",
      levels: [
        {
          name: "cox",
          label: "Cox",
          reasoning: "Partial likelihood with model-based errors, as in the paper.",
        },
        {
          name: "clusters",
          label: "Cox, by country",
          reasoning:
            "The same estimate with errors robust to clusters: releases of one country are not independent.",
        },
        {
          name: "firth",
          label: "Firth",
          reasoning:
            "Penalised likelihood, less biased with few events; Wald limits, so that it can be compared.",
        },
        {
          name: "weights",
          label: "overlap weights",
          reasoning: "Women weighted by their propensity to be alike in what is adjusted for, robust errors.",
        },
      ],
    },
  ];
}

/** Why a combination of the campaign's choices makes no sense; null where it does. */
export function excludedCombination(specification: Specification): string | null {
  const { comparison, clock, adjustment, ties, estimator } = specification;
  if (comparison === "long-list") {
    if (clock === "arrest, campaign switched on") {
      return "the long list was drawn up from women held in 2015; before, none of them could be released";
    }
    if (adjustment === "characteristics" || adjustment === "both" || adjustment === "all") {
      return "nothing is known of the characteristics of the long list";
    }
  }
  if (estimator === "weights" && adjustment === "none") return "weights need something to be adjusted for";
  if (ties !== "efron" && estimator !== "cox") {
    return "other tie methods are run with the plain Cox model only: robust and penalised fits have no exact form";
  }
  return null;
}

/**
 * The specification that is one of the four models of the paper's Table 1.
 *
 * @example tableOneSpecification(2).adjustment // "characteristics"
 */
export function tableOneSpecification(model: 1 | 2 | 3 | 4): Specification {
  const adjustment = { 1: "none", 2: "characteristics", 3: "regions", 4: "both" }[model];
  return {
    comparison: "prisoners",
    coding: "working-paper",
    clock: "arrest",
    adjustment,
    ties: "efron",
    estimator: "cox",
  };
}
