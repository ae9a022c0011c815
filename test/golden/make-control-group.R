# From data/urgent_actions.csv and data/prisoners.csv to prisoners, times and standardised bias, independently of the
# library: aggregation, dates and formulas are base R. Run after a change to either file, or to data/freethe20.csv.
source(file.path("test", "golden", "golden.R"))
source(file.path("test", "golden", "dates.R"))

reports <- read("urgent_actions.csv")
looked_up <- read("prisoners.csv")

# People: reports counted once, the first date, and whether any report says yes.
reports <- reports[reports$date >= "2000-01-01" & reports$date <= launch, ]
any_yes <- function(x) if (all(is.na(x))) NA else any(x == "yes", na.rm = TRUE)
concerns <- c("prisoner_of_conscience", "torture", "death_penalty", "legal", "medical")
by_person <- split(reports, factor(reports$person, levels = unique(reports$person)))
people <- data.frame(
  id = names(by_person),
  country = vapply(by_person, function(d) d$country[1], ""),
  sex = vapply(by_person, function(d) c(d$sex[!is.na(d$sex)], NA)[1], ""),
  reports = vapply(by_person, function(d) length(unique(d$index)), 1L),
  year = vapply(by_person, function(d) as.integer(substr(min(d$date), 1, 4)), 1L)
)
for (concern in concerns) people[[concern]] <- vapply(by_person, function(d) any_yes(d[[concern]]), NA)
women <- people[!is.na(people$sex) & people$sex == "female", ]
# The featured women of the public record are counted beside them; what reports would say of them is not known.
record <- recorded(looked_up)
women <- rbind(women, data.frame(id = record, country = looked_up$country[match(record, looked_up$person)], sex = "female", reports = NA, year = NA, stated(record, concerns) == 1))
women <- cbind(women, looked_up[match(women$id, looked_up$person), setdiff(names(looked_up), c("person", "country"))])
women$featured <- !is.na(women$featured) & women$featured == "yes"

prisoners <- women[!is.na(women$custody) & women$custody == "two months or more", ]
coding <- Filter(function(c) c$name == "working-paper", codings)[[1]]
outcome <- lapply(seq_len(nrow(prisoners)), function(i) {
  row <- prisoners[i, ]
  decision <- Filter(function(d) d$id == row$id, coding$decisions)
  released <- point(row$released, row$released_earliest, row$released_latest)
  if (length(decision) == 1 && decision[[1]]$outcome == "not released") released <- as.Date(NA)
  if (length(decision) == 1 && decision[[1]]$outcome == "released" && is.na(released)) released <- point(NA, decision[[1]]$earliest, decision[[1]]$latest)
  last <- if (!is.na(released)) released else if (!is.na(row$observed_until)) as.Date(row$observed_until) else as.Date(end)
  c(months_one(point(row$detained, row$detained_earliest, row$detained_latest), last), !is.na(released))
})
complete <- rowSums(is.na(prisoners[concerns])) == 0

# Standardised bias, with the formulas of cobalt's documentation (col_w_smd, s.d.denom), as in make-comparability.R.
variance <- function(x, w, binary) {
  m <- weighted.mean(x, w)
  if (binary) m * (1 - m) else sum(w) / (sum(w)^2 - sum(w^2)) * sum(w * (x - m)^2)
}
smd <- function(x, z, w, denominator) {
  known <- !is.na(x); x <- as.numeric(x[known]); z <- z[known]; w <- w[known]
  binary <- all(x %in% 0:1)
  moments <- function(w) vapply(c(TRUE, FALSE), function(arm) variance(x[z == arm], w[z == arm], binary), 0)
  plain <- moments(rep(1, length(x)))
  now <- moments(w)
  means <- vapply(c(TRUE, FALSE), function(arm) weighted.mean(x[z == arm], w[z == arm]), 0)
  spread <- sqrt(if (denominator == "pooled") mean(plain) else plain[1])
  difference <- means[1] - means[2]
  list(difference = difference, standardized = if (difference == 0) 0 else if (spread == 0) NA else difference / spread, varianceRatio = if (binary) NA else now[1] / now[2])
}
countries <- c("Azerbaijan", "China", "Egypt", "Eritrea", "Ethiopia", "Russia", "Iran", "Myanmar", "Syria", "Uzbekistan", "Venezuela", "Vietnam", "North Korea")
lines <- function(d) Filter(function(x) all(tapply(!is.na(x), d$featured, any)), c(
  list("Count of UAs" = d$reports, "Death Penalty Concerns" = d$death_penalty, "Medical Concerns" = d$medical, "Prisoner of Conscience" = d$prisoner_of_conscience, "Torture Concerns" = d$torture, "Trial/Legal Concerns" = d$legal, "Year of Entry" = d$year),
  lapply(setNames(nm = intersect(countries, d$country)), function(country) d$country == country)
))
bias <- function(d, w, denominator) lapply(lines(d), smd, d$featured, w, denominator)
ones <- rep(1, nrow(women))

# Weights for the effect on the featured: rows and covariates as the library says it leaves them out.
regions <- package$regions
women$region <- vapply(women$country, function(country) c(names(regions)[vapply(regions, function(r) country %in% unlist(r), TRUE)], NA)[1], "")
kept <- rowSums(is.na(women[concerns])) == 0 & women$region %in% women$region[women$featured]
varies <- function(name) all(vapply(c(TRUE, FALSE), function(arm) length(unique(women[[name]][kept & women$featured == arm])) > 1, TRUE))
used <- Filter(varies, c("reports", concerns, "year"))
fit <- glm(reformulate(c(used, "region"), "featured"), binomial, women[kept, ], control = glm.control(epsilon = 1e-12, maxit = 100))
weights <- rep(0, nrow(women))
e <- fitted(fit)
weights[kept] <- ifelse(women$featured[kept], 1, e / (1 - e))
effective <- vapply(c(TRUE, FALSE), function(arm) sum(weights[women$featured == arm])^2 / sum(weights[women$featured == arm]^2), 0)

write_golden("control-group", list(
  counts = list(people = nrow(people) + length(record), women = nrow(women), prisoners = nrow(prisoners), complete = sum(complete), events = sum(vapply(outcome, `[`, 0, 2))),
  ids = I(prisoners$id), time = I(vapply(outcome, `[`, 0, 1)), event = I(vapply(outcome, `[`, 0, 2) == 1),
  pooled = bias(women, ones, "pooled"), treated = bias(women, ones, "treated"),
  weights = I(unname(weights)), effective = I(effective), weighted = bias(women, weights, "treated")
), character(0))
