import type { ExerciseText } from "./exercise";

/**
 * Hints, and what to reconsider. The question stands in the notebook, the solution in its cell tagged
 * `solution`, and only there; digests.ts holds the fingerprints.
 */
export const EXERCISES: readonly ExerciseText[] = [
  {
    id: "00-a",
    form: { kind: "count" },
    hint: "Each row has `counted` and `releaseInterval` with `earliest` and `latest`. When is a day known?",
    reconsider:
      "Count the women whose release counts and whose interval is a single day: `earliest` equals `latest`.",
    mistakes: [
      "A day is printed for each of these women, but for some of them sources disagree, and the day is one of several possible ones.",
      "That is the number of releases; for many of them only bounds are known.",
    ],
    next: "As a denominator it would drop exactly the women about whom little is reported, and the result would say nothing of them.",
  },
  {
    id: "00-b",
    form: { kind: "choice", choices: ["before", "while"] },
    hint: "Put a console.log into the line above the mistake. Is anything printed?",
    reconsider: "Does the line above the mistake still print?",
    mistakes: ["Nothing of the cell was run, not even the lines above the mistake."],
    next: "In a language that finds out only as it runs, the column would simply have been empty.",
  },
  {
    id: "00-c",
    form: { kind: "count" },
    hint: '`pointOf(interval, policy)` gives the day that a policy makes of an interval; compare "reported" with "earliest".',
    reconsider:
      "Only women whose release counts have a mark, and a mark moves where the reported day is not the first possible one.",
    mistakes: [
      'That is how many move with the policy "latest".',
      "These intervals are longer than a day, but where the first possible day is the reported one, the mark stays.",
    ],
    next: "None of the moves takes a release out of the three years, so the count of 16 stays.",
  },
  {
    id: "01-a",
    form: { kind: "number", digits: 3 },
    hint: "Six are at risk at the first release. She leaves at month 5 without a step. How many are then at risk at 8.77?",
    reconsider:
      "She counts among those at risk up to month 5, makes no step there, and is missing from those at risk after it.",
    mistakes: [
      "That is the curve without her. She was observed for five months, and those months count.",
      "That takes her for released at month 5. Censored means that observation ended, and nothing else is known.",
    ],
    next: "She changes the size of every step, before month 5 and after it, without ever making one.",
  },
  {
    id: "01-b",
    form: { kind: "count" },
    hint: "Call `attainableLogRank(publicTimes, { free: 18, releasedAtZero: 0, below: 0.9999, upTo: 8 })` and read `highestP`.",
    reconsider: "Look for the first row of the result whose highest p exceeds 0.05.",
    mistakes: [
      "With so many releases the highest p is still below 0.05; it only exceeds 0.01.",
      "That is one more than needed.",
    ],
    next: "When must they be? Those releases would have to come early, in the first weeks of the campaign.",
  },
  {
    id: "01-c",
    form: { kind: "number", digits: 3 },
    hint: "`logRank(outcomes, { rho: 1 })` weights each release by the share still in custody just before it.",
    reconsider: "The answer is `pValue` of the test with `rho: 1`, on the times since the launch.",
    mistakes: [
      "That is the ordinary log-rank test, in which all releases weigh the same.",
      "That is `gamma: 1`, which gives more weight to late releases.",
    ],
    next: "Choosing the weight after having seen the curves would be one more way to choose a p value.",
  },
  {
    id: "01-d",
    form: { kind: "choice", choices: ["outcomes", "labels"] },
    hint: "Read the loop above the histogram: what is copied, and what is shuffled?",
    reconsider: "What is dealt anew in each permutation, and what is left as it was observed?",
    mistakes: ["These are dealt anew in each permutation; that is what is shuffled."],
    next: "Which world does that describe? One in which each woman's fate had been the same under either label.",
  },
  {
    id: "02-a",
    form: { kind: "choice", choices: ["smaller", "larger"] },
    hint: "`standardizedBias(group.women)` has a line for each characteristic; compare the line of the year of entry in both groups.",
    reconsider: "Compare the sizes of the two biases of the year of entry, without their signs.",
    mistakes: ["Whom does the later start leave out: women who entered early, or late? Who remains?"],
    next: "The price is paid in women, and in one of the nineteen if her first report is older. Balance of one characteristic says nothing of the others.",
  },
  {
    id: "02-b",
    form: { kind: "number", digits: 3 },
    hint: "The share of the featured is 1/19. For a share p the variance is p(1 − p), and the deviation is its root.",
    reconsider: "Featured less others, divided by the root of p(1 − p) with the featured women's share as p.",
    mistakes: [
      "That is the bias with the mean of both groups' variances, the denominator of the first figure.",
      "That is the difference of the shares, not yet divided by anything.",
      "The size is right. The bias is the featured women's mean less the others'.",
    ],
    next: "Its denominator rests on a single woman: had two of the nineteen been from Iran, the dot would stand near −0.6.",
  },
  {
    id: "02-c",
    form: { kind: "choice", choices: ["merged", "noticed", "refused"] },
    hint: "Look at the table of what was left out or odd, and count the people in the table of steps.",
    reconsider: "Does the notebook still run, and has the number of people changed?",
    mistakes: [
      "Two people can share a name, so nobody is merged without a line in `same_person.csv`.",
      "The file is used; two similar names are no mistake in it.",
    ],
    next: "Until a line of `same_person.csv` names spelling and person, they count as two people with fewer reports each.",
  },
  {
    id: "03-a",
    form: { kind: "choice", choices: ["larger", "smaller", "none"] },
    hint: "Once she and Khadija Ismayilova have left, where are all who are still at risk held?",
    reconsider: "Follow log L, or its slope, as β falls to −2, −4, −8. Does the slope ever reach zero?",
    mistakes: [
      "Only the first factor still depends on β. Does it grow with β, or fall?",
      "It moves that way, but where would it stop?",
    ],
    next: "The likelihood rises for ever as β falls: no release of a woman from Asia happens while anybody else is at risk. An alarm about an infinite coefficient would be true here.",
  },
  {
    id: "03-b",
    form: { kind: "choice", choices: ["larger", "smaller"] },
    hint: "`cox({ time, event, entry, covariates })` takes a column of times at which each woman comes under observation.",
    reconsider: "Compare the two hazard ratios of model 1, with and without `entry`.",
    mistakes: [
      "Which months of the featured women does `entry` take out of the risk sets, and could any of them have held a release?",
    ],
    next: "Without `entry` the months in which no featured woman could be seen released count as months in which none was.",
  },
  {
    id: "03-c",
    form: { kind: "number", digits: 3 },
    hint: "p = 0.05, two-sided, is reached where coefficient and standard error have a ratio of `normalQuantile(0.975)`.",
    reconsider: "Divide the coefficient by the 97.5 % quantile of the normal distribution.",
    mistakes: [
      "That is the limit for p = 0.10: two sides of 5 % each.",
      "That is z with the printed standard error.",
    ],
    next: "It misses by 0.005. A line that so little decides about is a poor place to stop thinking, on either side of it.",
  },
  {
    id: "04-a",
    form: { kind: "number", digits: 3 },
    hint: "`piecewise([18]).fit` has a term for each stretch; its first hazard ratio is that of the first 18 months.",
    reconsider:
      "One ratio for each of two stretches: the women held longer than 18 months are censored there, not left out.",
    mistakes: [
      "That leaves out the women held longer than 18 months. They were at risk throughout and were not released; that is what the ratio has to know.",
      "That is the ratio after 18 months.",
    ],
    next: "Two of its causes are in the design: who could be featured at all, and when.",
  },
  {
    id: "04-b",
    form: { kind: "choice", choices: ["larger", "smaller"] },
    hint: "Without her the others' hazard of release is a little higher. What does that do to a ratio with it below the line?",
    reconsider: "Who is at risk among the others at each release, with her and without her?",
    mistakes: ["That would be so if she were featured and stayed."],
    next: "She is one of 232 in her group, so that her group's hazard hardly moves.",
  },
  {
    id: "04-c",
    form: { kind: "number", digits: 3 },
    hint: "Within: the mean of the squared standard errors. Between: the variance of the three estimates, with a denominator of two.",
    reconsider: "The root of within + (1 + 1/3)·between.",
    mistakes: [
      "That is what each copy reports by itself; the gaps count as known.",
      "Three imputations are few: between has to be multiplied by 1 + 1/3.",
      "That is the variance. The standard error is its root.",
    ],
    next: "More than half of the variance is due to the gaps, and with three imputations the degrees of freedom are few.",
  },
  {
    id: "04-d",
    form: { kind: "number", digits: 3 },
    hint: "`widest` is the country. Keep the rows of the others in time, event, covariate and cluster, and call `leaveClusterOut`.",
    reconsider: "The first element of `standardErrors`, of a jackknife over the countries that are left.",
    mistakes: [
      "That is the jackknife with all countries.",
      "That is the sandwich's standard error on the rows that are left.",
    ],
    next: "Most of the first one was a single distance, squared. A standard error that rests on one country is itself not known.",
  },
  {
    id: "05-a",
    form: { kind: "number", digits: 3 },
    hint: "The second row begins where the first one ends: at the launch, counted in months from her arrest.",
    reconsider:
      "`clockedRows([spell], { clock, launch, end }).rows` holds both; subtract `entry` from `time` in the second.",
    mistakes: [
      "That is when the second row ends. For how long is she at risk in it?",
      "That is when the second row begins. For how long is she at risk in it?",
    ],
    next: "Only these months count as months of a featured woman. The first row has the other three, as those of a woman whom nobody has featured yet.",
  },
  {
    id: "05-b",
    form: {
      kind: "choice",
      choices: ["adjustment", "clock", "coding", "comparison", "estimator", "ties"],
    },
    hint: "`choiceEffects({ ...onPrisoners, results })` with the results whose clock is `launch` or `landmark`; its first element is the largest.",
    reconsider: "Print `choice.name` and `meanChange` of each effect.",
    mistakes: [
      "The two clocks that are left differ by one month only. What else differs?",
      "Four codings, and at most three women between them. How far can that move an estimate?",
    ],
    next: "Once the clock is settled, the discussion is about something else. Settling what can be settled by argument is how a multiverse becomes smaller.",
  },
  {
    id: "05-c",
    form: { kind: "number", digits: 3 },
    hint: "`eValue({ hazardRatio, lower, upper, rare: false })` takes ratios, not logarithms. Where does the interval begin?",
    reconsider:
      "The limits are exp(0.619 ± 1.96 · 0.321). Which E-value belongs to an interval that holds 1?",
    mistakes: [
      "That is the E-value of the estimate. The question is about the limit.",
      "That is the lower limit of the hazard ratio. It is below 1; what does a hidden reason still have to explain?",
    ],
    next: "No hidden reason is needed: chance alone is compatible with no effect. The E-value of an estimate without that of its limit flatters it.",
  },
  {
    id: "05-d",
    form: { kind: "count" },
    hint: "Count up: `let events = 1; while (schoenfeldPower(events, 2, 0.5) < 0.8) events++;`",
    reconsider: "Is the share of featured women one half, and the level two-sided 0.05?",
    mistakes: [
      "That is for 19 featured among 251. Here one woman in two is featured.",
      "One less than needed: power is just below 0.8 there.",
    ],
    next: "Releases, not women: Table 1 has more of them, and spends most of its women on one side. Nineteen in 251 would need three and a half times as many releases.",
  },
  {
    id: "06-a",
    form: { kind: "choice", choices: ["smaller", "larger"] },
    hint: '`attentionSeries(coverage, "ratio", { from, to })` takes part of a series; `interruptedTimeSeries` has a row for the term level.',
    reconsider: "Compare the p values of the term level in both fits.",
    mistakes: [
      "There are fewer days, but what does the straight line after the launch have to go through in six months, and what in three years?",
    ],
    next: "The window decides how much of the rise a straight line can follow. A test that finds nothing may have been asked about another shape.",
  },
  {
    id: "06-b",
    form: { kind: "number", digits: 2 },
    hint: 'Fit `{ ...featured, values: control.gap }` with `model: "pulse and level"` and read `halfLife`.',
    reconsider: "The answer is the `estimate` of `halfLife` of the fit to the distance.",
    mistakes: [
      "That is the half-life of the page views themselves, with all that moved the other women's pages as well.",
    ],
    next: "Taking off what moved the others' pages as well has brought the estimate nearer to the six days that are in the generator.",
  },
  {
    id: "06-c",
    form: { kind: "count" },
    hint: "The result has `changes`, indices of the first day of each stretch but the first; `share.dates` has their dates.",
    reconsider: "Count the entries of `changes` for the daily series.",
    mistakes: [
      "That is the number for the weekly series.",
      "That is the number of stretches; there is one cut less.",
    ],
    next: "Some are the decay in steps, others are short unrelated events. The method cannot tell them apart; it knows no campaign.",
  },
  {
    id: "06-d",
    form: { kind: "number", digits: 2 },
    hint: "`Math.round(value / 10)` for each value, 0.5 where that is 0 and the value was not. Then the same division as before.",
    reconsider: "Divide the rounded week of the launch by the mean of the 52 rounded weeks before it.",
    mistakes: [
      "That is the ratio before. A tenth of everything would leave it as it is; what else happens?",
      "Both parts of the ratio become a tenth, so it does not.",
    ],
    next: "Nothing about the searches has changed. In an export beside a popular term, small series lose their digits: export them alone.",
  },
  {
    id: "07-a",
    form: { kind: "number", digits: 3 },
    hint: "`decibels(p, q)` is ten times the decimal logarithm of p/q.",
    reconsider: "Ten times the decimal logarithm of the ratio of the two probabilities.",
    mistakes: [
      "That is the natural logarithm of the ratio. A decibel is a tenth of a decimal one.",
      "That is the ratio itself, by which the odds are multiplied.",
      "That is in bels. Ten decibels make one.",
    ],
    next: "The odds are multiplied by 2.3: somebody who held two to one against it is now undecided.",
  },
  {
    id: "07-b",
    form: { kind: "choice", choices: ["straw", "hoop", "gun", "both"] },
    hint: "`processTracingTest(0.3, 0.01)` says it. Would a true hypothesis surely leave this trace? Would a false one hardly leave it?",
    reconsider: "Ask two things: is the trace certain if the hypothesis is true, and is it unique to it?",
    mistakes: [
      "A hoop must be passed by a true hypothesis. This file may never have been written, or been lost.",
      "It is unique, but not certain: a true hypothesis leaves it three times in ten.",
    ],
    next: "That nobody has found one weighs 1.5 decibels against the hypothesis. Absence of a smoking gun is hardly evidence of anything.",
  },
  {
    id: "07-c",
    form: { kind: "count" },
    hint: "Sort `sensitivity.pieces` by `weight`, and update again without the first one, two, three …",
    reconsider: "Weights add up. Go on until their sum exceeds the gap between the first two.",
    mistakes: [
      "The heaviest row weighs less than the gap; without it the order stays.",
      "Only the heaviest row weighs that much. The others weigh less, so more of them are needed.",
      "Not all rows weigh as little as that: the heaviest counts for more than two of them.",
    ],
    next: "It takes few words of one reader. Which of them would a second reader have chosen as well?",
  },
  {
    id: "07-d",
    form: { kind: "count" },
    hint: '`ledger.filter((row) => row.verdict === "contradicted")`, and then look at `basis`.',
    reconsider:
      "Count rows whose verdict is contradicted and whose basis is the public record or the paper's own words.",
    mistakes: [
      "Those that cannot be known are not contradicted.",
      "A sentence that the paper's own words contradict needs no data either.",
    ],
    next: "There are no others: where data are missing, the ledger does not say contradicted. Each of these sentences can be checked by the authors in an afternoon, and a report that says so is read as help.",
  },
  {
    id: "07-e",
    form: { kind: "choice", choices: ["first", "second", "third", "fourth"] },
    hint: "Which sentence draws a conclusion about the world from something that was not observed?",
    reconsider:
      "Which sentence turns missing data, or a mistake in a text, into a statement about the campaign?",
    mistakes: [
      "That is what the search over all possible long lists shows, and it is said of the description only.",
      "That is what this notebook found, and it speaks of the public record only.",
    ],
    next: "What could not be checked is neither right nor wrong. A referee who forgets it loses the editor, and should.",
  },
  {
    id: "08-a",
    form: { kind: "count" },
    hint: 'Load the export once more with `{ ...before2014, alleged: "set aside" }` and read `report.rows`.',
    reconsider: "Rows that are alleged and rows without a date add up; some are both.",
    mistakes: [
      "That is without the alleged ones: rows whose status has no date.",
      "That counts the alleged ones among the rows in use. Which others are not used, with or without a question mark?",
    ],
    next: "Nearly a quarter of the file goes. Whoever sets the doubtful aside has chosen a group that is better documented than the rest, and perhaps released sooner.",
  },
  {
    id: "08-b",
    form: { kind: "count" },
    hint: "Count the rows whose `upper` is finite and larger than `lower`.",
    reconsider: "Those still held have an end, too, but it lies beyond what was observed.",
    mistakes: [
      "That counts everybody who is still held: their `upper` is infinite, since it is not known *that* custody ended.",
      "Some are known to the year only.",
    ],
    next: "For them `turnbull()` and the bounds of notebook 05 need no day at all.",
  },
  {
    id: "08-c",
    form: { kind: "choice", choices: ["faster", "slower", "no difference"] },
    hint: "Who is released before a sentence can be passed, and in which group are they?",
    reconsider: "Think of somebody who is released after two months. Can that person have a sentence date?",
    mistakes: [
      "In the program there is none. But the groups are formed by what happened later: to be sentenced one has to be held until then.",
      "The early releases are all in one of the two groups. In which?",
    ],
    next: "A hazard ratio far from one, with a tiny p value, made of nothing: immortal time. The remedy is a treatment that begins when it begins.",
  },
  {
    id: "08-d",
    form: { kind: "count" },
    hint: 'Load the first file with `{ ...appeal, observedFrom: "2020-01-01" }` and read what was set aside.',
    reconsider: "Who was out of custody again before 2020 began?",
    mistakes: [
      "That is how many come under observation late, months after their arrest; they are used.",
      "That is how many are used.",
    ],
    next: "Their releases can tell nothing of an appeal that did not exist. With `entry` the others count as at risk only from the day on which they could have been named.",
  },
];
