# Cox models with a ridge or Firth's penalty, and profile-likelihood limits.
source(file.path("test", "golden", "golden.R"))
options(warn = -1)

lung2 <- within(lung, { dead <- status - 1; women <- sex - 1 })
# Ridge, Firth and profile limits, on data in input form.
data <- with(lung2[complete.cases(lung2[c("time", "dead", "age", "women", "ph.ecog")]), ], data.frame(time, dead, age, women, ph.ecog))
ridged <- lapply(c(1, 20), function(theta) {
  fit <- coxph(Surv(time, dead) ~ ridge(age, women, ph.ecog, theta = theta), data, control = coxph.control(eps = 1e-13, iter.max = 60))
  list(call = sprintf("coxph(Surv(time, dead) ~ ridge(age, women, ph.ecog, theta = %g), data)", theta), theta = theta,
    coefficient = unname(coef(fit)), standardError = sqrt(diag(fit$var)), fitted = fit$loglik[2], df = fit$df)
})

# log L + log|I|/2 of coxph itself at given coefficients, maximised and profiled by derivative-free search in R.
separated <- data.frame(time = c(1, 2, 3, 3, 4, 5, 6, 7, 8, 9, 10, 12), event = c(1, 1, 1, 1, 0, 1, 1, 0, 1, 0, 1, 0),
  a = c(1, 1, 1, 0, 0, 1, 1, 0, 1, 0, 1, 0), b = c(3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8))
separated$a[4] <- 1
penalised <- function(beta, ties, data = separated, names = c("a", "b"), firth = TRUE) {
  x <- as.matrix(data[names])
  # What coxph() itself calls, without its formula and its concordance: thousands of times here.
  fit <- coxph.fit(x, Surv(data$time, data$event), NULL, NULL, beta, coxph.control(iter.max = 0), NULL, ties, NULL)
  fit$loglik[1] + if (firth) -as.numeric(determinant(fit$var)$modulus) / 2 else 0
}
maximum_of <- function(f, start) {
  for (round in 1:6) {
    found <- optim(start, f, method = "Nelder-Mead", control = list(fnscale = -1, reltol = 1e-16, maxit = 5000))
    start <- found$par
  }
  # Newton's last digits, with derivatives from differences of high order.
  h <- 1e-3
  for (round in 1:3) {
    g <- sapply(seq_along(start), function(i) { e <- replace(numeric(length(start)), i, h)
      (8 * (f(start + e) - f(start - e)) - (f(start + 2 * e) - f(start - 2 * e))) / (12 * h) })
    H <- outer(seq_along(start), seq_along(start), Vectorize(function(i, j) { a <- replace(numeric(length(start)), i, h); b <- replace(numeric(length(start)), j, h)
      (f(start + a + b) - f(start + a - b) - f(start - a + b) + f(start - a - b)) / (4 * h * h) }))
    start <- start - solve(H, g)
  }
  start
}
profile_limit <- function(f, at, i, direction, start) {
  top <- f(at)
  inner <- function(value) {
    other <- optimize(function(o) f(if (i == 1) c(value, o) else c(o, value)), start[3 - i] + c(-8, 8), maximum = TRUE, tol = 1e-10)$objective
    2 * (top - other) - qchisq(0.95, 1)
  }
  uniroot(inner, sort(at[i] + direction * c(1e-3, 12)), tol = 1e-11)$root
}
firths <- lapply(c("efron", "breslow"), function(ties) {
  f <- function(beta) penalised(beta, ties)
  at <- maximum_of(f, c(1, 0))
  list(ties = ties, coefficient = at, logLikelihood = f(at), null = f(c(0, 0)),
    lower = c(profile_limit(f, at, 1, -1, at), profile_limit(f, at, 2, -1, at)),
    upper = c(profile_limit(f, at, 1, 1, at), profile_limit(f, at, 2, 1, at)))
})
mixed <- transform(separated, a = c(1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 1))
f <- function(beta) penalised(beta, "efron", mixed, firth = FALSE)
at <- unname(coef(coxph(Surv(time, event) ~ a + b, mixed, control = coxph.control(eps = 1e-13, iter.max = 60))))
profiled <- list(input = list(time = mixed$time, event = mixed$event, covariates = list(a = mixed$a, b = mixed$b)), coefficient = at,
  lower = c(profile_limit(f, at, 1, -1, at), profile_limit(f, at, 2, -1, at)),
  upper = c(profile_limit(f, at, 1, 1, at), profile_limit(f, at, 2, 1, at)))
# Without a penalty the estimate of a is infinite; the likelihood's supremum is that far out, and one limit is finite.
g <- function(beta) penalised(beta, "efron", firth = FALSE)
far <- c(25, optimize(function(o) g(c(25, o)), c(-3, 3), maximum = TRUE, tol = 1e-10)$maximum)
separate <- list(lower = uniroot(function(value) 2 * (g(far) - optimize(function(o) g(c(value, o)), far[2] + c(-8, 8), maximum = TRUE, tol = 1e-10)$objective) - qchisq(0.95, 1),
  c(-5, 10), tol = 1e-11)$root)
write_golden("penalised-cox", list(
  ridge = list(input = list(time = data$time, event = data$dead, covariates = list(age = data$age, women = data$women, ph.ecog = data$ph.ecog)), fits = ridged),
  firth = list(input = list(time = separated$time, event = separated$event, covariates = list(a = separated$a, b = separated$b)), fits = firths),
  profile = profiled,
  separated = separate
))
