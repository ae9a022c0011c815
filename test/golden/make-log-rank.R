# Groups: survdiff and its family, trend, pairs, and permutation tests.
source(file.path("test", "golden", "golden.R"))
suppressPackageStartupMessages(library(coin))

repeated <- function(s) {
  if (is.null(s$weights)) return(s)
  rows <- rep(seq_along(s$time), s$weights)
  lapply(s[names(s) != "weights"], function(column) column[rows])
}

test_value <- function(d) list(
  chiSquare = d$chisq, df = length(d$n) - 1, pValue = d$pvalue,
  observed = I(if (is.matrix(d$obs)) rowSums(d$obs) else d$obs),
  expected = I(if (is.matrix(d$exp)) rowSums(d$exp) else d$exp), covariance = d$var
)

right_censored <- c("lung", "veteran", "ovarian", "aml", "campaign", "no_ties", "reaches_zero", "event_and_censoring_tied",
  "rounding", "flat_step", "whole_weights", "weights_of_zero")
families <- unlist(lapply(right_censored, function(name) lapply(c(-1, 0, 0.5, 1), function(rho) {
  s <- repeated(samples[[name]])
  time <- as.vector(s$time); event <- s$event; group <- as.vector(s$group)
  list(sample = name, rho = rho, stratified = FALSE, test = golden(test_value(survdiff(Surv(time, event) ~ group, rho = rho))))
})), recursive = FALSE)

stratified <- unlist(lapply(c("lung", "veteran"), function(name) lapply(c(0, 1), function(rho) {
  s <- samples[[name]]
  time <- as.vector(s$time); event <- s$event; group <- as.vector(s$group); stratum <- as.vector(s$strata)
  list(sample = name, rho = rho, stratified = TRUE, test = golden(test_value(survdiff(Surv(time, event) ~ group + strata(stratum), rho = rho))))
})), recursive = FALSE)

# survdiff does not take an entry. With exact handling of ties the score test of coxph is the log-rank test.
truncated <- with(heart, list(sample = "heart", test = golden(unname(coxph(Surv(start, stop, event) ~ transplant, ties = "exact")$score))))

# G(rho, gamma) has no function in the survival package; this is its definition.
fleming_harrington <- function(time, event, group, rho, gamma, weighting = "log-rank") {
  at <- sort(unique(time[event == 1]))
  S <- 1; U <- 0; V <- 0; peto <- 1
  first <- group == sort(unique(group))[1]
  for (t in at) {
    n <- sum(time >= t); n1 <- sum(time >= t & first); d <- sum(time == t & event == 1); d1 <- sum(time == t & event == 1 & first)
    peto <- peto * (1 - d / (n + 1))
    w <- switch(weighting, gehan = n, "tarone-ware" = sqrt(n), "peto-peto" = peto, S^rho * (1 - S)^gamma)
    U <- U + w * (d1 - d * n1 / n)
    if (n > 1) V <- V + w^2 * d * (n1 / n) * (1 - n1 / n) * (n - d) / (n - 1)
    S <- S * (1 - d / n)
  }
  list(chiSquare = U^2 / V, difference = U, variance = V)
}
late <- lapply(list(c(0, 1), c(1, 1), c(0.5, 2)), function(k) with(lapply(samples$lung, as.vector), list(
  sample = "lung", rho = k[1], gamma = k[2], test = golden(fleming_harrington(time, event, group, k[1], k[2])))))

# Klein and Moeschberger 2003, table 7.3.
older <- unlist(lapply(c("gehan", "tarone-ware", "peto-peto"), function(weighting) lapply(c("lung", "aml", "event_and_censoring_tied"), function(name)
  with(lapply(samples[[name]], as.vector), list(
    sample = name, weighting = weighting, test = golden(fleming_harrington(time, event, group, 0, 0, weighting)))))), recursive = FALSE)

# Trend from survdiff's own sums; without ties coxph's score test is the same.
trend_z <- function(d, score) {
  o <- if (is.matrix(d$obs)) rowSums(d$obs) else d$obs
  e <- if (is.matrix(d$exp)) rowSums(d$exp) else d$exp
  sum(score * (o - e)) / sqrt(drop(score %*% d$var %*% score))
}
trends <- c(
  lapply(list(c(1, 2, 3, 4), c(0, 1, 1, 5)), function(score) with(lapply(samples$veteran, as.vector), list(
    sample = "veteran", scores = score, z = golden(trend_z(survdiff(Surv(time, event) ~ group), score))))),
  list(with(lapply(samples$no_ties, as.vector), list(
    sample = "no_ties", scores = c(1, 2, 3), z = golden(sqrt(unname(coxph(Surv(time, event) ~ as.integer(factor(group)))$score)) * sign(coef(coxph(Surv(time, event) ~ as.integer(factor(group)))))[[1]])))))

pairs <- with(lapply(samples$veteran, as.vector), {
  combination <- combn(sort(unique(group)), 2)
  tests <- lapply(seq_len(ncol(combination)), function(i) {
    keep <- group %in% combination[, i]
    survdiff(Surv(time, event) ~ group, subset = keep)
  })
  p <- vapply(tests, function(d) d$pvalue, 1)
  list(sample = "veteran", groups = t(combination), chiSquare = vapply(tests, function(d) d$chisq, 1), pValue = p, adjustedPValue = p.adjust(p, "holm"))
})

# Permutation: each assignment written out for small samples, coin's exact distribution for 19 against 18.
scores <- function(time, event) {
  f <- survfit(Surv(time, event) ~ 1)
  event - f$cumhaz[match(time, f$time)]
}
by_enumeration <- function(time, event, group) {
  a <- scores(time, event)
  first <- group == sort(unique(group))[1]
  sums <- combn(length(a), sum(first), function(rows) sum(a[rows]))
  mean(abs(sums) >= abs(sum(a[first])) - 1e-10)
}
shuffled <- local({
  # A fixed order that mixes the two groups of the sample; the first half of the rows is not the first group.
  time <- c(0.4, 1.1, 1.7, 2.6, 3.3, 3.9, 5.2, 6.1, 7.4, 8.8, 9.3, 12.5, 13.1, 15.7, 19.2, 21.4, 22.3, 24.8, 26.1, 27.7,
    29.4, 30.2, 31.6, 32.9, 33.5, 34.1, 34.7, 35.1, 35.2, 35.3, 35.4, 35.5, 35.6, 35.7, 35.8, 35.9, 36)
  event <- c(1, 1, 1, 0, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 0, 1, 1, 1, 0, 1, 0, 1, rep(0, 14))
  short <- c(1, 2, 4, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18, 20, 21, 23, 26, 29, 32)
  group <- ifelse(seq_along(time) %in% short, "s", "l")
  list(time = time, event = event, group = group)
})
small <- lapply(samples[c("no_ties", "campaign", "flat_step", "event_and_censoring_tied", "rounding")], lapply, as.vector)
small$no_ties$group <- ifelse(small$no_ties$group == "a", "a", "b")
small$campaign <- lapply(small$campaign, `[`, c(1:6, 15, 17, 20, 22, 24, 36, 37))
small$rounding$time <- survival::aeqSurv(Surv(small$rounding$time, small$rounding$event))[, 1]
exact <- lapply(names(small), function(name) with(small[[name]], list(
  name = name, input = list(time = I(time), event = I(event), group = I(group)),
  pValue = golden(by_enumeration(time, event, group)))))
by_coin <- with(shuffled, list(
  name = "19 against 18", input = list(time = I(time), event = I(event), group = I(group)),
  statistic = golden(as.numeric(statistic(logrank_test(Surv(time, event) ~ factor(group))))^2),
  pValue = golden(as.numeric(pvalue(logrank_test(Surv(time, event) ~ factor(group), distribution = exact("split-up")))))))
if (sum(shuffled$group == "s") != 19) stop("19 against 18 is not")

write_golden("log-rank", list(
  samples = samples, families = c(families, stratified), truncated = truncated, late = late, older = older, trends = trends, pairs = pairs,
  exact = c(exact, list(by_coin))
), c("survival", "coin"))
