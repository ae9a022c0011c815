# Tails, quantiles, exact intervals and adjustments of R itself.
source(file.path("test", "golden", "golden.R"))

chi_square <- expand.grid(x = c(0, 1e-8, 0.001, 0.5, 1, 3.841, 10, 50, 161.1, 500, 1400), df = c(0.7, 1, 2, 3, 4, 7.5, 30, 200, 1000))
normal <- c(-37, -20, -8.5, -5, -1.96, -1, -1e-5, 0, 0.3, 1.644854, 3, 10, 20, 37)
probabilities <- c(1e-300, 1e-100, 1e-20, 1e-10, 1e-4, 0.001, 0.025, 0.2, 0.5, 0.9, 0.975, 1 - 1e-10)
student <- expand.grid(t = c(-50, -8, -2.1, -1, -1e-5, 0, 1e-9, 0.3, 1, 1.96, 5, 40, 1e6), df = c(0.5, 1, 2, 4.3, 17, 100, 2500, 25000, 1e6, 1e10, 1e15, 1e30))
# Not the median, which is 0 and which R misses by 1e-16, and not below one degree of freedom, where R bisects.
student_quantiles <- expand.grid(p = setdiff(probabilities[probabilities >= 1e-20], 0.5), df = c(1, 2, 4.3, 17, 100, 2500, 25000, 1e6, 1e10, 1e15, 1e30))
binomials <- list(c(0, 1), c(1, 1), c(0, 19), c(16, 19), c(17, 19), c(19, 19), c(3, 18), c(1, 1000), c(500, 1000), c(99999, 100000))
log_chi <- expand.grid(x = c(0, 1e-8, 0.5, 3.841, 50, 1400, 1500, 5000, 1e6), df = c(0.7, 1, 2, 7.5, 200, 1000))
log_normal <- c(-40, -8.5, -1, 0, 0.3, 10, 35, 37, 38, 40, 100, 1e4)
# R loses digits of quantiles of less than one degree of freedom at very small shares.
chi_quantiles <- expand.grid(p = c(1e-20, 1e-10, 1e-4, 0.025, 0.2, 0.5, 0.9, 0.975, 1 - 1e-10), df = c(1, 2, 3, 7.5, 30, 200, 1000))
adjusted <- list(c(0.01, 0.04, 0.03), c(0.5, 0.5, 0.9, 1e-300), 0.2, c(0.02, 0.02, 0.02, 0.6))
chosen <- list(c(0, 0), c(5, 2), c(37, 19), c(53, 26), c(54, 22), c(56, 28), c(60, 30), c(200, 100), c(1000, 3))

write_golden("statistics", list(
  chiSquare = list(call = "pchisq(x, df, lower.tail = FALSE)", x = chi_square$x, df = chi_square$df, upperTail = pchisq(chi_square$x, chi_square$df, lower.tail = FALSE)),
  normal = list(call = "pnorm(z)", z = normal, cdf = pnorm(normal), upperTail = pnorm(normal, lower.tail = FALSE), twoSided = 2 * pnorm(-abs(normal))),
  logChiSquare = list(call = "pchisq(x, df, lower.tail = FALSE, log.p = TRUE)", x = log_chi$x, df = log_chi$df, log = pchisq(log_chi$x, log_chi$df, lower.tail = FALSE, log.p = TRUE)),
  logNormal = list(call = "pnorm(z, lower.tail = FALSE, log.p = TRUE)", z = log_normal, log = pnorm(log_normal, lower.tail = FALSE, log.p = TRUE)),
  chiSquareQuantile = list(call = "qchisq(p, df, lower.tail)", p = chi_quantiles$p, df = chi_quantiles$df, lower = qchisq(chi_quantiles$p, chi_quantiles$df), upper = qchisq(chi_quantiles$p, chi_quantiles$df, lower.tail = FALSE)),
  quantile = list(call = "qnorm(p)", p = probabilities, z = qnorm(probabilities)),
  student = list(call = "pt(t, df)", t = student$t, df = student$df, upperTail = pt(student$t, student$df, lower.tail = FALSE), twoSided = 2 * pt(-abs(student$t), student$df)),
  studentQuantile = list(call = "qt(p, df)", p = student_quantiles$p, df = student_quantiles$df, t = qt(student_quantiles$p, student_quantiles$df)),
  binomial = unlist(lapply(binomials, function(k) lapply(c(0.9, 0.95, 0.999), function(level) {
    interval <- binom.test(k[1], k[2], conf.level = level)$conf.int
    list(call = "binom.test(successes, trials, conf.level = confidence)$conf.int", successes = k[1], trials = k[2], confidence = level, lower = interval[1], upper = interval[2])
  })), recursive = FALSE),
  holm = lapply(adjusted, function(p) list(call = 'p.adjust(pValues, "holm")', pValues = I(p), adjusted = I(p.adjust(p, "holm")))),
  combinations = lapply(chosen, function(k) list(call = "choose(total, chosen)", total = k[1], chosen = k[2], count = choose(k[1], k[2]), logCount = lchoose(k[1], k[2])))
), character())
