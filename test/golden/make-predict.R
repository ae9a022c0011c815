# What Cox models say of rows: predict.coxph of lp, risk, expected and survival, with strata, offsets, weights, clusters, ties
# and entries. Of what is expected R has two mistakes: it adds the offset of a new row to exp(x*beta) and not to x*beta, and with
# entries it takes the variance at entry for that at the end. There the sums are written down.
source(file.path("test", "golden", "golden.R"))
control <- coxph.control(eps = 1e-13, toler.chol = 1e-14, iter.max = 60)
options(warn = -1) # "tolerance should be < eps" of the above

lungs <- with(lung[complete.cases(lung[c("age", "ph.ecog", "sex")]), ], data.frame(time, event = status - 1, a = age, b = ph.ecog, s = sex, o = (sex - 1) / 3, w = 1 + (inst %% 3), c = inst))
lungs$w[is.na(lungs$w)] <- 1; lungs$c[is.na(lungs$c)] <- 99
sets <- list(
  lung = lungs,
  veteran = with(veteran, data.frame(time, event = status, a = karno, b = trt - 1, s = celltype, o = diagtime / 50, w = 1, c = rep(1:20, length.out = 137))),
  ovarian = with(ovarian, data.frame(time = futime, event = fustat, a = age, b = rx - 1, s = ecog.ps, o = 0, w = 1, c = 1:26)),
  few = data.frame(time = c(0, 1, 1, 2, 2, 2, 5, 9), event = c(1, 1, 0, 1, 1, 0, 1, 0), a = c(3, 1, 4, 1, 5, 9, 2, 6), b = c(0, 1, 1, 0, 0, 1, 1, 0), s = c(1, 1, 1, 1, 2, 2, 2, 2), o = 0, w = 1, c = 1:8),
  heart = with(heart, data.frame(entry = start, time = stop, event, a = age, b = as.integer(transplant) - 1, s = surgery, o = 0, w = 1, c = id)))
shapes <- list(plain = "a + b", strata = "a + b + strata(s)", offset = "a + offset(o)", both = "a + b + strata(s) + offset(o)")

rows_of <- function(data) {
  new <- data[unique(round(seq(1, nrow(data), length.out = 7))), ]
  new$time <- round(quantile(data$time, c(0.1, 0.3, 0.5, 0.7, 0.9, 1, 1), type = 1)[seq_len(nrow(new))] * c(1, 1, 1, 1, 1, 1, 1.5)[seq_len(nrow(new))])
  new$entry <- if (is.null(data$entry)) NULL else round(new$time / 3)
  new
}
# Λ and its variance up to t for a row, from the curve of its stratum.
by_hand <- function(fit, data, row, strata, offset) {
  at <- function(t) {
    own <- if (strata) data$s == row$s else rep(TRUE, nrow(data))
    x <- cbind(data$a, data$b)[, seq_along(coef(fit)), drop = FALSE]; x0 <- c(row$a, row$b)[seq_along(coef(fit))]
    eta <- as.vector(x %*% coef(fit)) + offset * data$o; risk <- exp(eta)
    times <- sort(unique(data$time[own & data$event == 1])); times <- times[times <= t]
    L <- 0; v <- 0; q <- 0 * x0
    for (u in times) {
      at_risk <- own & data$time >= u & (if (is.null(data$entry)) TRUE else data$entry < u); dead <- own & data$time == u & data$event == 1; d <- sum(dead)
      for (k in seq_len(d) - 1) {
        w <- risk * at_risk * ifelse(dead & fit$method == "efron", 1 - k / d, 1); s0 <- sum(w); L <- L + 1 / s0; v <- v + 1 / s0^2; q <- q + (x0 - colSums(w * x) / s0) / s0
      }
    }
    list(L = L, v = v, q = q, risk = exp(sum(x0 * coef(fit)) + offset * row$o))
  }
  z <- at(row$time); e <- at(if (is.null(row$entry)) -1 else row$entry); q <- z$q - e$q
  c(z$risk * (z$L - e$L), z$risk * sqrt(z$v - e$v + as.vector(t(q) %*% fit$var %*% q)))
}
one <- function(name, shape, ties = "efron", weighted = FALSE, clustered = FALSE) {
  data <- sets[[name]]
  response <- if (is.null(data$entry)) "Surv(time, event)" else "Surv(entry, time, event)"
  form <- as.formula(paste(response, "~", shapes[[shape]], if (clustered) "+ cluster(c)" else ""))
  fit <- if (weighted) do.call(coxph, list(form, data, weights = data$w, ties = ties, control = control, x = TRUE)) else do.call(coxph, list(form, data, ties = ties, control = control, x = TRUE))
  new <- rows_of(data)
  parts <- unlist(lapply(c("lp", "risk"), function(type) lapply(c("strata", "sample", "zero"), function(reference) {
    p <- predict(fit, new, type = type, se.fit = TRUE, reference = reference)
    list(type = type, reference = reference, value = I(unname(p$fit)), error = I(unname(p$se.fit)))
  })), recursive = FALSE)
  offset <- grepl("offset", shapes[[shape]])
  p <- if (is.null(data$entry) && !offset) predict(fit, new, type = "expected", se.fit = TRUE) else {
    hand <- sapply(seq_len(nrow(new)), function(i) by_hand(fit, data, new[i, ], grepl("strata", shapes[[shape]]), offset))
    if (!offset) stopifnot(all.equal(unname(predict(fit, new, type = "expected")), hand[1, ], tolerance = 1e-9))
    list(fit = hand[1, ], se.fit = hand[2, ])
  }
  p <- lapply(p, unname)
  more <- list(list(type = "expected", reference = "strata", value = I(p$fit), error = I(p$se.fit)), list(type = "survival", reference = "strata", value = I(exp(-p$fit)), error = I(p$se.fit * exp(-p$fit))))
  collapsed <- predict(fit, new, type = "lp", se.fit = TRUE, collapse = rep(1:2, length.out = nrow(new)))
  list(set = name, shape = shape, ties = ties, weighted = weighted, clustered = clustered, rows = lapply(as.list(new[setdiff(names(new), c("event", "w", "c"))]), I), parts = c(parts, more),
    collapsed = list(value = I(unname(collapsed$fit)), error = I(unname(collapsed$se.fit))))
}
cases <- unlist(lapply(names(sets), function(n) if (n == "few") list(one(n, "plain"), one(n, "strata", "breslow")) else if (n == "heart") list(one(n, "plain"), one(n, "strata")) else list(one(n, "plain"), one(n, "strata"), one(n, "offset", "breslow"), one(n, "both"), one(n, "plain", clustered = TRUE))), recursive = FALSE)
cases <- c(cases, list(one("lung", "strata", "breslow", weighted = TRUE), one("lung", "plain", weighted = TRUE)))
write_golden("predict", list(sets = lapply(sets, function(d) lapply(d, I)), cases = cases))
