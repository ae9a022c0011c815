# Competing risks: survfit for Surv(time, factor), cmprsk::cuminc, finegray with coxph, and cmprsk::crr.
# Needs the Debian package r-cran-cmprsk beside r-cran-survival.
source(file.path("test", "golden", "golden.R"))
suppressPackageStartupMessages(library(cmprsk))

set <- function(time, cause, group = NULL, entry = NULL, weights = NULL, strata = NULL) {
  columns <- list(time = time, cause = cause, group = group, entry = entry, weights = weights, strata = strata)
  lapply(columns[!vapply(columns, is.null, TRUE)], function(x) I(if (is.factor(x)) as.character(x) else x))
}

# Monoclonal gammopathy: progression to a plasma cell malignancy (1) or death before it (2).
gammopathy <- within(mgus2, {
  time <- ifelse(pstat == 0, futime, ptime)
  cause <- ifelse(pstat == 0, 2 * death, 1)
})
# Every fifth row keeps the file small; on the scale of age entry is late.
few <- gammopathy[seq(1, nrow(gammopathy), by = 5), ]
# Months of age, whole numbers, so that the sums are exact.
few$entry <- 12 * few$age
few$exit <- few$entry + few$time
few <- few[few$time > 0, ]
trial <- pbc[!is.na(pbc$trt), ]
# The first stretch of each patient: recurrence (1), death of the disease (2) or of another cause (3).
first <- bladder1[!duplicated(bladder1$id) & bladder1$stop > bladder1$start, ]

sets <- list(
  mgus2 = set(gammopathy$time, gammopathy$cause, gammopathy$sex),
  mgus2_age = set(few$exit, few$cause, few$sex, entry = few$entry),
  mgus2_weighted = set(few$exit, few$cause, few$sex, entry = few$entry, weights = 0.5 + seq_len(nrow(few)) %% 7 / 4),
  pbc = set(trial$time, c("censored", "transplant", "death")[trial$status + 1], trial$trt, strata = trial$stage),
  bladder = set(first$stop, first$status, first$treatment, strata = as.integer(first$number > 2)),
  campaign = set(c(1, 2, 2, 3, 5, 5, 6, 8, 8, 11, 14, 20, 36, 36, 36, 2, 7, 7, 13, 21, 36, 36, 36, 36, 36),
    c("release", "release", "exile", "release", "exile", "censored", "death", "release", "release", "exchange", "release", "censored", "censored", "censored", "censored",
      "death", "release", "exile", "exile", "exchange", "release", "censored", "censored", "censored", "censored"),
    rep(c("short list", "long list"), c(15, 10))),
  one_event = set(7, 1),
  one_cause = set(c(1, 3, 3, 4, 6), c(1, 0, 1, 1, 0)),
  reaches_zero = set(c(1, 2, 3, 4, 4), c(1, 0, 2, 1, 2), c("a", "b", "a", "b", "a")),
  all_at_once = set(c(2, 2, 2, 2, 5), c(1, 2, 3, 0, 0)),
  at_zero = set(c(0, 0, 1, 2, 3), c(1, 2, 0, 1, 0)),
  rounding = set(c(0.1 + 0.2, 0.3, 0.3, 1 - 0.9, 0.1, 2, 2 + 1e-9), c(1, 2, 0, 1, 0, 2, 1)),
  weights_of_zero = set(c(1, 2, 3, 4, 5, 6), c(1, 2, 2, 1, 1, 0), weights = c(1, 0, 1, 2, 0, 1)),
  fractional_weights = set(c(1, 3, 3, 5, 8, 8, 9), c(1, 2, 0, 1, 0, 1, 2), weights = c(0.5, 1.25, 2, 0.75, 1, 1.5, 0.3)),
  truncated_fractional = set(c(4, 6, 6, 9, 12, 15), c(1, 2, 0, 1, 0, 2), entry = c(0, 1, 2, 4, 5, 3), weights = c(0.5, 1.25, 2, 0.75, 1.5, 1.1)),
  empty_risk_set = set(c(2, 3, 7, 9), c(1, 2, 1, 2), entry = c(0, 1, 5, 6))
)

censored <- function(cause) cause %in% c("0", "censored")

# Surv(time, factor) with the causes in the order of their labels, and the factor's first level for censoring.
competing_surv <- function(s) {
  causes <- sort(unique(s$cause[!censored(s$cause)]), method = "radix")
  status <- factor(ifelse(censored(s$cause), "censored", as.character(s$cause)), c("censored", as.character(causes)))
  if (is.null(s$entry)) Surv(s$time, status) else Surv(s$entry, s$time, status)
}

incidence <- function(name) {
  s <- lapply(sets[[name]], function(x) as.vector(x))
  n <- length(s$time)
  group <- if (is.null(s$group)) rep("all", n) else s$group
  w <- if (is.null(s$weights)) rep(1, n) else s$weights
  y <- competing_surv(s)
  id <- seq_len(n)
  fit <- function(type) {
    f <- suppressWarnings(survfit(y ~ group, weights = w, id = id, conf.type = type))
    # The arcsin limits come without their dimensions. Where a probability is 0 but for rounding (1e-17, even negative),
    # there are no limits but on the plain scale.
    nothing <- abs(f$pstate) < 1e-14 & type != "plain"
    for (limit in c("lower", "upper")) f[[limit]] <- ifelse(nothing, NA, matrix(f[[limit]], nrow(f$pstate)))
    f
  }
  types <- c("log", if (n < 100) c("log-log", "plain", "logit", "arcsin"))
  fits <- lapply(setNames(nm = types), fit)
  levels <- sort(unique(group), method = "radix")
  y2 <- aeqSurv(y)
  one_group <- function(label) {
    pick <- function(f) if (length(levels) == 1) f else f[which(sub("^group=", "", names(f$strata)) == label), ]
    f <- pick(fits$log)
    inside <- group == label
    entry <- if (is.null(s$entry)) rep(-1, n) else y2[, 1]
    time <- y2[, ncol(y2) - 1]
    states <- if (is.null(f$states)) character(0) else f$states
    causes <- setdiff(states, "(s0)")
    list(
      label = label, n = sum(inside), time = I(f$time),
      atRisk = I(vapply(f$time, function(t) sum(w[inside & entry < t & time >= t]), 0)),
      censored = I(vapply(f$time, function(t) sum(w[inside & y2[, ncol(y2)] == 0 & time == t]), 0)),
      eventFree = I(f$pstate[, match("(s0)", states)]), eventFreeStandardError = I(f$std.err[, match("(s0)", states)]),
      causes = lapply(causes, function(cause) {
        j <- match(cause, states)
        from <- paste0("1.", j)
        list(
          cause = cause, incidence = I(f$pstate[, j]), standardError = I(f$std.err[, j]), cumulativeHazard = I(f$cumhaz[, from]),
          limits = lapply(fits, function(g) list(lower = I(pick(g)$lower[, j]), upper = I(pick(g)$upper[, j])))
        )
      })
    )
  }
  times <- max(s$time) * c(0, 0.1, 0.4, 0.8, 1.1)
  table <- summary(if (length(levels) == 1) fits$log else fits$log[1, ], times = times, extend = TRUE)
  at_times <- list(times = I(times), incidence = unname(table$pstate[, -1, drop = FALSE]), standardError = unname(table$std.err[, -1, drop = FALSE]), lower = unname(table$lower[, -1, drop = FALSE]))
  list(
    name = name, input = sets[[name]], atTimes = at_times,
    call = "survfit(Surv([entry,] time, factor(cause)) ~ group, weights = weights, id = row, conf.type = ...)",
    groups = lapply(levels, one_group)
  )
}

# Gray's test. cmprsk leaves ties within rounding to its caller, and its p value is 1 - pchisq(), so here it is from the
# statistic. A statistic of -1 says that the variance is singular.
gray <- function(name, rho, stratified) {
  s <- lapply(sets[[name]], function(x) as.vector(x))
  y <- aeqSurv(Surv(s$time, rep(1, length(s$time))))
  cause <- ifelse(censored(s$cause), 0, s$cause)
  strata <- if (stratified) s$strata else rep(1, length(s$time))
  known <- !is.na(strata)
  tests <- cuminc(y[known, 1], cause[known], s$group[known], strata[known], rho = rho)$Tests
  tests <- tests[order(rownames(tests), method = "radix"), , drop = FALSE]
  list(
    name = name, rho = rho, stratified = stratified,
    call = paste0("cuminc(time, cause, group", if (stratified) ", strata", ", rho = ", rho, ")$Tests"),
    cause = I(rownames(tests)), chiSquare = I(unname(tests[, "stat"])), df = I(unname(tests[, "df"])),
    pValue = I(unname(pchisq(tests[, "stat"], tests[, "df"], lower.tail = FALSE)))
  )
}
compared <- c("mgus2", "pbc", "bladder", "campaign", "reaches_zero")
tests <- c(
  lapply(compared, gray, 0, FALSE), lapply(compared, gray, 1, FALSE),
  lapply(c("pbc", "bladder"), gray, 0, TRUE), lapply(c("pbc", "bladder"), gray, 0.5, TRUE)
)

# Fine and Gray: the expanded rows, in the order of the rows they came from.
expanded <- function(name, cause, stratified = FALSE) {
  s <- lapply(sets[[name]], function(x) as.vector(x))
  y <- competing_surv(s)
  n <- length(s$time)
  d <- data.frame(row = seq_len(n), stratum = if (stratified) s$strata else 1, w = if (is.null(s$weights)) 1 else s$weights)
  d$y <- y
  f <- if (stratified) finegray(y ~ row + strata(stratum), data = d, etype = cause, count = "added", weights = w, id = row)
    else finegray(y ~ row, data = d, etype = cause, count = "added", weights = w, id = row)
  f <- f[order(f$row, f$added), ]
  list(
    name = name, cause = cause, stratified = stratified, call = "finegray(Surv([entry,] time, factor(cause)) ~ ., etype = cause, weights = weights, id = row)",
    row = I(f$row - 1), entry = I(f$fgstart), time = I(f$fgstop), event = I(f$fgstatus), weights = I(f$fgwt), added = I(f$added)
  )
}
expansions <- list(
  expanded("campaign", "release"), expanded("campaign", "death"), expanded("campaign", "exchange"),
  expanded("bladder", "1"), expanded("bladder", "3"), expanded("bladder", "1", TRUE),
  expanded("one_cause", "1"), expanded("reaches_zero", "1"), expanded("all_at_once", "2"), expanded("at_zero", "1"),
  expanded("rounding", "1"), expanded("fractional_weights", "1"), expanded("truncated_fractional", "1"), expanded("mgus2_age", "1")
)

# Fits. Covariates stand in the golden file, since they are not columns of the sets.
fitted <- function(name, d, cause, covariates, ties, stratified = FALSE) {
  s <- list(time = d$time, cause = d$cause, entry = d$entry)
  s <- s[!vapply(s, is.null, TRUE)]
  d$y <- competing_surv(s)
  d$row <- seq_len(nrow(d))
  # Predicted for the mean covariates, and for one more in each.
  rows <- rbind(colMeans(d[covariates]), colMeans(d[covariates]) + 1)
  right <- paste(c(covariates, "row"), collapse = " + ")
  f <- finegray(as.formula(paste("y ~", right, if (stratified) "+ stratum + strata(stratum)")), data = d, etype = cause, id = row)
  model <- as.formula(paste("Surv(fgstart, fgstop, fgstatus) ~", paste(covariates, collapse = " + "), if (stratified) "+ strata(stratum)"))
  control <- coxph.control(eps = 1e-11, toler.chol = 1e-12, iter.max = 50)
  fit <- coxph(model, data = f, weights = fgwt, cluster = row, ties = ties, control = control)
  predicted <- if (stratified) NULL else lapply(1:2, function(i) {
    curve <- survfit(fit, newdata = as.data.frame(rows)[i, ])
    at <- curve$n.event > 0
    list(time = I(curve$time[at]), incidence = I(1 - curve$surv[at]), standardError = I((curve$std.err * curve$surv)[at]), lower = I(1 - curve$upper[at]), upper = I(1 - curve$lower[at]))
  })
  list(
    name = name, cause = cause, ties = ties, stratified = stratified,
    call = paste0("coxph(Surv(fgstart, fgstop, fgstatus) ~ ", paste(covariates, collapse = " + "), if (stratified) " + strata(stratum)", ", weights = fgwt, cluster = row, ties = \"", ties, "\")"),
    input = c(lapply(s, I), list(covariates = lapply(d[covariates], I)), if (stratified) list(strata = I(d$stratum))),
    coefficient = I(unname(coef(fit))), standardError = I(sqrt(diag(fit$naive.var))), robustStandardError = I(unname(sqrt(diag(vcov(fit))))),
    logLikelihood = list(null = fit$loglik[1], fitted = fit$loglik[2]), score = fit$score, robustScore = unname(summary(fit)$robscore[["test"]]), wald = fit$wald.test,
    rows = rows, predicted = predicted
  )
}
liver <- with(trial, data.frame(time = time, cause = c("censored", "transplant", "death")[status + 1], age = age, bilirubin = log(bili), treated = as.integer(trt == 1), stratum = as.integer(sex == "f")))
blood <- with(few[!is.na(few$hgb), ], data.frame(time = exit, entry = entry, cause = cause, male = as.integer(sex == "M"), hemoglobin = hgb))
tumours <- with(first, data.frame(time = stop, cause = status, number = number, size = size, thiotepa = as.integer(treatment == "thiotepa")))
fits <- list(
  fitted("pbc", liver, "death", c("age", "bilirubin", "treated"), "efron"),
  fitted("pbc", liver, "transplant", c("age", "bilirubin", "treated"), "breslow"),
  fitted("pbc", liver, "death", c("age", "bilirubin"), "efron", TRUE),
  fitted("bladder", tumours, "1", c("number", "size", "thiotepa"), "efron"),
  fitted("bladder", tumours, "1", c("number", "size", "thiotepa"), "breslow"),
  fitted("mgus2 by age", blood, "1", c("male", "hemoglobin"), "efron"),
  fitted("mgus2 by age", blood, "2", c("male", "hemoglobin"), "breslow")
)

# crr counts ties of censoring and event otherwise than finegray, so here each time occurs once.
once <- liver
once$time <- rank(once$time, ties.method = "first")
compared_with_crr <- lapply(c("death", "transplant"), function(cause) {
  x <- as.matrix(once[c("age", "bilirubin", "treated")])
  fit <- crr(once$time, once$cause, x, failcode = cause, cencode = "censored", gtol = 1e-14, maxiter = 50)
  list(
    cause = cause, call = "crr(time, cause, covariates, gtol = 1e-14)",
    input = list(time = I(once$time), cause = I(once$cause), covariates = lapply(once[c("age", "bilirubin", "treated")], I)),
    coefficient = I(unname(fit$coef)), standardError = I(sqrt(diag(fit$invinf))), withWeightsEstimated = I(sqrt(diag(fit$var))),
    logLikelihood = list(null = fit$loglik.null, fitted = fit$loglik)
  )
})

write_golden("competing", list(
  incidence = lapply(names(sets), incidence),
  gray = tests,
  expansions = expansions,
  fineGray = fits,
  crr = compared_with_crr
), c("survival", "cmprsk"))
