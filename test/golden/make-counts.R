# R has no counts of like rows (its weights are others): these are its results on the copies that counts stand for.
source(file.path("test", "golden", "golden.R"))
suppressPackageStartupMessages(library(cmprsk))

# Lung cancer in months of 60 days, so that most deaths are tied; one row for each pattern there is.
lungs <- within(lung[!is.na(lung$ph.ecog), ], {
  time <- ceiling(time / 60)
  event <- as.integer(status == 2)
  elder <- as.integer(age >= 65)
})
patterns <- aggregate(list(count = rep(1, nrow(lungs))), lungs[c("time", "event", "sex", "ph.ecog", "elder")], sum)
names(patterns)[4] <- "ecog"
patterns$count <- patterns$count * (1 + 3 * seq_len(nrow(patterns)) %% 17)
patterns$entry <- ifelse(patterns$time > 3 & patterns$elder == 1, 1, 0)
patterns$cluster <- 1 + seq_len(nrow(patterns)) %% 13
patterns$weight <- c(0.5, 1.5, 2, 1.25)[1 + seq_len(nrow(patterns)) %% 4]
patterns$cause <- ifelse(patterns$event == 0, 0, 1 + (seq_len(nrow(patterns)) %% 3 == 0))
row <- rep(seq_len(nrow(patterns)), patterns$count)
copies <- patterns[row, ]
copies$id <- seq_len(nrow(copies))
# coxph stops when the likelihood changes by 1e-9 of itself; this goes on.
exactly <- coxph.control(eps = 1e-13, iter.max = 50, toler.chol = 1e-14)

cox_case <- function(name, formula, extra = list(), ...) {
  fit <- do.call(coxph, c(list(formula, data = quote(copies), control = exactly), extra, list(...)))
  exact <- identical(fit$method, "exact")
  zph <- function(transform) unname(cox.zph(fit, transform, terms = FALSE)$table[, "chisq"])
  sums <- function(type) { r <- as.matrix(residuals(fit, type)); I(unname(as.vector(rowsum(r, row)[, 1]))) }
  base <- if (exact) NULL else basehaz(fit, centered = FALSE)
  together <- if (exact) NULL else concordance(fit)
  list(
    name = name, n = fit$n, events = fit$nevent, coefficients = I(unname(coef(fit))),
    standardErrors = I(unname(sqrt(diag(if (is.null(fit$naive.var)) fit$var else fit$naive.var)))),
    robustStandardErrors = if (is.null(fit$naive.var)) NULL else I(unname(sqrt(diag(fit$var)))),
    logLikelihood = I(fit$loglik), score = fit$score,
    martingale = sums("martingale"),
    zph = if (exact) NULL else list(km = I(zph("km")), rank = I(zph("rank")), identity = I(zph("identity"))),
    baseline = if (exact) NULL else list(time = I(base$time), hazard = I(base$hazard)),
    concordance = if (exact) NULL else list(estimate = unname(together$concordance), standardError = sqrt(together$var))
  )
}

curve <- survfit(Surv(time, event) ~ sex, data = copies)
two <- survfit(Surv(time, event) ~ 1, data = copies, ctype = 2, stype = 2)
log_rank <- function(rho) survdiff(Surv(time, event) ~ ecog, data = copies, rho = rho)$chisq
competing <- survfit(Surv(time, factor(cause)) ~ 1, data = copies, id = id)
gray <- cuminc(copies$time, copies$cause, copies$sex)$Tests
subdistribution <- finegray(Surv(time, factor(cause)) ~ sex + elder + id, data = copies, etype = 1)
fine_gray <- coxph(Surv(fgstart, fgstop, fgstatus) ~ sex + elder, data = subdistribution, weights = fgwt, cluster = id, control = exactly)

write_golden("counts", list(
  patterns = lapply(patterns, I), rows = nrow(copies),
  kaplanMeier = lapply(1:2, function(k) {
    f <- curve[k]
    list(time = I(f$time), survival = I(f$surv), standardError = I(f$surv * f$std.err), atRisk = I(f$n.risk))
  }),
  flemingHarrington = list(survival = I(two$surv), cumulativeHazard = I(two$cumhaz), standardError = I(two$surv * two$std.err)),
  restrictedMean = unname(summary(curve[1], rmean = 10)$table[c("rmean", "se(rmean)")]),
  logRank = list(zero = log_rank(0), one = log_rank(1)),
  cox = list(
    cox_case("efron", Surv(time, event) ~ sex + ecog + elder),
    cox_case("breslow", Surv(time, event) ~ sex + ecog + elder, ties = "breslow"),
    cox_case("entry and strata", Surv(entry, time, event) ~ sex + ecog + strata(elder)),
    cox_case("clusters", Surv(time, event) ~ sex + ecog + elder, list(cluster = quote(cluster))),
    cox_case("robust", Surv(time, event) ~ sex + ecog + elder, list(cluster = quote(id))),
    cox_case("weights", Surv(time, event) ~ sex + ecog + elder, list(weights = quote(weight), cluster = quote(id)))
  ),
  incidence = list(time = I(competing$time), incidence = I(unname(competing$pstate[, 2])), standardError = I(unname(competing$std.err[, 2]))),
  gray = I(unname(gray[, "stat"])),
  fineGray = list(coefficients = I(unname(coef(fine_gray))), standardErrors = I(unname(sqrt(diag(fine_gray$var)))))
), c("survival", "cmprsk"))
