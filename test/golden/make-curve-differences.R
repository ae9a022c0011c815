# Two curves at fixed times: their difference with limits from summary.survfit's standard errors, and the counts of the
# extended table (at risk just before, had the event before, censored before), which add up to those who entered.
source(file.path("test", "golden", "golden.R"))

# Who leaves at a time is still at risk just before it.
counts <- function(s, own, at) {
  time <- as.vector(s$time)[own]; event <- as.vector(s$event)[own]
  w <- if (is.null(s$weights)) rep(1, length(time)) else as.vector(s$weights)[own]
  entry <- if (is.null(s$entry)) rep(-1, length(time)) else as.vector(s$entry)[own]
  per <- function(which) I(vapply(at, function(t) sum(w[which(t)]), 0))
  list(
    atRisk = per(function(t) time >= t & (entry < t | entry <= 0)),
    events = per(function(t) time < t & event == 1), censored = per(function(t) time < t & event == 0)
  )
}

one <- function(name) {
  s <- samples[[name]]
  y <- surv(s)
  group <- as.vector(s$group)
  w <- if (is.null(s$weights)) rep(1, length(s$time)) else as.vector(s$weights)
  labels <- sort(unique(group))[1:2]
  own <- lapply(labels, function(label) group == label)
  f <- survfit(y ~ group, weights = w)
  ends <- vapply(own, function(o) max(as.vector(s$time)[o]), 0)
  at <- unique(c(0, min(ends) * c(0.1, 0.25, 0.5, 0.75, 1)))
  tables <- lapply(labels, function(label) summary(f[which(names(f$strata) == paste0("group=", label))], times = at, extend = TRUE))
  levels <- lapply(tables, function(t) t$surv)
  errors <- sqrt(tables[[1]]$std.err^2 + tables[[2]]$std.err^2)
  errors[levels[[1]] == 0 | levels[[2]] == 0] <- NA
  difference <- levels[[1]] - levels[[2]]
  limits <- function(confidence) {
    z <- qnorm(0.5 + confidence / 2)
    list(confidence = confidence, lower = I(pmax(difference - z * errors, -1)), upper = I(pmin(difference + z * errors, 1)))
  }
  list(
    name = name, input = s, labels = as.character(labels), times = I(at),
    call = "summary(survfit(Surv(time, event) ~ group), times, extend = TRUE): surv and sqrt(std.err1^2 + std.err2^2)",
    difference = I(difference), standardError = I(errors), limits = list(limits(0.95), limits(0.9)),
    counts = lapply(own, function(o) counts(s, o, at))
  )
}
grouped <- names(samples)[vapply(samples, function(s) !is.null(s$group), TRUE)]
write_golden("curve-differences", list(cases = lapply(grouped, one)))
