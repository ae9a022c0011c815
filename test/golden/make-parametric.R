# Models with a form for the baseline: survreg where it has one, else the maximum of the likelihood written down here,
# found by optim() and Newton steps with numDeriv's derivatives, to 9 digits.
source(file.path("test", "golden", "golden.R"))
suppressPackageStartupMessages(library(numDeriv))
control <- survreg.control(rel.tolerance = 1e-14, maxiter = 200)

options(warn = -1) # of NaN where optim() tries parameters without a likelihood
sets <- list() # each written once; a case names its set and its columns
set <- function(name, data) { sets[[name]] <<- data; invisible(data) }
about <- function(name, distribution, covariates, extra = character(), share = NULL) {
  list(set = name, distribution = distribution, covariates = I(covariates), extra = I(extra), share = if (is.null(share)) NULL else I(share))
}

set("lung", with(lung[complete.cases(lung[c("age", "ph.ecog", "inst")]), ], data.frame(time = time / 30, event = status - 1, age = age - 60, sex, ecog = ph.ecog, cluster = inst)))
set("ovarian", with(ovarian, data.frame(time = futime, event = fustat, age = age - 55, rx, residual = resid.ds)))
set("veteran", with(veteran, data.frame(time, event = status, karno = karno / 10 - 6, age, squamous = 1 * (celltype == "squamous"))))
set("gbsg", with(gbsg, data.frame(time = rfstime / 365, event = status, hormon, grade, nodes)))
set("kidney", with(kidney, data.frame(time, event = status, age, sex, cluster = id)))
set("rats", with(rats, data.frame(time, event = status, rx, cluster = litter)))
set("colon", with(colon[colon$etype == 2 & complete.cases(colon), ], data.frame(time = time / 365, event = status, age = (age - 60) / 10, node4)))
few <- set("few", data.frame(time = c(0.5, 1, 2, 2, 3.5, 7, 7, 9), event = c(1, 1, 0, 1, 1, 0, 1, 0), x = c(0, 1, 1, 0, 1, 0, 1, 0)))
set("far", transform(few, x = 1e6 + 1e4 * x, time = time * 1e-5))
set("weighted", transform(few, weights = c(1, 2, 3, 1, 0, 2, 5, 1)))
set("late", transform(sets$gbsg[sets$gbsg$time > 0.4, ], entry = rep(c(0, 0.1, 0.3, 0.4), length.out = sum(sets$gbsg$time > 0.4)))[c("time", "event", "hormon", "entry")])

survreg_case <- function(name, covariates, distribution, extra = character()) {
  data <- sets[[name]]
  formula <- reformulate(c("1", covariates, if ("cluster" %in% extra) "cluster(cluster)"), "Surv(time, event)")
  call <- list(formula, data = data[if (is.null(data$weights)) TRUE else data$weights > 0, ], dist = distribution, control = control)
  if ("weights" %in% extra) call$weights <- quote(weights)
  if ("cluster" %in% extra) call$robust <- TRUE
  fit <- suppressWarnings(do.call(survreg, call))
  naive <- if (is.null(fit$naive.var)) fit$var else fit$naive.var
  c(about(name, distribution, covariates, extra), list(coefficients = I(unname(c(coef(fit), if (distribution != "exponential") log(fit$scale)))),
    errors = I(unname(sqrt(diag(naive)))), robust = if (is.null(fit$naive.var)) NULL else I(unname(sqrt(diag(fit$var)))),
    logLikelihood = I(fit$loglik)))
}
distributions <- c("exponential", "weibull", "lognormal", "loglogistic")
each <- function(f) unlist(lapply(distributions, f), recursive = FALSE)
survreg_cases <- each(function(d) list(
  survreg_case("lung", c("age", "sex", "ecog"), d), survreg_case("lung", "sex", d), survreg_case("lung", character(), d),
  survreg_case("lung", c("age", "sex"), d, "cluster"), survreg_case("ovarian", c("age", "rx"), d),
  survreg_case("ovarian", "residual", d), survreg_case("ovarian", character(), d), survreg_case("veteran", c("karno", "age", "squamous"), d),
  survreg_case("veteran", "karno", d), survreg_case("gbsg", c("hormon", "grade", "nodes"), d), survreg_case("gbsg", character(), d),
  survreg_case("kidney", c("age", "sex"), d), survreg_case("kidney", c("age", "sex"), d, "cluster"),
  survreg_case("rats", "rx", d), survreg_case("rats", "rx", d, "cluster"), survreg_case("colon", c("age", "node4"), d),
  survreg_case("few", "x", d), survreg_case("few", character(), d), survreg_case("far", "x", d),
  survreg_case("weighted", "x", d, "weights")))

# The maximum of a log likelihood, with the errors of its parameters.
maximum <- function(logLik, start, step = 2e-2) {
  best <- optim(start, function(p) { v <- -logLik(p); if (is.finite(v)) v else 1e10 }, method = "BFGS", control = list(reltol = 1e-15, maxit = 2000))$par
  small <- list(d = step) # a tenth, numDeriv's own step, leaves the parameters with a likelihood
  for (i in 1:4) best <- best - solve(hessian(logLik, best, method.args = small), grad(logLik, best, method.args = small))
  # Nine digits are what numeric derivatives give on every machine.
  list(coefficients = I(signif(best, 9)), errors = I(signif(sqrt(diag(solve(-hessian(logLik, best, method.args = small)))), 6)), logLikelihood = signif(logLik(best), 12))
}
linear <- function(data, covariates, p) p[1] + if (length(covariates) == 0) 0 else as.vector(as.matrix(data[covariates]) %*% p[1 + seq_along(covariates)])
survival_of <- list(
  gamma = list(S = function(t, eta, k) pgamma(t, exp(k), exp(-eta), lower.tail = FALSE, log.p = TRUE), f = function(t, eta, k) dgamma(t, exp(k), exp(-eta), log = TRUE)),
  gompertz = list(S = function(t, eta, k) -(exp(k * t * exp(-eta)) - 1) / k, f = function(t, eta, k) -eta + k * t * exp(-eta) - (exp(k * t * exp(-eta)) - 1) / k),
  weibull = list(S = function(t, eta, k) -(t * exp(-eta))^exp(-k), f = function(t, eta, k) dweibull(t, exp(-k), exp(eta), log = TRUE)),
  lognormal = list(S = function(t, eta, k) plnorm(t, eta, exp(k), lower.tail = FALSE, log.p = TRUE), f = function(t, eta, k) dlnorm(t, eta, exp(k), log = TRUE)),
  loglogistic = list(S = function(t, eta, k) plogis((log(t) - eta) / exp(k), lower.tail = FALSE, log.p = TRUE), f = function(t, eta, k) dlogis((log(t) - eta) / exp(k), log = TRUE) - k - log(t)))
at_entry <- function(data, S) if (is.null(data$entry)) 0 else ifelse(data$entry > 0, S(pmax(data$entry, 1e-300)), 0)

own_case <- function(name, covariates, distribution, extra = character(), shape = 0.1) {
  data <- sets[[name]]
  p <- length(covariates)
  d <- survival_of[[distribution]]
  w <- if (is.null(data$weights)) 1 else data$weights
  logLik <- function(theta) {
    eta <- linear(data, covariates, theta); k <- theta[p + 2]
    sum(w * (ifelse(data$event == 1, d$f(data$time, eta, k), d$S(data$time, eta, k)) - at_entry(data, function(t) d$S(t, eta, k))))
  }
  start <- c(log(sum(w * data$time) / sum(w * data$event)), rep(0, p), shape)
  c(about(name, distribution, covariates, extra), maximum(logLik, start))
}
own_cases <- list(
  own_case("ovarian", character(), "gamma"), own_case("ovarian", "age", "gamma"), own_case("ovarian", character(), "gompertz"),
  own_case("ovarian", "age", "gompertz"), own_case("gbsg", "hormon", "gamma"), own_case("gbsg", c("hormon", "grade"), "gompertz"),
  own_case("lung", c("age", "sex"), "gamma"), own_case("lung", c("age", "sex"), "gompertz"),
  own_case("veteran", "karno", "gamma"), own_case("weighted", "x", "gamma", "weights"),
  own_case("late", "hormon", "weibull", "entry"), own_case("late", "hormon", "lognormal", "entry"), own_case("late", "hormon", "loglogistic", "entry"),
  own_case("late", "hormon", "gamma", "entry"), own_case("late", "hormon", "gompertz", "entry"))

# Royston and Parmar's splines.
basis <- function(x, knots) {
  a <- knots[1]; b <- knots[length(knots)]; inner <- knots[-c(1, length(knots))]
  v <- cbind(1, x); s <- cbind(rep(0, length(x)), 1)
  for (k in inner) {
    l <- (b - k) / (b - a)
    v <- cbind(v, pmax(x - k, 0)^3 - l * pmax(x - a, 0)^3 - (1 - l) * pmax(x - b, 0)^3)
    s <- cbind(s, 3 * (pmax(x - k, 0)^2 - l * pmax(x - a, 0)^2 - (1 - l) * pmax(x - b, 0)^2))
  }
  list(value = v, slope = s)
}
link <- list(
  hazard = list(S = function(e) -exp(e), f = function(e) e - exp(e)),
  odds = list(S = function(e) plogis(e, lower.tail = FALSE, log.p = TRUE), f = function(e) dlogis(e, log = TRUE)),
  normal = list(S = function(e) pnorm(e, lower.tail = FALSE, log.p = TRUE), f = function(e) dnorm(e, log = TRUE)))
spline_case <- function(name, covariates, scale, inner, extra = character()) {
  data <- sets[[name]]
  w <- if (is.null(data$weights)) 1 else data$weights
  knots <- unname(quantile(log(data$time[data$event == 1]), seq(0, 1, length.out = inner + 2)))
  B <- basis(log(data$time), knots); E <- if (is.null(data$entry)) NULL else basis(log(pmax(data$entry, 1e-300)), knots)$value
  q <- inner + 2; X <- as.matrix(data[covariates]); l <- link[[scale]]
  logLik <- function(theta) {
    xb <- if (length(covariates) == 0) 0 else as.vector(X %*% theta[-(1:q)])
    eta <- as.vector(B$value %*% theta[1:q]) + xb; slope <- as.vector(B$slope %*% theta[1:q])
    if (any(slope[data$event == 1] <= 0)) return(-1e10)
    entered <- if (is.null(E)) 0 else ifelse(data$entry > 0, l$S(as.vector(E %*% theta[1:q]) + xb), 0)
    sum(w * (ifelse(data$event == 1, l$f(eta) + log(pmax(slope, 1e-300)) - log(data$time), l$S(eta)) - entered))
  }
  start <- c(-log(sum(w * data$time) / sum(w * data$event)), 1, rep(0, inner + length(covariates)))
  c(about(name, scale, covariates, extra), list(inner = inner, knots = I(signif(exp(knots), 14))), maximum(logLik, start, if (inner == 3) 1e-2 else 2e-2))
}
spline_cases <- unlist(lapply(names(link), function(s) list(
  spline_case("gbsg", "hormon", s, 0), spline_case("gbsg", "hormon", s, 1), spline_case("gbsg", c("hormon", "grade"), s, 2),
  spline_case("gbsg", character(), s, 3), spline_case("lung", "sex", s, 1), spline_case("ovarian", "rx", s, 0),
  spline_case("veteran", "karno", s, 1), spline_case("late", "hormon", s, 1, "entry"))), recursive = FALSE)

# A share that never has the event.
split_case <- function(name, covariates, share, distribution, extra = character()) {
  data <- sets[[name]]
  d <- survival_of[[distribution]]; p <- length(share); m <- length(covariates)
  logLik <- function(theta) {
    zeta <- linear(data, share, theta); eta <- linear(data, covariates, theta[-(1:(p + 1))]); k <- theta[p + m + 3]
    S <- function(t) log(plogis(-zeta) + plogis(zeta) * exp(d$S(t, eta, k)))
    sum(ifelse(data$event == 1, plogis(zeta, log.p = TRUE) + d$f(data$time, eta, k), S(data$time)) - at_entry(data, S))
  }
  start <- c(0.5, rep(0, p), log(mean(data$time[data$event == 1])), rep(0, m), -0.2)
  c(about(name, distribution, covariates, extra, share), maximum(logLik, start))
}
split_cases <- unlist(lapply(c("weibull", "lognormal", "loglogistic", "gamma"), function(d) list(
  split_case("gbsg", "hormon", "hormon", d), split_case("gbsg", character(), c("hormon", "grade"), d), split_case("gbsg", "hormon", character(), d),
  split_case("colon", c("age", "node4"), "node4", d), split_case("late", "hormon", "hormon", d, "entry"))), recursive = FALSE)

write_golden("parametric", list(sets = lapply(sets, function(d) lapply(d, function(x) I(as.numeric(x)))), survreg = survreg_cases, own = own_cases, splines = spline_cases, split = split_cases), c("survival", "numDeriv"))
