# Adjusted curves of Cox models: differences and their errors written down from the influence of each row, for Breslow's ties; the
# estimates are means of survfit's curves. riskRegression 2022.11.28 (Debian's r-cran-riskregression, not needed here) gives the
# same errors to 11 digits: ate(fit, data, treatment = "a", times, se = TRUE)$meanRisk and $diffRisk.
source(file.path("test", "golden", "golden.R"))
control <- coxph.control(eps = 1e-13, toler.chol = 1e-14, iter.max = 60)
options(warn = -1) # "tolerance should be < eps" of the above
sets <- list(
  veteran = with(veteran, data.frame(time, event = status, a = trt - 1, x = karno, z = age, s = as.integer(prior > 0))),
  lung = with(lung[complete.cases(lung[c("age", "ph.ecog")]), ], data.frame(time, event = status - 1, a = sex - 1, x = age, z = ph.ecog, s = as.integer(age > 62))),
  breast = with(gbsg[1:150, ], data.frame(time = rfstime, event = status, a = hormon, x = age, z = nodes, s = meno)),
  ovarian = with(ovarian, data.frame(time = futime, event = fustat, a = rx - 1, x = age, z = ecog.ps, s = resid.ds - 1)))

# S-bar and each row's influence on it at t.
average <- function(fit, d, X, arm, strata, t) {
  n <- nrow(d); b <- coef(fit); Xa <- X; Xa[, "a"] <- arm; r <- exp(as.vector(X %*% b)); ra <- exp(as.vector(Xa %*% b)); g <- if (strata) d$s else rep(0, n)
  V <- fit$naive.var; if (is.null(V)) V <- fit$var
  L <- residuals(fit, "score"); ifb <- as.matrix(L) %*% V
  S <- H <- numeric(n); on <- matrix(0, n, length(b)); own <- numeric(n); base <- list()
  for (k in unique(g)) {
    times <- sort(unique(d$time[g == k & d$event == 1])); times <- times[times <= t]; h <- 0; cross <- 0 * b
    for (u in times) {
      risk <- r * (g == k & d$time >= u); s0 <- sum(risk); dead <- g == k & d$time == u & d$event == 1; m <- sum(dead)
      h <- h + m / s0; cross <- cross + colSums(risk * X) / s0 * m / s0; own <- own + dead / s0 - risk * m / s0^2
    }
    base[[as.character(k)]] <- list(h = h, cross = cross)
  }
  h <- sapply(g, function(k) base[[as.character(k)]]$h); cross <- t(sapply(g, function(k) base[[as.character(k)]]$cross)); if (length(b) == 1) cross <- t(cross)
  S <- exp(-ra * h); slope <- S * ra / n
  G <- tapply(slope, g, sum)[as.character(g)]
  D <- colSums(slope * (h * Xa - cross))
  list(value = mean(S), influence = (S - mean(S)) / n - as.vector(G) * own - as.vector(ifb %*% D))
}
one <- function(name, columns, strata = FALSE) {
  d <- sets[[name]]; X <- as.matrix(d[columns])
  fit <- coxph(as.formula(paste("Surv(time, event) ~", paste(columns, collapse = " + "), if (strata) "+ strata(s)" else "")), d, ties = "breslow", control = control)
  times <- unname(quantile(d$time, c(0.15, 0.4, 0.7), type = 1))
  at <- lapply(times, function(t) { one <- average(fit, d, X, 1, strata, t); none <- average(fit, d, X, 0, strata, t); list(one = one, none = none) })
  check <- sapply(c(1, 0), function(arm) rowMeans(matrix(sapply(seq_len(nrow(d)), function(i) { new <- d[i, ]; new$a <- arm; summary(survfit(fit, new), times = times, extend = TRUE)$surv }), length(times))))
  stopifnot(all.equal(check, cbind(sapply(at, function(x) x$one$value), sapply(at, function(x) x$none$value)), tolerance = 1e-10, check.attributes = FALSE))
  error <- function(v) sqrt(sum(v^2))
  # Areas under the curves up to the last of the times.
  grid <- sort(unique(d$time[d$event == 1])); grid <- grid[grid < times[3]]; width <- diff(c(0, grid, times[3]))
  area <- function(arm) { parts <- lapply(grid, function(t) average(fit, d, X, arm, strata, t)); list(value = sum(width * c(1, sapply(parts, `[[`, "value"))), influence = as.vector(sapply(parts, `[[`, "influence") %*% width[-1])) }
  m1 <- area(1); m0 <- area(0)
  list(set = name, columns = I(columns), strata = strata, times = I(times), treated = I(sapply(at, function(x) x$one$value)), treatedError = I(sapply(at, function(x) error(x$one$influence))),
    difference = I(sapply(at, function(x) x$one$value - x$none$value)), differenceError = I(sapply(at, function(x) error(x$one$influence - x$none$influence))),
    mean = m1$value, meanError = error(m1$influence), meanDifference = m1$value - m0$value, meanDifferenceError = error(m1$influence - m0$influence))
}
cases <- unlist(lapply(names(sets), function(n) list(one(n, c("a", "x", "z")), one(n, "a"), one(n, c("a", "x"), strata = TRUE))), recursive = FALSE)
write_golden("adjusted", list(sets = lapply(sets, function(d) lapply(d, I)), cases = cases))
