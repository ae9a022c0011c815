# Logistic regression, propensity weights, standardised differences, weighted curves and E-values.
source(file.path("test", "golden", "golden.R"))

complete <- function(data, columns) data[complete.cases(data[columns]), columns]
cells <- function(x) I(if (is.factor(x)) as.character(x) else if (is.logical(x)) as.integer(x) else as.vector(x))

lungs <- complete(survival::lung, c("time", "status", "age", "sex", "ph.karno", "pat.karno"))
lungs$treated <- as.integer(lungs$sex == 2)
trial <- transform(veteran, treated = as.integer(prior == 10), celltype = as.character(celltype))
livers <- complete(survival::pbc, c("time", "status", "age", "sex", "edema", "bili", "albumin", "protime", "stage"))
livers$treated <- as.integer(livers$stage == 4)
livers$sex <- as.character(livers$sex)
livers$huge <- livers$protime * 1e9 + 2015
breast <- transform(survival::gbsg, treated = hormon)

studies <- list(
  lung = list(data = lungs, covariates = c("age", "ph.karno", "pat.karno"), time = "time", event = lungs$status == 2),
  veteran = list(data = trial, covariates = c("age", "karno", "diagtime", "celltype"), time = "time", event = trial$status == 1),
  pbc = list(data = livers, covariates = c("age", "sex", "edema", "bili", "albumin", "huge"), time = "time", event = livers$status == 2),
  gbsg = list(data = breast, covariates = c("age", "meno", "size", "grade", "nodes", "pgr", "er"), time = "rfstime", event = breast$status == 1)
)

# Tighter than glm's default, which can leave coefficients good to 1e-5 only. Tighter still, and glm, whose tolerance
# for aliased columns is a thousandth of this, would no longer see any.
strict <- glm.control(epsilon = 1e-11, maxit = 100)
logistic <- function(data, covariates, weights = NULL) {
  data$weights_of_rows <- if (is.null(weights)) 1 else weights
  fit <- suppressWarnings(glm(reformulate(covariates, "treated"), binomial, data, weights = weights_of_rows, control = strict))
  # glm's covariance is from the weights before the last step; this one is from the fitted probabilities.
  x <- model.matrix(fit)[, !is.na(coef(fit)), drop = FALSE]
  p <- plogis(fit$linear.predictors)
  center <- scale(x[, -1]); root <- sqrt(data$weights_of_rows * p * (1 - p))
  z <- cbind(1, center)
  back <- rbind(c(1, -attr(center, "scaled:center") / attr(center, "scaled:scale")), cbind(0, diag(1 / attr(center, "scaled:scale"), ncol(z) - 1)))
  covariance <- back %*% solve(crossprod(z * root)) %*% t(back)
  list(
    call = "glm(treated ~ ., binomial, weights = )",
    coefficients = I(unname(coef(fit)[!is.na(coef(fit))])), standardErrors = I(sqrt(diag(covariance))), covariance = unname(covariance),
    fitted = I(unname(fitted(fit))), nullDeviance = fit$null.deviance, deviance = fit$deviance, aliased = I(sum(is.na(coef(fit))))
  )
}

weight <- function(estimand, z, e) switch(estimand,
  ATE = ifelse(z == 1, 1 / e, 1 / (1 - e)), ATT = ifelse(z == 1, 1, e / (1 - e)),
  ATC = ifelse(z == 1, (1 - e) / e, 1), overlap = ifelse(z == 1, 1 - e, e))

# Formulas as in cobalt's documentation: col_w_sd and s.d.denom, with the denominator from the unweighted rows.
variance <- function(x, w, binary) {
  m <- weighted.mean(x, w)
  if (binary) m * (1 - m) else sum(w) / (sum(w)^2 - sum(w^2)) * sum(w * (x - m)^2)
}
smd <- function(x, z, w, denominator) {
  known <- !is.na(x); x <- x[known]; z <- z[known]; w <- w[known]
  binary <- all(x %in% 0:1)
  plain <- vapply(1:0, function(arm) variance(x[z == arm], rep(1, sum(z == arm)), binary), 0)
  now <- vapply(1:0, function(arm) variance(x[z == arm], w[z == arm], binary), 0)
  means <- vapply(1:0, function(arm) weighted.mean(x[z == arm], w[z == arm]), 0)
  spread <- sqrt(switch(denominator, pooled = mean(plain), treated = plain[1], control = plain[2]))
  list(treated = means[1], control = means[2], difference = means[1] - means[2], standardized = (means[1] - means[2]) / spread, varianceRatio = if (binary) NA else now[1] / now[2])
}
columns <- function(x) if (is.character(x)) lapply(sort(unique(x), method = "radix"), function(level) as.integer(x == level)) else list(x)
balance <- function(data, covariates, w, denominator) {
  lines <- unlist(lapply(covariates, function(name) columns(data[[name]])), recursive = FALSE)
  lapply(lines, smd, data$treated, w, denominator)
}

study <- function(s) {
  z <- s$data$treated
  fit <- logistic(s$data, s$covariates)
  case_weights <- rep(c(1, 2.5, 0.5, 1), length.out = length(z))
  e <- as.vector(fit$fitted)
  list(
    treated = I(z), covariates = lapply(setNames(nm = s$covariates), function(name) cells(s$data[[name]])),
    time = cells(s$data[[s$time]]), event = I(as.integer(s$event)),
    logistic = fit, caseWeights = I(case_weights), weightedLogistic = logistic(s$data, s$covariates, case_weights),
    estimands = lapply(setNames(nm = c("ATE", "ATT", "ATC", "overlap")), function(estimand) {
      w <- weight(estimand, z, e)
      f <- survfit(Surv(s$data[[s$time]], s$event) ~ z, weights = w, robust = TRUE)
      list(
        weights = I(w), effective = I(vapply(1:0, function(arm) sum(w[z == arm])^2 / sum(w[z == arm]^2), 0)),
        balance = lapply(setNames(nm = c("pooled", "treated", "control")), function(d) balance(s$data, s$covariates, w, d)),
        curves = if (estimand == "ATT" || length(z) > 300) list() else lapply(1:2, function(k) list(
          call = "survfit(Surv(time, event) ~ treated, weights = w, robust = TRUE)",
          survival = I(f[k]$surv), standardError = I(if (f$logse) f[k]$std.err * f[k]$surv else f[k]$std.err), lower = I(f[k]$lower), upper = I(f[k]$upper), atRisk = I(f[k]$n.risk)))
      )
    }),
    balance = lapply(setNames(nm = c("pooled", "treated", "control")), function(d) balance(s$data, s$covariates, rep(1, length(z)), d))
  )
}

# Aliased columns: a constant, and a sum of two others.
alias <- local({
  data <- transform(breast, constant = 7, both = age + 2 * size)
  columns <- c("age", "constant", "size", "both", "nodes")
  list(treated = I(data$treated), covariates = lapply(setNames(nm = columns), function(n) cells(data[[n]])), logistic = logistic(data, columns))
})

gaps <- local({
  x <- replace(lungs$age, c(3, 17, 40, 41), NA)
  list(x = I(x), treated = I(lungs$treated), smd = smd(x, lungs$treated, rep(1, nrow(lungs)), "pooled"))
})

# EValue's formulas: evalues.HR() and threshold().
to_risk_ratio <- function(hr, rare) if (rare) hr else (1 - 0.5^sqrt(hr)) / (1 - 0.5^sqrt(1 / hr))
threshold <- function(rr) { rr <- ifelse(rr < 1, 1 / rr, rr); rr + sqrt(rr * (rr - 1)) }
e_values <- unlist(lapply(list(c(0.56, 0.46, 0.69), c(1.3, 0.9, 1.9), c(2.5, 1.4, 4.6), c(7.4, 2.1, 26), c(0.9, 0.7, 1.2), c(1, 0.5, 2), c(0.02, 0.001, 0.4)), function(hr) lapply(c(TRUE, FALSE), function(rare) {
  rr <- to_risk_ratio(hr, rare)
  list(hazardRatio = hr[1], lower = hr[2], upper = hr[3], rare = rare, riskRatio = I(rr), estimate = threshold(rr[1]), limit = if (hr[2] > 1) threshold(rr[2]) else if (hr[3] < 1) threshold(rr[3]) else 1)
})), recursive = FALSE)

write_golden("comparability", list(studies = lapply(studies, study), aliased = alias, missing = gaps, eValues = e_values))
