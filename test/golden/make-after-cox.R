# What one asks after a Cox model: likelihood-ratio tests, AIC and BIC, joint tests of a factor, proportional hazards by term,
# rows cut at times, coefficients that change with time (tt), pooled joint tests (D1, written down, and held
# against mitml), and repeated events (Prentice, Williams and Peterson).
source(file.path("test", "golden", "golden.R"))
control <- coxph.control(eps = 1e-13, toler.chol = 1e-14, iter.max = 60)
options(warn = -1) # "tolerance should be < eps" of the above
dummies <- function(f, name) { m <- model.matrix(~ f)[, -1, drop = FALSE]; colnames(m) <- paste0(name, seq_len(ncol(m))); as.data.frame(m) }

sets <- list(
  lung = with(lung[complete.cases(lung[c("age", "ph.ecog", "sex")]), ], data.frame(time, event = status - 1, a = age, b = sex - 1, dummies(factor(pmin(ph.ecog, 2)), "f"), c = 1 + seq_along(time) %% 30)),
  veteran = with(veteran, data.frame(time, event = status, a = karno, b = trt - 1, dummies(celltype, "f"), c = 1 + seq_along(time) %% 30)),
  breast = with(gbsg[201:500, ], data.frame(time = rfstime, event = status, a = nodes, b = hormon, dummies(factor(grade), "f"), c = 1 + seq_along(rfstime) %% 30)),
  ovarian = with(ovarian, data.frame(time = futime, event = fustat, a = age, b = rx - 1, dummies(factor(1 + seq_along(rx) %% 3), "f"), c = 1 + seq_along(rx) %% 10)))
factor_of <- function(data) grep("^f", names(data), value = TRUE)
fit_of <- function(data, columns, ties = "efron", extra = "") coxph(as.formula(paste("Surv(time, event) ~", paste(columns, collapse = " + "), extra)), data, ties = ties, control = control)

compared <- unlist(lapply(names(sets), function(n) lapply(c("efron", "breslow", "exact"), function(ties) {
  data <- sets[[n]]; small <- c("a", "b"); large <- c(small, factor_of(data))
  one <- fit_of(data, small, ties); two <- fit_of(data, large, ties); test <- anova(one, two)
  list(set = n, ties = ties, reduced = I(small), full = I(large), chiSquare = test$Chisq[2], df = test$Df[2], pValue = test[["Pr(>|Chi|)"]][2], aic = I(c(AIC(one), AIC(two))), bic = I(c(BIC(one), BIC(two))))
})), recursive = FALSE)

joint <- unlist(lapply(names(sets), function(n) lapply(c(FALSE, TRUE), function(clustered) {
  data <- sets[[n]]; f <- factor_of(data)
  fit <- fit_of(data, c("a", "b", f), extra = if (clustered) "+ cluster(c)" else "")
  test <- as.vector(coef(fit)[f] %*% solve(vcov(fit)[f, f]) %*% coef(fit)[f])
  list(set = n, clustered = clustered, names = I(f), chiSquare = test, pValue = pchisq(test, length(f), lower.tail = FALSE))
})), recursive = FALSE)

proportional <- unlist(lapply(names(sets), function(n) lapply(c("km", "rank", "identity", "log"), function(transform) {
  data <- sets[[n]]; f <- factor_of(data); data$F <- as.matrix(data[f])
  data$a <- (data$a - mean(data$a)) / sd(data$a); data$time <- data$time / 365 # the test is the same, and solve() does not give up
  test <- cox.zph(coxph(Surv(time, event) ~ a + b + F, data, control = control), transform = transform, terms = TRUE)$table
  list(set = n, transform = transform, names = I(f), chiSquare = test["F", "chisq"], df = test["F", "df"], pValue = test["F", "p"])
})), recursive = FALSE)

split <- lapply(list(lung = c(100, 200, 500), veteran = c(10, 99, 100), ovarian = c(300, 431, 1000)), I)
splits <- lapply(names(split), function(n) {
  s <- survSplit(Surv(time, event) ~ ., transform(sets[[n]], row = seq_len(nrow(sets[[n]])) - 1), cut = split[[n]], episode = "episode", start = "entry")
  list(set = n, cuts = split[[n]], row = I(s$row), entry = I(s$entry), time = I(s$time), event = I(s$event), episode = I(s$episode))
})

transforms <- list(log = function(x, t, ...) x * log(t), identity = function(x, t, ...) x * t / 100, step = function(x, t, ...) x * (t > 150))
over_time <- unlist(lapply(names(sets), function(n) lapply(names(transforms), function(g) {
  fit <- coxph(Surv(time, event) ~ a + b + tt(a), sets[[n]], tt = transforms[[g]], control = control, ties = if (g == "step") "breslow" else "efron")
  at <- c(50, 150, 400); v <- c(log = 1, identity = 1, step = 1)
  z <- cbind(1, sapply(at, function(t) transforms[[g]](1, t))); k <- c(1, 3)
  list(set = n, g = g, coefficients = I(unname(coef(fit))), errors = I(unname(sqrt(diag(vcov(fit))))), logLikelihood = fit$loglik[2], times = I(at),
    ratio = I(exp(as.vector(z %*% coef(fit)[k]))), error = I(sqrt(diag(z %*% vcov(fit)[k, k] %*% t(z)))))
})), recursive = FALSE)

# Three completed copies of each set: covariate a moved by a rule that depends on the copy.
pooled <- unlist(lapply(names(sets), function(n) lapply(c(2, 3, 5), function(m) {
  data <- sets[[n]]; f <- factor_of(data); k <- length(f)
  copies <- lapply(seq_len(m), function(i) { d <- data; d$a <- d$a + ((seq_len(nrow(d)) * i) %% 7) * i / 3; d[[f[1]]] <- ifelse(seq_len(nrow(d)) %% (9 + i) == 0, 0, d[[f[1]]]); d })
  fits <- lapply(copies, function(d) fit_of(d, c("a", "b", f)))
  q <- sapply(fits, function(fit) coef(fit)[f]); q <- matrix(q, nrow = k); mean <- rowMeans(q)
  U <- Reduce(`+`, lapply(fits, function(fit) vcov(fit)[f, f])) / m; B <- matrix(tcrossprod(q - mean) / (m - 1), k)
  r <- (1 + 1 / m) * sum(diag(B %*% solve(U))) / k; D <- as.vector(t(mean) %*% solve(U) %*% mean) / (k * (1 + r)); t <- k * (m - 1)
  v <- if (t > 4) 4 + (t - 4) * (1 + (1 - 2 / t) / r)^2 else t * (1 + 1 / k) * (1 + 1 / r)^2 / 2
  # The same from mitml, which mice::D1 calls, where it is installed: the models with and without the factor.
  if (requireNamespace("mitml", quietly = TRUE)) {
    without <- lapply(copies, function(d) fit_of(d, c("a", "b")))
    twin <- mitml::testModels(structure(fits, class = "mitml.result"), structure(without, class = "mitml.result"), method = "D1")$test
    stopifnot(all.equal(as.vector(twin), c(D, k, v, pf(D, k, v, lower.tail = FALSE), r), tolerance = 1e-10))
  }
  list(set = n, m = m, names = I(f), f = D, denominatorDf = v, pValue = pf(D, k, v, lower.tail = FALSE), relativeIncrease = r)
})), recursive = FALSE)
tails <- lapply(list(c(0.001, 1, 1), c(1, 3, 4.5), c(3.0984, 3, 20), c(40, 2, 7), c(0.5, 10, 1000), c(200, 5, 60)), function(x) list(f = x[1], df1 = x[2], df2 = x[3], p = pf(x[1], x[2], x[3], lower.tail = FALSE)))

# Repeated events: the bladder cancer trial with its four recurrences, in gap and in total time.
spells <- with(bladder2, data.frame(entry = start, time = stop, event, rx = rx - 1, number, size, enum, id))
repeated <- unlist(lapply(c("total", "gap"), function(clock) lapply(c("efron", "breslow"), function(ties) {
  data <- spells[spells$time > spells$entry, ]
  form <- if (clock == "total") Surv(entry, time, event) ~ rx + number + size + strata(enum) + cluster(id) else Surv(time - entry, event) ~ rx + number + size + strata(enum) + cluster(id)
  fit <- coxph(form, data, ties = ties, control = control)
  list(clock = clock, ties = ties, coefficients = I(unname(coef(fit))), errors = I(unname(sqrt(diag(fit$naive.var)))), robust = I(unname(sqrt(diag(fit$var)))))
})), recursive = FALSE)

write_golden("after-cox", list(sets = lapply(sets, function(d) lapply(d, I)), compared = compared, joint = joint, proportional = proportional, splits = splits, overTime = over_time, pooled = pooled, tails = tails,
  spells = lapply(as.list(spells[spells$time > spells$entry, ]), I), repeated = repeated))
