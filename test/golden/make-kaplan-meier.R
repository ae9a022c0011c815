# One sample: survfit with its five intervals, quantiles, restricted means and values at given times.
source(file.path("test", "golden", "golden.R"))


# survfit merges times over all groups before it splits them; fitting with ~ group keeps that.
curves <- function(s, conf.type = "log", conf.int = 0.95) {
  w <- if (is.null(s$weights)) rep(1, length(s$time)) else as.vector(s$weights)
  y <- surv(s)
  if (is.null(s$group)) return(list(all = survfit(y ~ 1, weights = w, conf.type = conf.type, conf.int = conf.int)))
  group <- as.vector(s$group)
  f <- survfit(y ~ group, weights = w, conf.type = conf.type, conf.int = conf.int)
  levels <- sub("^group=", "", names(f$strata))
  setNames(lapply(seq_along(levels), function(i) f[i]), levels)
}

intervals <- c("log", "log-log", "plain", "logit", "arcsin")
probabilities <- c(0, 0.1, 0.25, 0.5, 0.75, 0.9, 1)

# The standard error of a restricted mean from each row's influence on the curve.
meanError <- function(s, label, tau) {
  own <- if (is.null(s$group)) rep(TRUE, length(s$time)) else as.vector(s$group) == label
  w <- as.vector(s$weights)[own]
  f <- survfit(surv(s)[own] ~ 1, weights = w, influence = 1, robust = TRUE, id = which(own))
  used <- f$time <= tau
  widths <- diff(c(f$time[used], tau))
  sqrt(sum((f$influence.surv[, used, drop = FALSE] %*% widths)^2))
}

one <- function(name) {
  s <- samples[[name]]
  fits <- lapply(setNames(nm = intervals), function(type) curves(s, type))
  fits90 <- curves(s, "log", 0.9)
  one_curve <- function(label) {
    f <- fits$log[[label]]
    logse <- if (is.null(f$logse)) TRUE else f$logse
    end <- max(f$time)
    taus <- end * c(0.4, 0.75, 1, 1.25)
    taus <- taus[taus >= min(f$time) & taus > 0]
    at <- end * c(0, 0.2, 0.5, 1, 1.1)
    at <- unique(at)
    means <- lapply(taus, function(tau) {
      m <- survival:::survmean(f, rmean = tau)$matrix
      # survmean has Greenwood's formula for weights that are no counts, too.
      se <- if (logse) m[["se(rmean)"]] else meanError(s, label, tau)
      list(tau = tau, estimate = m[["rmean"]], standardError = se)
    })
    table <- summary(f, times = at, extend = TRUE)
    list(
      label = label,
      n = f$n, time = I(f$time), atRisk = I(f$n.risk), events = I(f$n.event), censored = I(f$n.censor),
      survival = I(f$surv),
      standardError = I(if (logse) f$std.err * f$surv else f$std.err),
      cumulativeHazard = I(f$cumhaz),
      limits = lapply(fits, function(g) list(lower = I(g[[label]]$lower), upper = I(g[[label]]$upper))),
      limits90 = list(lower = I(fits90[[label]]$lower), upper = I(fits90[[label]]$upper)),
      quantiles = lapply(probabilities, function(p) {
        q <- quantile(f, p)
        list(p = p, estimate = unname(q$quantile), lower = unname(q$lower), upper = unname(q$upper))
      }),
      restrictedMeans = means,
      atTimes = list(
        times = I(at), atRisk = I(table$n.risk), events = I(table$n.event), censored = I(table$n.censor),
        survival = I(table$surv), cumulativeHazard = I(table$cumhaz), lower = I(table$lower), upper = I(table$upper)
      )
    )
  }
  list(
    name = name,
    call = paste0("survfit(Surv(", if (!is.null(s$entry)) "entry, ", "time, event) ~ ", if (is.null(s$group)) "1" else "group",
      if (!is.null(s$weights)) ", weights = weights", ", conf.type = ...); quantile(); survmean(rmean = tau); summary(times, extend = TRUE)"),
    input = s,
    curves = unname(lapply(names(fits$log), one_curve))
  )
}

write_golden("kaplan-meier", list(cases = lapply(names(samples), one)))
