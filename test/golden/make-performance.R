# How good a Cox model predicts: Brier's score and the area under the ROC curve written down pair by pair, Uno's concordance
# by survival, calibration by groups of predicted risk. riskRegression 2022.11.28 (Debian's r-cran-riskregression, not needed
# here) gives the same to 12 digits: Score(list(cox = risk), Surv(time, event) ~ 1, data, times = times, cens.model = "km",
# metrics = c("brier", "auc"), null.model = TRUE, se.fit = FALSE).
source(file.path("test", "golden", "golden.R"))
control <- coxph.control(eps = 1e-13, toler.chol = 1e-14, iter.max = 60)
options(warn = -1) # "tolerance should be < eps" of the above

lungs <- with(lung[complete.cases(lung[c("age", "ph.ecog", "inst")]), ], data.frame(time, event = status - 1, age, sex, ecog = ph.ecog))
veterans <- with(veteran, data.frame(time, event = status, age = karno, sex = trt, ecog = diagtime))
women <- with(ovarian, data.frame(time = futime, event = fustat, age, sex = rx, ecog = ecog.ps))
breast <- with(gbsg[1:250, ], data.frame(time = rfstime, event = status, age = hormon, sex = grade, ecog = nodes))
sets <- list(lung = lungs, veteran = veterans, ovarian = women, breast = breast)

# The censoring's own curve, in which events at a time leave before those who are censored then.
uncensored <- function(data) {
  later <- ifelse(data$event == 0, data$time + min(diff(sort(unique(data$time)))) / 2, data$time)
  fit <- survfit(Surv(later, 1 - data$event) ~ 1)
  step <- stepfun(fit$time, c(1, fit$surv))
  list(at = step, before = function(t) step(t - 1e-6))
}
scores <- function(data, risk, t) {
  G <- uncensored(data)
  case <- data$time <= t & data$event == 1; control <- data$time > t
  w <- ifelse(case, 1 / G$before(data$time), ifelse(control, 1 / G$at(t + min(diff(sort(unique(data$time)))) / 2), 0))
  marginal <- 1 - summary(survfit(Surv(time, event) ~ 1, data), times = t, extend = TRUE)$surv
  pairs <- outer(risk[case], risk[control], function(a, b) (a > b) + (a == b) / 2) * outer(w[case], w[control])
  list(brier = mean(w * (case - risk)^2), reference = mean(w * (case - marginal)^2), auc = sum(pairs) / (sum(w[case]) * sum(w[control])))
}

one <- function(name, covariates, ties = "efron") {
  data <- sets[[name]]
  fit <- coxph(reformulate(covariates, "Surv(time, event)"), data, ties = ties, control = control)
  times <- unname(quantile(data$time, c(0.2, 0.5, 0.8), type = 1))
  hazard <- basehaz(fit, centered = FALSE)
  at <- function(t) { before <- hazard$time <= t; if (any(before)) max(hazard$hazard[before]) else 0 }
  risk <- 1 - exp(-outer(exp(predict(fit, type = "lp", reference = "zero")), sapply(times, at)))
  found <- lapply(1:3, function(k) scores(data, risk[, k], times[k]))
  middle <- times[2]
  # Quarters of the predicted risk, equal risks together.
  r <- risk[, 2]; order <- order(r); group <- integer(length(r)); g <- 1
  for (k in seq_along(order)) { if (k > 1 && k - 1 >= floor(g * length(r) / 4 + 0.5) && r[order[k]] != r[order[k - 1]]) g <- g + 1; group[order[k]] <- g }
  seen <- lapply(split(data, group), function(d) summary(survfit(Surv(time, event) ~ 1, d, conf.type = "log-log"), times = middle, extend = TRUE))
  list(set = name, covariates = I(covariates), ties = ties, times = I(times), brier = I(sapply(found, `[[`, "brier")), reference = I(sapply(found, `[[`, "reference")), auc = I(sapply(found, `[[`, "auc")),
    uno = unname(concordance(fit, timewt = "n/G2")$concordance), tau = times[3], unoTau = unname(concordance(fit, timewt = "n/G2", ymax = times[3])$concordance),
    n = I(as.vector(table(group))), predicted = I(as.vector(tapply(r, group, mean))), observed = I(unname(sapply(seen, function(s) 1 - s$surv))),
    lower = I(unname(sapply(seen, function(s) 1 - s$upper))), upper = I(unname(sapply(seen, function(s) 1 - s$lower))))
}
cases <- unlist(lapply(names(sets), function(n) list(one(n, c("age", "sex", "ecog")), one(n, "age"), one(n, c("sex", "ecog"), "breslow"), one(n, "sex"))), recursive = FALSE)
write_golden("performance", list(sets = lapply(sets, function(d) lapply(d, I)), cases = cases))
