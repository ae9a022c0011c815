# Regression on time series: Newey–West errors, tests of autocorrelation, segmented regression and a decaying pulse.
source(file.path("test", "golden", "golden.R"))
suppressPackageStartupMessages({ library(sandwich); library(lmtest) })

# Noise without a random generator, so that every version of R makes the same: an AR(1) of a chaotic sequence.
noise <- function(n, start, rho) {
  x <- numeric(n); z <- start; previous <- 0
  for (i in seq_len(n)) {
    z <- 3.99 * z * (1 - z)
    previous <- rho * previous + (z - 0.5)
    x[i] <- previous
  }
  x
}
months <- as.numeric(AirPassengers)
series <- list(
  nile = list(y = as.numeric(Nile), from = 29),
  lakes = list(y = as.numeric(LakeHuron), from = 40),
  seatbelts = list(y = log(as.numeric(Seatbelts[, "drivers"])), from = 170),
  short = list(y = c(3, 5, 4, 6, 9, 8, 11, 9.5, 10, 12, 11), from = 5),
  large = list(y = 1e6 + 400 * noise(260, 0.3141, 0.6) + c(rep(0, 130), 900 * 2^(-(0:129) / 9)), from = 131)
)

fits <- lapply(series, function(s) {
  n <- length(s$y)
  d <- data.frame(y = s$y, time = seq_len(n) - 1, level = as.numeric(seq_len(n) >= s$from), since = pmax(0, seq_len(n) - s$from))
  lm(y ~ time + level + since, d)
})

newey_west <- function(fit, lag, adjust) {
  v <- NeweyWest(fit, lag = lag, prewhite = FALSE, adjust = adjust)
  test <- coeftest(fit, vcov. = v)
  limits <- coefci(fit, vcov. = v)
  list(call = "NeweyWest(fit, lag, prewhite = FALSE, adjust)", lag = lag, adjust = adjust, covariance = unname(v),
       standardErrors = I(unname(test[, 2])), t = I(unname(test[, 3])), p = I(unname(test[, 4])),
       lower = I(unname(limits[, 1])), upper = I(unname(limits[, 2])))
}

segmented <- lapply(names(series), function(name) {
  fit <- fits[[name]]
  y <- series[[name]]$y
  automatic <- NeweyWest(fit, prewhite = FALSE, adjust = TRUE)
  durbin <- dwtest(fit, exact = FALSE)
  correlations <- acf(residuals(fit), lag.max = min(10, length(y) - 1), plot = FALSE)
  box <- Box.test(residuals(fit), lag = 5, type = "Ljung-Box")
  list(
    name = name, y = I(y), from = series[[name]]$from,
    coefficients = I(unname(coef(fit))), sigma = summary(fit)$sigma, rSquared = summary(fit)$r.squared,
    ordinary = unname(vcov(fit)),
    neweyWest = list(newey_west(fit, 0, TRUE), newey_west(fit, 1, FALSE), newey_west(fit, 4, TRUE), newey_west(fit, 7, FALSE)),
    bandwidth = list(call = "bwNeweyWest(fit, prewhite = FALSE)", value = bwNeweyWest(fit, prewhite = FALSE)),
    automatic = unname(automatic),
    durbinWatson = list(call = "dwtest(fit, exact = FALSE)", statistic = unname(durbin$statistic), p = durbin$p.value),
    breuschGodfrey = lapply(c(1, 3), function(order) {
      test <- bgtest(fit, order = order)
      list(call = "bgtest(fit, order)", order = order, statistic = unname(test$statistic), p = test$p.value)
    }),
    acf = list(call = "acf(residuals(fit), lag.max)", correlation = I(as.numeric(correlations$acf)[-1])),
    ljungBox = list(call = 'Box.test(residuals(fit), 5, "Ljung-Box")', statistic = unname(box$statistic), p = box$p.value)
  )
})

# The pulse by nls, with its derivatives, down to the last digits.
curve <- deriv(~ a + b * time + level * after + p * after * 2^(-since / exp(theta)), c("a", "b", "level", "p", "theta"),
  function(a, b, level, p, theta, time, after, since) NULL)
pulse <- lapply(list(
  list(n = 120, from = 51, half = 6, height = 40, start = 0.2718, rho = 0.5),
  list(n = 400, from = 180, half = 21, height = 9, start = 0.1234, rho = 0.8),
  list(n = 60, from = 20, half = 2.5, height = 300, start = 0.77, rho = 0)
), function(s) {
  index <- seq_len(s$n)
  after <- as.numeric(index >= s$from); since <- pmax(0, index - s$from)
  y <- 12 + 0.01 * index + 0.4 * after + s$height * after * 2^(-since / s$half) + 2 * noise(s$n, s$start, s$rho)
  time <- index - 1
  fit <- suppressWarnings(nls(y ~ curve(a, b, level, p, theta, time, after, since),
    start = list(a = 12, b = 0.01, level = 0.4, p = s$height, theta = log(s$half)),
    # No data fit so well that this tolerance is met: nls goes on until rounding leaves it no better step.
    control = nls.control(tol = 1e-13, maxiter = 200, minFactor = 2^-30, warnOnly = TRUE)))
  v <- NeweyWest(fit, lag = 5, prewhite = FALSE, adjust = TRUE)
  list(call = "nls(y ~ a + b * time + level * after + p * after * 2^(-since / exp(theta)))", y = I(y), from = s$from,
       coefficients = I(unname(coef(fit))), sigma = summary(fit)$sigma, covariance = unname(v), lag = 5)
})

write_golden("time-series", list(segmented = segmented, pulse = pulse), c("sandwich", "lmtest"))
