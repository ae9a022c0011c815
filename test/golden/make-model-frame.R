# Factors, references, interactions and incomplete rows, by R's formulas.
source(file.path("test", "golden", "golden.R"))
control <- coxph.control(eps = 1e-13, toler.chol = 1e-14, iter.max = 60)
options(warn = -1)

rows <- with(lung, lapply(seq_len(nrow(lung)), function(i) list(
  time = time[i], dead = status[i] == 2, age = age[i], female = sex[i] == 2, ecog = ph.ecog[i], loss = wt.loss[i],
  place = as.character(inst[i] %% 3))))
data <- within(lung, { dead <- status - 1; female <- sex - 1; place <- factor(inst %% 3, levels = c(1, 0, 2)); ecog <- factor(ph.ecog) })
fit <- coxph(Surv(time, dead) ~ age + female + wt.loss + place + ecog + age:place + female:ecog, data, control = control)
stratified <- coxph(Surv(time, dead) ~ age + strata(place, female), data, control = control)
write_golden("model-frame", list(
  rows = rows,
  call = deparse(fit$call$formula, width.cutoff = 500L),
  n = fit$n, dropped = length(fit$na.action),
  coefficients = as.list(coef(fit)[!is.na(coef(fit))]),
  stratified = list(n = stratified$n, coefficient = coef(stratified)[[1]], standardError = sqrt(stratified$var[1, 1]))
))
