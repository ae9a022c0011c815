# Cox models with a frailty of each group: for given variances to the last digits, and the gamma variance at which the
# integrated likelihood is highest, found by optimize().
source(file.path("test", "golden", "golden.R"))
control <- coxph.control(eps = 1e-13, iter.max = 300, outer.max = 100, toler.chol = 1e-15)
options(warn = -1) # "tolerance should be < eps" of the above

sets <- list(
  kidney = with(kidney, data.frame(time, event = status, x = age, z = sex, group = id)),
  rats = with(rats[rats$sex == "f", ], data.frame(time, event = status, x = rx, z = as.numeric(litter %% 2 == 0), group = litter)),
  lung = with(lung[complete.cases(lung[c("age", "ph.ecog", "inst")]), ], data.frame(time, event = status - 1, x = age, z = ph.ecog, group = inst)),
  retinopathy = with(retinopathy[1:200, ], data.frame(time = futime, event = status, x = trt, z = age, group = id)))

# All columns beside each other (sparse = FALSE), so that the information is the whole one and not its diagonal.
fitted <- function(data, distribution, theta, ties) {
  if (distribution == "gamma") coxph(Surv(time, event) ~ x + z + frailty.gamma(group, theta = theta, sparse = FALSE), data, ties = ties, control = control)
  else coxph(Surv(time, event) ~ x + z + frailty.gaussian(group, theta = theta, sparse = FALSE), data, ties = ties, control = control)
}
one <- function(name, distribution, theta, ties = "efron") {
  fit <- fitted(sets[[name]], distribution, theta, ties)
  omega <- unname(fit$coefficients[-(1:2)])
  list(set = name, distribution = distribution, variance = theta, ties = ties, coefficients = I(unname(fit$coefficients[1:2])), errors = I(unname(sqrt(diag(fit$var)[1:2]))),
    logFrailty = I(omega), frailtyErrors = I(unname(sqrt(diag(fit$var)[-(1:2)]))), logLikelihood = unname(fit$loglik[2]),
    integrated = if (distribution == "gamma") fit$history[[1]]$c.loglik else NULL)
}
cases <- unlist(lapply(names(sets), function(n) unlist(lapply(c("gamma", "gaussian"), function(d) list(one(n, d, 0.1), one(n, d, 0.7), one(n, d, 1.5, "breslow"))), recursive = FALSE)), recursive = FALSE)
best <- lapply(names(sets), function(n) {
  integrated <- function(theta) fitted(sets[[n]], "gamma", theta, "efron")$history[[1]]$c.loglik
  found <- optimize(integrated, c(1e-4, 5), maximum = TRUE, tol = 1e-8)
  plain <- coxph(Surv(time, event) ~ x + z, sets[[n]], control = control)$loglik[2]
  list(set = n, variance = signif(found$maximum, 6), integrated = found$objective, without = plain)
})
write_golden("frailty", list(sets = lapply(sets, function(d) lapply(d, I)), cases = cases, best = best))
