# Smooths through scaled Schoenfeld residuals, as plot.cox.zph of survival computes them inside (it returns nothing), fits
# without one cluster each, and log(-log S).
source(file.path("test", "golden", "golden.R"))
ns <- splines::ns
control <- coxph.control(eps = 1e-13, toler.chol = 1e-14, iter.max = 60)
options(warn = -1) # "tolerance should be < eps" of the above

# The statements of survival:::plot.cox.zph between ns() and lines(), with its names.
smooth_of <- function(x, df, nsmo) {
  xx <- x$x
  pred.x <- seq(from = min(xx), to = max(xx), length = nsmo)
  lmat <- ns(c(pred.x, xx), df = df, intercept = TRUE)
  pmat <- lmat[1:nsmo, ]
  qmat <- qr(lmat[-(1:nsmo), ])
  bk <- backsolve(qmat$qr[1:df, 1:df], diag(df))
  xtx <- bk %*% t(bk)
  seval <- ((pmat %*% xtx) * pmat) %*% rep(1, df)
  lapply(seq_len(ncol(x$y)), function(i) {
    yhat <- drop(pmat %*% qr.coef(qmat, x$y[, i]))
    temp <- drop(2 * sqrt(x$var[i, i] * seval))
    list(estimate = I(yhat), lower = I(yhat - temp), upper = I(yhat + temp))
  })
}

smooth_case <- function(name, data, covariates, ties) {
  fit <- coxph(reformulate(covariates, "Surv(time, event)"), data, ties = ties, control = control)
  settings <- list(list("km", 4, 40), list("km", 3, 25), list("rank", 4, 40), list("identity", 5, 40), list("log", 4, 10), list("identity", 2, 9))
  list(name = name, ties = ties,
    input = list(time = I(data$time), event = I(data$event), covariates = lapply(setNames(nm = covariates), function(x) I(as.numeric(data[[x]])))),
    smooths = lapply(settings, function(s) {
      z <- cox.zph(fit, transform = s[[1]], terms = FALSE)
      list(transform = s[[1]], df = s[[2]], points = s[[3]], x = I(seq(min(z$x), max(z$x), length = s[[3]])), terms = smooth_of(z, s[[2]], s[[3]]))
    }))
}

lungs <- with(lung[complete.cases(lung[c("age", "ph.ecog", "inst")]), ], data.frame(time, event = status - 1, age, women = sex - 1, ecog = ph.ecog, inst))
veterans <- with(veteran, data.frame(time, event = status, karno, squamous = 1 * (celltype == "squamous"), large = 1 * (celltype == "large")))

# Without each hospital in turn; the jackknife's standard errors of the coefficients.
covariates <- c("age", "women", "ecog")
whole <- coxph(Surv(time, event) ~ age + women + ecog, lungs, control = control)
hospitals <- sort(unique(as.character(lungs$inst)))
without <- t(sapply(hospitals, function(h) coef(coxph(Surv(time, event) ~ age + women + ecog, lungs[lungs$inst != h, ], control = control))))
G <- length(hospitals)
jackknife <- sqrt((G - 1) / G * colSums(sweep(without, 2, coef(whole))^2))

# The wild score bootstrap of "women": efficient scores of the hospitals at the fit without it, all ways to flip their signs.
null <- coxph(Surv(time, event) ~ age + ecog, lungs, control = control)
at_null <- suppressWarnings(coxph(Surv(time, event) ~ women + age + ecog, lungs, init = c(0, coef(null)), control = coxph.control(iter.max = 0)))
u <- residuals(at_null, "score")
information <- solve(at_null$var)
efficient <- rowsum(as.vector(u[, 1] - u[, -1] %*% solve(information[-1, -1], information[-1, 1])), as.character(lungs$inst))[hospitals, 1]
flips <- as.matrix(expand.grid(rep(list(c(1, -1)), G - 1)))
flipped <- abs(efficient[1] + flips %*% efficient[-1])

curves <- survfit(Surv(time, event) ~ women, lungs)
cloglog <- lapply(1:2, function(g) {
  s <- summary(curves[g])
  keep <- s$surv > 0 & s$surv < 1
  list(time = I(s$time[keep]), value = I(log(-log(s$surv[keep]))))
})

write_golden("diagnostics", list(
  smooths = list(smooth_case("lung", lungs, covariates, "efron"), smooth_case("veteran", veterans, c("karno", "squamous", "large"), "breslow")),
  clusters = list(
    input = list(time = I(lungs$time), event = I(lungs$event), covariates = lapply(setNames(nm = covariates), function(x) I(as.numeric(lungs[[x]]))), cluster = I(as.character(lungs$inst))),
    labels = I(hospitals), coefficients = unname(without), standardErrors = I(unname(jackknife))
  ),
  wild = list(scores = I(unname(efficient)), z = sum(efficient) / sqrt(sum(efficient^2)), pValue = mean(flipped >= abs(sum(efficient)) - 1e-9)),
  logMinusLog = list(group = I(lungs$women), curves = cloglog)
))
