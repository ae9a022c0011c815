# What multiple imputation rests on and what can be computed without a random number: Nelson-Aalen's hazard, the rows that
# guard against separation, the posterior of the imputing model, and Rubin's rules. mice is not in Debian's repositories;
# its augment(), mice.impute.logreg() and pool.scalar() are written out here in base R.
source(file.path("test", "golden", "golden.R"))
control <- coxph.control(eps = 1e-13, toler.chol = 1e-14, iter.max = 60)
options(warn = -1) # "non-integer #successes" of glm with fractional weights

data <- with(lung, data.frame(time, event = status - 1, age, women = sex - 1, ecog = 1 * (ph.ecog > 1), low = 1 * (pat.karno < 80), loss = 1 * (wt.loss > 5)))
covariates <- c("age", "women", "ecog", "low", "loss")

# Nelson-Aalen's cumulative hazard of all rows at each row's time.
curve <- survfit(Surv(time, event) ~ 1, data, ctype = 1)
data$hazard <- curve$cumhaz[match(data$time, curve$time)]

# White, Daniel and Royston's rows: two outcomes by half a standard deviation up and down, for each column.
augment <- function(x) {
  p <- ncol(x)
  k <- 2
  nr <- 2 * p * k
  a <- matrix(colMeans(x), nrow = nr, ncol = p, byrow = TRUE)
  b <- matrix(rep(c(rep.int(c(0.5, -0.5), k), rep.int(0, nr)), length = nr * p), nrow = nr, ncol = p)
  c <- matrix(apply(x, 2, sd), nrow = nr, ncol = p, byrow = TRUE)
  d <- pmax(matrix(apply(x, 2, min), nrow = nr, ncol = p, byrow = TRUE), a + b * c)
  d <- pmin(matrix(apply(x, 2, max), nrow = nr, ncol = p, byrow = TRUE), d)
  list(x = d, y = rep(rep(c(0, 1), each = 2), p), w = (p + 1) / nr)
}

posterior <- function(y, x) {
  known <- !is.na(y)
  added <- augment(x)
  # glm's covariance is that of the step before the last, so the fit starts again from where it ended.
  start <- NULL
  for (round in 1:3) {
    fit <- glm.fit(cbind(1, rbind(x[known, , drop = FALSE], added$x)), c(y[known], added$y), weights = c(rep(1, sum(known)), rep(added$w, length(added$y))),
      family = quasibinomial(), start = start, control = glm.control(epsilon = 1e-14, maxit = 100))
    start <- coef(fit)
  }
  list(mean = I(unname(coef(fit))), covariance = unname(summary.glm(fit)$cov.unscaled))
}

# Each incomplete covariate on the others, where what is missing in those is 1 in odd rows and 0 in even ones.
filled <- data
for (name in covariates) filled[[name]] <- ifelse(is.na(data[[name]]), seq_len(nrow(data)) %% 2, data[[name]])
predictors <- function(name) as.matrix(filled[c(setdiff(covariates, name), "event", "hazard")])
posteriors <- lapply(c("ecog", "low", "loss"), function(name) c(list(outcome = name, predictors = I(colnames(predictors(name)))), posterior(data[[name]], predictors(name))))

# A covariate that tells the outcomes apart.
apart <- data.frame(y = c(0, 0, 0, 0, 1, 1, 1, NA), x = c(0, 0, 0, 0, 1, 1, 1, 1), z = c(2, 5, 3, 4, 4, 6, 2, 3))

# Rubin's rules with Barnard and Rubin's degrees of freedom.
pool <- function(q, u, complete) {
  m <- length(q)
  b <- var(q)
  t <- mean(u) + (1 + 1 / m) * b
  r <- (1 + 1 / m) * b / mean(u)
  lambda <- (1 + 1 / m) * b / t
  old <- (m - 1) / lambda^2
  observed <- (complete + 1) / (complete + 3) * complete * (1 - lambda)
  df <- if (is.infinite(complete)) old else if (is.infinite(old)) observed else old * observed / (old + observed)
  list(estimate = mean(q), within = mean(u), between = b, total = t, df = df, relativeIncrease = r, missingInformation = (r + 2 / (df + 3)) / (r + 1),
    pValue = 2 * pt(-abs(mean(q)) / sqrt(t), df), lower = mean(q) - qt(0.975, df) * sqrt(t), upper = mean(q) + qt(0.975, df) * sqrt(t))
}
pooled <- lapply(list(
  list(q = c(0.81, 0.79, 0.84), u = c(0.12, 0.12, 0.13), complete = 80),
  list(q = c(0.81, 0.79, 0.84), u = c(0.12, 0.12, 0.13), complete = NA),
  list(q = c(-1.5, 2.5), u = c(0.4, 0.9), complete = 12),
  list(q = c(1.1, 1.1, 1.1, 1.1), u = c(0.2, 0.3, 0.2, 0.3), complete = 30),
  list(q = c(3e-7, -2e-6, 5e-6, 1e-6, 4e-6), u = c(1e-11, 2e-11, 1e-11, 3e-11, 2e-11), complete = 1)
), function(case) list(estimates = I(case$q), variances = I(case$u), completeDf = case$complete, value = pool(case$q, case$u, if (is.na(case$complete)) Inf else case$complete)))

# Cox models on five completions by a rule, pooled: coefficients with events less coefficients for degrees of freedom.
rule <- function(copy) lapply(data[covariates], function(x) ifelse(is.na(x), (seq_along(x) * copy) %% 3 == 0, x))
fits <- lapply(1:5, function(copy) coxph(Surv(time, event) ~ age + women + ecog + low + loss, data.frame(data[c("time", "event")], rule(copy)), control = control))
cox <- lapply(seq_along(covariates), function(j) pool(sapply(fits, function(f) coef(f)[[j]]), sapply(fits, function(f) f$var[j, j]), sum(data$event) - length(covariates)))

write_golden("imputation", list(
  input = list(time = I(data$time), event = I(data$event), covariates = lapply(data[covariates], function(x) I(as.numeric(x)))),
  nelsonAalen = I(data$hazard),
  augmentation = with(augment(as.matrix(apart[c("x", "z")])), list(x = x, y = I(y), weight = w)),
  posteriors = posteriors,
  separated = c(list(data = lapply(apart, I)), posterior(apart$y, as.matrix(apart[c("x", "z")]))),
  pooled = pooled,
  cox = cox
))
