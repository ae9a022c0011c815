# Bootstrap intervals as boot::boot.ci gives them, on index matrices written out for the other side; permutation tests by
# enumeration; expected events of a trial and Schoenfeld's power.
source(file.path("test", "golden", "golden.R"))

# boot's norm.inter, perc.ci, basic.ci and bca.ci (boot 1.3), in base R.
norm_inter <- function(t, alpha) {
  R <- length(t); t <- sort(t); rank <- (R + 1) * alpha; k <- trunc(rank)
  vapply(seq_along(alpha), function(i) {
    if (k[i] == 0) return(t[1])
    if (k[i] >= R) return(t[R])
    if (k[i] == rank[i]) return(t[k[i]])
    q <- qnorm(c(alpha[i], k[i] / (R + 1), (k[i] + 1) / (R + 1)))
    t[k[i]] + (q[1] - q[2]) / (q[3] - q[2]) * (t[k[i] + 1] - t[k[i]])
  }, 0)
}
intervals <- function(t, t0, jackknife, confidence) {
  alpha <- (1 + c(-confidence, confidence)) / 2
  # Statistics that are equal but for rounding are not below one another.
  w <- qnorm(mean(t < t0 - 1e-12 * abs(t0)))
  d <- mean(jackknife) - jackknife
  a <- sum(d^3) / (6 * sum(d^2)^1.5)
  z <- w + qnorm(alpha)
  list(
    confidence = confidence, percentile = I(norm_inter(t, alpha)), basic = I(2 * t0 - norm_inter(t, rev(alpha))),
    bca = I(norm_inter(t, pnorm(w + z / (1 - a * z)))), biasCorrection = w, acceleration = a
  )
}

set.seed(20150901)
case_index <- function(n, R) t(replicate(R, sort(sample.int(n, n, replace = TRUE))))

statistics <- list(
  mean = function(d) mean(d$time),
  ratio = function(d) sum(d$status) / sum(d$time),
  restricted_mean = function(d) survival:::survmean(survfit(Surv(time, status) ~ 1, d), rmean = 400)$matrix[["rmean"]],
  log_hazard_ratio = function(d) unname(coef(coxph(Surv(time, status) ~ age, d, control = coxph.control(eps = 1e-11)))[1])
)
lungs <- subset(transform(survival::lung, status = status - 1), !is.na(ph.ecog))[1:60, ]
index <- case_index(nrow(lungs), 199)
case <- list(
  data = list(time = I(lungs$time), event = I(lungs$status), age = I(lungs$age)),
  index = index - 1,
  statistics = lapply(statistics, function(f) {
    t0 <- f(lungs)
    t <- apply(index, 1, function(rows) f(lungs[rows, ]))
    jackknife <- vapply(seq_len(nrow(lungs)), function(i) f(lungs[-i, ]), 0)
    list(estimate = t0, replicates = I(t), jackknife = I(jackknife), bias = mean(t) - t0, standardError = sd(t), intervals = lapply(c(0.5, 0.8, 0.9, 0.95, 0.999), function(level) intervals(t, t0, jackknife, level)))
  })
)

# Whole litters drawn: the coefficients that coxph gives for some samples of clusters.
litters <- subset(rats, litter <= 30)
drawn <- case_index(30, 20)
cluster <- list(
  data = list(time = I(litters$time), event = I(litters$status), rx = I(litters$rx), male = I(as.integer(litters$sex == "m")), litter = I(litters$litter)),
  samples = lapply(seq_len(nrow(drawn)), function(k) {
    counts <- tabulate(drawn[k, ], 30)
    rows <- rep(seq_len(nrow(litters)), counts[litters$litter])
    fits <- lapply(setNames(nm = c("efron", "breslow")), function(ties) I(unname(coef(coxph(Surv(time, status) ~ rx, litters[rows, ], ties = ties, control = coxph.control(eps = 1e-11))))))
    list(counts = I(counts), fits = fits)
  })
)

# All arrangements gone through.
permutations <- local({
  x <- c(3.1, 4.7, 5.2, 5.9, 7.4, 8.8, 9.1); group <- c(1, 1, 1, 2, 2, 2, 2)
  sums <- combn(7, 3, function(rows) mean(x[-rows]) - mean(x[rows]))
  observed <- mean(x[group == 2]) - mean(x[group == 1])
  pairs <- c(1.2, -0.4, 2.2, 0.9, 1.7, 0.3)
  signs <- as.matrix(expand.grid(rep(list(c(-1, 1)), 6)))
  flipped <- as.vector(signs %*% abs(pairs))
  y <- c(2.5, 3.5, 1, 4, 6)
  orders <- as.matrix(expand.grid(rep(list(1:5), 5))); orders <- orders[apply(orders, 1, function(o) length(unique(o)) == 5), ]
  products <- apply(orders, 1, function(o) sum(o * y))
  list(
    groups = list(x = x, group = group, statistic = observed, greater = mean(sums >= observed - 1e-10), less = mean(sums <= observed + 1e-10), twoSided = mean(abs(sums) >= abs(observed) - 1e-10), count = length(sums)),
    pairs = list(difference = pairs, greater = mean(flipped >= sum(pairs) - 1e-10), count = nrow(signs)),
    correlation = list(y = y, statistic = sum(1:5 * y), greater = mean(products >= sum(1:5 * y) - 1e-10), count = nrow(orders))
  )
})

# The probability that a row has its event in view, by integration over entry and loss.
expected_share <- function(median, shape, hr, accrual, followUp, loss) {
  scale <- median / log(2)^(1 / shape) * hr^(-1 / shape)
  hazard_density <- function(t) exp(-loss * t) * dweibull(t, shape, scale)
  until <- function(c) integrate(hazard_density, 0, c, rel.tol = 1e-10)$value
  if (accrual == 0) until(followUp) else integrate(Vectorize(until), followUp, followUp + accrual, rel.tol = 1e-9)$value / accrual
}
trials <- lapply(list(
  list(control = 18, treated = 19, median = 60, shape = 1, hr = 3, accrual = 0, followUp = 36, loss = 0),
  list(control = 50, treated = 50, median = 12, shape = 1.5, hr = 0.5, accrual = 6, followUp = 10, loss = 0.01),
  list(control = 40, treated = 80, median = 20, shape = 0.8, hr = 1, accrual = 12, followUp = 0, loss = 0.02)
), function(x) {
  share <- function(hr) expected_share(x$median, x$shape, hr, x$accrual, x$followUp, x$loss)
  c(x, events = list(I(c(x$control * share(1), x$treated * share(x$hr)))))
})
schoenfeld <- lapply(list(c(66, 2, 0.5, 0.05), c(30, 0.5, 0.4, 0.01), c(100, 1, 0.5, 0.05), c(0, 2, 0.5, 0.05), c(16, 3, 19 / 37, 0.05)), function(k) {
  drift <- sqrt(k[1] * k[3] * (1 - k[3])) * abs(log(k[2])); z <- qnorm(1 - k[4] / 2)
  list(events = k[1], hazardRatio = k[2], share = k[3], alpha = k[4], power = pnorm(drift - z) + pnorm(-drift - z))
})

write_golden("resampling", list(case = case, cluster = cluster, permutations = permutations, trials = trials, schoenfeld = schoenfeld))
