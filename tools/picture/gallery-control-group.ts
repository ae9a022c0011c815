import { loadPrisoners, loadUrgentActions } from "../../lib/data/urgent-actions";
import { pointOf } from "../../lib/dates";
import { biasFigure, countFigure, type Figure, flowFigure, overlapFigure } from "../../lib/figures";
import { attritionStages, type ControlGroup, controlGroup, standardizedBias } from "../../lib/paper/control-group";

/** One figure of each kind that the second control group has, over the project's data. */
export const controlGroupFigures: Readonly<Record<string, () => Figure>> = { flow, counts, bias, overlap };

let loaded: ControlGroup | undefined;

/** The group is loaded once for all figures. */
function group(): ControlGroup {
  loaded ??= controlGroup(loadUrgentActions(), loadPrisoners());
  return loaded;
}

function flow(): Figure {
  const title = "From the names in reports to the rows of Table 1";
  return flowFigure(attritionStages(group()), { data: group(), title });
}

function counts(): Figure {
  const { people } = group();
  const countries = [...new Set(people.map((person) => person.country))].sort();
  const count = (country: string, sex: string): number =>
    people.filter((person) => person.country === country && person.sex === sex).length;
  const rows = countries.map((label) => ({
    label,
    first: count(label, "female"),
    second: count(label, "male"),
  }));
  return countFigure(rows, {
    data: group(),
    title: "People named in Urgent Actions",
    kinds: ["women", "men"],
  });
}

function bias(): Figure {
  const { women } = group();
  const treated = standardizedBias(women, { denominator: "treated" });
  const rows = standardizedBias(women).map(({ label, difference }, i) => {
    const own = treated[i].difference?.standardizedDifference ?? null;
    const missing = difference === null ? "not known" : "no variance";
    return { label, missing, values: [difference?.standardizedDifference ?? null, own] };
  });
  const series = ["both groups' deviation", "featured women's deviation"];
  return biasFigure(rows, { data: group(), title: "Featured women against all others", series });
}

function overlap(): Figure {
  const rows = group().prisoners.map(({ country, detention, featured }) => {
    return { category: country, value: Number(pointOf(detention).slice(0, 4)), featured };
  });
  const valueLabel = "Year of the arrest";
  return overlapFigure(rows, { data: group(), title: "Prisoners by country and year of arrest", valueLabel });
}
