# Options of survfit beyond Kaplan and Meier's: stype, ctype, conf.lower, robust.
source(file.path("test", "golden", "golden.R"))

set.seed(13)
times <- function(n) sample(1:6, n, TRUE)
drawn <- lapply(1:6, function(k) {
  n <- 9 + k
  time <- times(n)
  s <- list(time = time, event = c(1, rbinom(n - 1, 1, 0.7)))
  if (k %% 2 == 0) s$weights <- round(runif(n, 0.2, 2), 2)
  if (k %% 3 == 0) s$entry <- pmin(time - 1, sample(0:2, n, TRUE))
  s
})

# With robust errors R 4.2's survfit takes the standard error of S for that of log S and the other way round where stype + ctype
# is 3, and so only the errors are compared there, from each row's influence.
one <- function(s, stype, ctype, lower, type) {
  y <- if (is.null(s$entry)) Surv(s$time, s$event) else Surv(s$entry, s$time, s$event)
  w <- if (is.null(s$weights)) rep(1, length(s$time)) else s$weights
  ids <- seq_along(s$time)
  f <- survfit(y ~ 1, weights = w, stype = stype, ctype = ctype, conf.lower = lower, conf.type = type, robust = FALSE, id = ids)
  g <- survfit(y ~ 1, weights = w, stype = stype, ctype = ctype, robust = TRUE, influence = 1, id = ids)
  list(
    input = s, options = list(stype = stype, ctype = ctype, confLower = lower, interval = type),
    call = "survfit(y ~ 1, weights, stype, ctype, conf.lower, conf.type, robust = FALSE)",
    survival = I(f$surv), cumulativeHazard = I(f$cumhaz), standardError = I(f$std.err * f$surv), lower = I(f$lower), upper = I(f$upper),
    robustError = I(unname(sqrt(colSums(g$influence.surv^2))))
  )
}
types <- c("log", "plain", "log-log")
cases <- unlist(lapply(seq_along(drawn), function(k) unlist(lapply(1:2, function(stype) lapply(1:2, function(ctype)
  one(drawn[[k]], stype, ctype, c("usual", "peto", "modified")[(k + stype) %% 3 + 1], types[(k + ctype) %% 3 + 1])
)), recursive = FALSE)), recursive = FALSE)
write_golden("curve-options", list(cases = cases))
