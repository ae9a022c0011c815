# Turnbull's estimate: survfit for Surv(lower, upper, type = "interval2"), as it is and iterated to the end; and, for
# truncated rows, which survfit does not take, self-consistency steps written here and survfit(Surv(entry, time, event)).
source(file.path("test", "golden", "golden.R"))

# survfit ends its iteration when survival changes by less than 5e-5 in a step. Its own code with a limit of 1e-13:
turnbull_code <- deparse(survival:::survfitTurnbull)
stopifnot(sum(grepl("5e-05", turnbull_code, fixed = TRUE)) == 1)
to_the_end <- eval(parse(text = sub("5e-05", "1e-13", turnbull_code, fixed = TRUE)), asNamespace("survival"))

# Breast retraction after radiotherapy alone: months between visits. Finkelstein and Wolfe (1985), Biometrics 41:933.
retraction <- matrix(c(
  45, NA, 6, 10, 0, 7, 46, NA, 46, NA, 7, 16, 17, NA, 7, 14, 37, 44, 0, 8, 4, 11, 15, NA, 11, 15, 22, NA, 46, NA, 46, NA,
  25, 37, 46, NA, 26, 40, 46, NA, 27, 34, 36, 44, 46, NA, 36, 48, 37, NA, 40, NA, 17, 25, 46, NA, 11, 18, 38, NA, 5, 12,
  37, NA, 0, 5, 18, NA, 24, NA, 36, NA, 5, 11, 19, 35, 17, 25, 24, NA, 32, NA, 33, NA, 19, 26, 37, NA, 34, NA, 36, NA
), ncol = 2, byrow = TRUE)
# Deaths in pbc known by half-years since the visit before; censored patients to the day.
dead <- pbc$status == 2
visits <- data.frame(lower = ifelse(dead, 182 * floor((pbc$time - 1) / 182), pbc$time), upper = ifelse(dead, 182 * ceiling(pbc$time / 182), NA))
# Irregular visits that overlap, from the lung data: the gaps differ from row to row.
gap <- 30 + 17 * (seq_len(nrow(lung)) %% 11)
passed <- gap * floor((lung$time - 1) / gap)
irregular <- data.frame(lower = ifelse(lung$status == 2, passed, lung$time), upper = ifelse(lung$status == 2, passed + gap, NA))
irregular$upper[lung$status == 2 & seq_len(nrow(lung)) %% 5 == 0] <- NA
exact <- lung$status == 2 & seq_len(nrow(lung)) %% 4 == 0
irregular[exact, ] <- lung$time[exact]
by_visit <- function(lower, upper, ...) list(lower = lower, upper = upper, ...)

sets <- list(
  retraction = by_visit(retraction[, 1], retraction[, 2]),
  half_years = by_visit(visits$lower, visits$upper),
  irregular = by_visit(irregular$lower, irregular$upper),
  irregular_weighted = by_visit(irregular$lower, irregular$upper, weights = 1 + seq_len(nrow(irregular)) %% 3),
  # With exact and right-censored rows only, survfit adds one row of its own (wtmat has one row of ones then) and misses
  # Kaplan and Meier's estimate, so here is one interval too.
  mostly_exact = by_visit(c(1, 2, 3, 4, 5, 5, 2), c(1, 2, NA, 4, NA, 5, 4)),
  all_exact = by_visit(c(1, 2, 2, 3), c(1, 2, 2, 3)),
  touching = by_visit(c(0, 2, 4, 2, 0), c(2, 4, 6, 6, 4)),
  nested = by_visit(c(0, 1, 2, 3, 1), c(9, 8, 7, 6, 4)),
  exact_at_ends = by_visit(c(1, 3, 3, 5, 2), c(3, 3, 5, 5, 5)),
  one_interval = by_visit(2, 5)
)

steps <- function(f, times) summary(f, times = times, extend = TRUE)$surv

interval_case <- function(name) {
  s <- sets[[name]]
  w <- if (is.null(s$weights)) rep(1, length(s$lower)) else s$weights
  y <- Surv(s$lower, s$upper, type = "interval2")
  ends <- sort(unique(c(s$lower, s$upper, 0)))
  as_it_is <- survfit(y ~ 1, weights = w)
  final <- to_the_end(factor(rep(1, nrow(y))), y, w)
  class(final) <- "survfit"
  list(
    name = name, call = "survfit(Surv(lower, upper, type = \"interval2\") ~ 1, weights = weights); the same code with eps > 1e-13",
    input = lapply(s, I), times = I(ends), survfit = I(steps(as_it_is, ends)), iterated = I(steps(final, ends))
  )
}

# The innermost intervals with entries as further upper ends, and self-consistency until the gradient vanishes.
truncated_case <- function(name, lower, upper, entry) {
  high <- ifelse(is.na(upper), Inf, upper)
  ends <- rbind(
    data.frame(time = lower, kind = ifelse(lower == high, 0, 3)), data.frame(time = high, kind = ifelse(lower == high, 0.5, 1)),
    data.frame(time = entry[entry > 0], kind = rep(2, sum(entry > 0)))
  )
  ends <- unique(ends[order(ends$time, ends$kind), ])
  begins <- which(head(ends$kind, -1) %in% c(0, 3) & tail(ends$kind, -1) %in% c(0.5, 1, 2))
  from <- ends$time[begins]
  to <- ends$time[begins + 1]
  exact_row <- lower == high
  alpha <- outer(seq_along(lower), seq_along(from), function(i, j) {
    ifelse(exact_row[i], from[j] == lower[i] & to[j] == lower[i], from[j] >= lower[i] & to[j] <= high[i] & !(from[j] == to[j] & from[j] == lower[i]))
  }) * 1
  beta <- outer(entry, from, "<=") * 1
  beta[outer(entry, to, ">=")] <- 0
  p <- rep(1 / length(from), length(from))
  repeat {
    hidden <- as.vector(1 / (beta %*% p))
    gradient <- as.vector(t(alpha) %*% (1 / (alpha %*% p)) - t(beta) %*% hidden)
    p <- p * (gradient + sum(hidden)) / sum(hidden)
    p <- p / sum(p)
    if (max(abs(p * gradient)) < 1e-13 && all(gradient[p < 1e-12] < 0)) break
  }
  p[p < 1e-12] <- 0
  list(
    name = name, call = "self-consistency steps until p * gradient < 1e-13",
    input = list(lower = I(lower), upper = I(upper), entry = I(entry)),
    lower = I(from[p > 0]), upper = I(ifelse(is.infinite(to), NA, to)[p > 0]), probability = I(p[p > 0] / sum(p)),
    logLikelihood = sum(log(alpha %*% p)) - sum(log(beta %*% p))
  )
}
few <- mgus2[seq(1, nrow(mgus2), by = 9), ]
few <- few[few$futime > 0 & few$age >= 60, ]
age_at_death <- 12 * few$age + few$futime
late <- list(
  truncated_case("small", c(4, 3, 5, 7, 6, 2, 9), c(6, 8, 5, NA, 10, 12, NA), c(0, 1, 3, 4, 2, 0, 5)),
  truncated_case("extra_interval", c(2, 4, 5, 3, 1), c(10, 6, NA, 7, 3), c(0, 3, 1, 2.5, 0)),
  truncated_case("years_of_age", 12 * floor(age_at_death / 12 - 1e-9), ifelse(few$death == 1, 12 * floor(age_at_death / 12 - 1e-9) + 12, NA), pmin(12 * few$age, 12 * floor(age_at_death / 12 - 1e-9)))
)
# Exact and right-censored times with late entry are Kaplan and Meier's.
whole <- list(time = c(4, 6, 6, 9, 12, 15, 7, 10), event = c(1, 1, 0, 1, 0, 1, 1, 1), entry = c(0, 1, 2, 4, 5, 3, 0, 2))
product_limit <- survfit(Surv(whole$entry, whole$time, whole$event) ~ 1)

write_golden("turnbull", list(
  intervals = lapply(names(sets), interval_case),
  truncated = late,
  kaplanMeier = list(
    call = "survfit(Surv(entry, time, event) ~ 1)", input = lapply(whole, I), time = I(product_limit$time), survival = I(product_limit$surv)
  )
))
