# Shares in several states, Cox's model of each change, and regression of restricted means on pseudo-values.
source(file.path("test", "golden", "golden.R"))
suppressPackageStartupMessages({ library(sandwich); library(lmtest) })
control <- coxph.control(eps = 1e-13, toler.chol = 1e-14, iter.max = 60)
options(warn = -1) # "tolerance should be < eps" of the above

blood <- tmerge(mgus2, mgus2, id = id, death = event(futime, death), pcm = event(ptime, pstat))
blood <- subset(blood, tstop > tstart & id <= 300)
blood <- with(blood, data.frame(id, entry = tstart, time = tstop, state = ifelse(death == 1, "death", ifelse(pcm == 1, "pcm", "censored")), x = age, z = as.numeric(sex) - 1))

# Custody, bail, custody again, free, exile: steps of forty people, with ties, gaps and late entries.
paths <- do.call(rbind, lapply(1:40, function(i) {
  steps <- 1 + (i * 7) %% 3
  begin <- if (i %% 9 == 0) 2 else 0
  lengths <- 1 + (i * c(5, 11, 3) + c(0, 2, 4)) %% c(9, 7, 12)
  stop <- begin + cumsum(lengths[1:steps])
  state <- character(steps); now <- "custody"
  for (k in 1:steps) {
    out <- if (now == "custody") c("bail", "free", "exile", "censored")[1 + (i * k) %% 4] else if (now == "bail") c("custody", "free", "censored")[1 + (i + k) %% 3] else "censored"
    if (k < steps && out == "censored") out <- if (now == "custody") "bail" else if (now == "bail") "custody" else "censored"
    state[k] <- out; if (out != "censored") now <- out
  }
  data.frame(id = i, entry = c(begin, head(stop, -1)), time = stop, state = state, x = i %% 5, z = as.numeric(i %% 3 == 0))
}))
# Who is free or abroad stays so.
paths <- do.call(rbind, lapply(split(paths, paths$id), function(p) { end <- which(p$state %in% c("free", "exile")); if (length(end) > 0) p[1:end[1], ] else p }))
rivals <- with(blood[!duplicated(blood$id), ], data.frame(id, entry, time, state, x, z))

states_case <- function(name, data, start, times) {
  data$st <- factor(data$state, c("censored", sort(unique(data$state[data$state != "censored"]))))
  # Where people come back to the state they began in, R has to be told in which one each interval was spent.
  data$now <- start
  for (i in seq_len(nrow(data))[-1]) if (data$id[i] == data$id[i - 1]) data$now[i] <- if (data$state[i - 1] == "censored") data$now[i - 1] else data$state[i - 1]
  told <- start %in% data$state
  fit <- if (told) survfit(Surv(entry, time, st) ~ 1, data, id = id, istate = now) else survfit(Surv(entry, time, st) ~ 1, data, id = id)
  s <- summary(fit, times = times, extend = TRUE)
  states <- s$states; states[states == "(s0)"] <- start
  # The lower limit is NA in R where the share is 0.
  result <- list(name = name, start = start, times = I(times), columns = lapply(data[c("id", "entry", "time", "state", "x", "z")], I), states = I(states),
    probability = s$pstate, standardError = s$std.err, lower = s$lower, upper = s$upper)
  cox <- if (told) coxph(Surv(entry, time, st) ~ x + z, data, id = id, istate = now, control = control) else coxph(Surv(entry, time, st) ~ x + z, data, id = id, control = control)
  labels <- sub("\\(s0\\)", start, cox$states)
  pairs <- strsplit(sub(".*_", "", names(coef(cox))), ":")
  c(result, list(models = list(from = I(sapply(pairs, function(p) labels[as.integer(p[1])])), to = I(sapply(pairs, function(p) labels[as.integer(p[2])])),
    coefficients = I(unname(coef(cox))), robust = I(unname(sqrt(diag(cox$var)))))))
}
states_cases <- list(states_case("blood", blood, "start", c(12, 60, 120, 240)), states_case("paths", paths, "custody", c(3, 5, 8, 12, 20)), states_case("rivals", rivals, "start", c(12, 60, 120, 240)))

lungs <- with(lung[complete.cases(lung[c("age", "ph.ecog", "inst")]), ], data.frame(time, event = status - 1, age, sex, ecog = ph.ecog, cluster = inst))
veterans <- with(veteran, data.frame(time, event = status, age = karno, sex = trt, ecog = diagtime, cluster = as.integer(celltype)))
ovaries <- with(ovarian, data.frame(time = futime, event = fustat, age, sex = rx, ecog = ecog.ps, cluster = resid.ds))
mean_case <- function(name, data, covariates, tau) {
  seen_by_pseudo <<- data # it looks for the data by name, where it was called from
  y <- pseudo(survfit(Surv(time, event) ~ 1, seen_by_pseudo), times = tau, type = "rmst")
  fit <- lm(reformulate(c("1", covariates), "y"), data)
  few <- length(unique(data$cluster)) <= length(covariates) + 1
  test <- coeftest(fit, vcovHC(fit, "HC3"))
  list(name = name, tau = tau, covariates = I(covariates), pseudo = I(unname(y[1:10])), coefficients = I(unname(coef(fit))), hc3 = I(unname(test[, 2])), p = I(unname(test[, 4])),
    hc0 = I(unname(sqrt(diag(vcovHC(fit, "HC0"))))), clusters = if (few) NULL else I(unname(sqrt(diag(vcovCL(fit, data$cluster))))))
}
sets <- list(lung = lungs, veteran = veterans, ovarian = ovaries)
mean_cases <- unlist(lapply(names(sets), function(n) unlist(lapply(list(c("age", "sex", "ecog"), "sex", "age"), function(covariates)
  lapply(quantile(sets[[n]]$time, c(0.3, 0.7, 1), type = 1), function(tau) mean_case(n, sets[[n]], covariates, unname(tau)))), recursive = FALSE)), recursive = FALSE)

write_golden("states", list(sets = lapply(sets, function(d) lapply(d, I)), occupation = states_cases, means = unname(mean_cases)), c("survival", "sandwich", "lmtest"))
