# Cox models and what follows from them. R's own iteration stops when the likelihood changes by 1e-9 of itself, which
# leaves errors of 1e-8 and more in coefficients; here it goes on to 1e-13.
source(file.path("test", "golden", "golden.R"))
control <- coxph.control(eps = 1e-13, toler.chol = 1e-14, iter.max = 60)
options(warn = -1) # "tolerance should be < eps" of the above

# A model: data (complete rows of the named columns), covariates, and coxph's other arguments.
model <- function(name, data, time, event, covariates, entry = NULL, weights = NULL, strata = NULL, cluster = NULL,
                  offset = NULL, ties = "efron", robust = NULL, after = TRUE, new = NULL) {
  data <- data[complete.cases(data[unique(c(time, event, covariates, entry, weights, strata, cluster, offset))]), ]
  y <- if (is.null(entry)) sprintf("Surv(%s, %s)", time, event) else sprintf("Surv(%s, %s, %s)", entry, time, event)
  right <- c(covariates, if (!is.null(strata)) sprintf("strata(%s)", strata), if (!is.null(offset)) sprintf("offset(%s)", offset))
  formula <- paste(y, "~", paste(right, collapse = " + "))
  arguments <- c(formula, "data", sprintf('ties = "%s"', ties), if (!is.null(weights)) sprintf("weights = %s", weights),
    if (!is.null(cluster)) sprintf("cluster = %s", cluster), if (!is.null(robust)) sprintf("robust = %s", robust))
  call <- sprintf("coxph(%s, control = control, x = TRUE)", paste(arguments, collapse = ", "))
  fit <- eval(parse(text = call))
  p <- length(covariates)
  naive <- if (is.null(fit$naive.var)) fit$var else fit$naive.var
  value <- list(
    coefficient = I(unname(coef(fit))), standardError = I(sqrt(diag(naive))),
    robustStandardError = if (is.null(fit$naive.var)) NULL else I(sqrt(diag(fit$var))),
    covariance = unname(fit$var), null = fit$loglik[1], fitted = fit$loglik[2],
    score = unname(fit$score), wald = wald(coef(fit), fit$var),
    robustScore = if (is.null(fit$rscore)) NULL else unname(fit$rscore), events = fit$nevent
  )
  if (after) value <- c(value, following(fit, data, covariates, ties, new))
  column <- function(x) I(if (is.null(x)) NULL else if (is.factor(data[[x]])) as.character(data[[x]]) else as.numeric(data[[x]]))
  input <- list(time = column(time), event = column(event), covariates = lapply(setNames(nm = covariates), column))
  for (other in c("entry", "weights", "offset", "strata", "cluster")) {
    variable <- get(other)
    if (!is.null(variable)) input[[other]] <- I(as.numeric(if (other %in% c("strata", "cluster")) as.factor(data[[variable]]) else data[[variable]]))
  }
  list(name = name, call = call, ties = ties, robust = if (is.null(robust)) NULL else robust, input = input, value = value)
}

# fit$wald.test, but on the scale of standard errors: R's own takes the variance of a covariate of size 1e9 for singular.
wald <- function(beta, variance) {
  se <- sqrt(diag(variance))
  drop((beta / se) %*% solve(variance / outer(se, se), beta / se))
}

matrix_rows <- function(m) if (is.matrix(m)) unname(m) else unname(matrix(m, ncol = 1))

following <- function(fit, data, covariates, ties, new) {
  value <- list(
    martingale = I(unname(residuals(fit, "martingale"))),
    deviance = I(unname(residuals(fit, "deviance"))),
    linearPredictors = I(unname(fit$linear.predictors))
  )
  if (ties != "exact") {
    schoenfeld <- matrix_rows(residuals(fit, "schoenfeld"))
    value <- c(value, list(
      scoreResiduals = matrix_rows(residuals(fit, "score")),
      dfbeta = matrix_rows(residuals(fit, "dfbeta")),
      dfbetas = matrix_rows(residuals(fit, "dfbetas")),
      schoenfeld = schoenfeld,
      scaledSchoenfeld = matrix_rows(residuals(fit, "scaledsch")),
      zph = lapply(setNames(nm = c("km", "rank", "identity", "log")), function(transform) {
        z <- tryCatch(cox.zph(fit, transform = transform, terms = FALSE), error = function(e) NULL)
        if (is.null(z) || any(!is.finite(z$table))) NULL else list(
          chiSquare = I(unname(z$table[, 1])), pValue = I(unname(z$table[, 3])), x = I(z$x), time = I(z$time), y = if (transform == "km") unname(z$y) else NULL)
      })
    ))
  }
  b <- basehaz(fit, centered = FALSE)
  value$baselineHazard <- list(time = I(b$time), hazard = I(b$hazard), strata = if (is.null(b$strata)) NULL else I(as.character(b$strata)))
  if (ties != "exact") {
    b <- basehaz(fit, centered = TRUE)
    value$centeredHazard <- I(b$hazard)
  }
  if (!is.null(new)) {
    value$predicted <- lapply(seq_len(nrow(new)), function(i) {
      s <- survfit(fit, newdata = new[i, , drop = FALSE], conf.type = "log")
      t <- survfit(fit, newdata = new[i, , drop = FALSE], conf.type = "log-log")
      list(row = as.list(new[i, , drop = FALSE]), time = I(s$time), survival = I(s$surv), atRisk = I(s$n.risk),
        standardErrorOfLog = I(s$std.err), lower = I(s$lower), upper = I(s$upper),
        logLog = list(lower = I(t$lower), upper = I(t$upper)), cumulativeHazard = I(s$cumhaz))
    })
  }
  cc <- concordance(fit)
  counts <- if (is.matrix(cc$count)) colSums(cc$count) else cc$count
  value$concordance <- list(estimate = cc$concordance, standardError = sqrt(cc$var), counts = I(unname(counts)))
  value
}

lung2 <- within(lung, { dead <- status - 1; women <- sex - 1; year <- 2015 + (inst %% 4); large <- age * 1e9 })
lung2$fraction <- (seq_len(nrow(lung2)) %% 5 + 1) / 3
lung2$count <- seq_len(nrow(lung2)) %% 3 + 1
lung2$shift <- (seq_len(nrow(lung2)) %% 7) / 5
lung2$huge <- 600 + lung2$shift
lung2$months <- ceiling(lung2$time / 30.4375)
vet <- within(veteran, { squamous <- 1 * (celltype == "squamous"); small <- 1 * (celltype == "smallcell"); adeno <- 1 * (celltype == "adeno") })
bladder3 <- within(bladder, { treated <- rx - 1 })
bladder3 <- bladder3[bladder3$id < 60, ]
bladder4 <- within(bladder2, { treated <- rx - 1 })
colon2 <- within(colon[colon$etype == 2 & colon$id <= 300, ], { levamisole <- 1 * (rx == "Lev"); both <- 1 * (rx == "Lev+5FU") })
pbc2 <- within(pbc[1:312, ], { dead <- 1 * (status == 2); logbili <- log(bili); logprotime <- log(protime) })
rats2 <- within(rats[rats$sex == "f", ], { treated <- rx })
kidney2 <- within(kidney, { women <- sex - 1 })
stanford <- stanford2[!is.na(stanford2$t5) & stanford2$time >= 10, ]
mgus3 <- within(mgus2[1:400, ], { men <- 1 * (sex == "M") })
heart2 <- within(heart, { transplanted <- 1 * (transplant == "1"); weight <- (id %% 4 + 1) / 2; group <- ifelse(surgery == 1, "surgery", "none") })
campaign <- with(samples$campaign, data.frame(time = as.vector(time), event = event, featured = 1 * (as.vector(group) == "short list"),
  year = 2005 + (seq_along(time) * 7) %% 10))
aml2 <- within(aml, { maintained <- 1 * (x == "Maintained") })
nasty <- data.frame(time = c(0.1 + 0.2, 0.3, 0.3, 1, 1 - 1e-12, 2, 2, 3, 4, 0), event = c(1, 1, 0, 1, 1, 1, 1, 0, 1, 1), x = c(1, 3, 2, 5, 4, 2, 6, 1, 3, 2))

write_golden("cox", list(cases = list(
  model("lung", lung2, "time", "dead", c("age", "women", "ph.ecog", "wt.loss"), new = data.frame(age = c(50, 70), women = c(0, 1), ph.ecog = c(0, 2), wt.loss = c(0, 10))),
  model("lung, Breslow", lung2, "time", "dead", c("age", "women", "ph.ecog"), ties = "breslow", new = data.frame(age = 60, women = 1, ph.ecog = 1)),
  model("lung in months, Efron", lung2, "months", "dead", c("age", "women", "ph.karno"), new = data.frame(age = 60, women = 1, ph.karno = 80)),
  model("lung in months, Breslow", lung2, "months", "dead", c("age", "women", "ph.karno"), ties = "breslow"),
  model("lung, one covariate", lung2, "time", "dead", "age", new = data.frame(age = 62)),
  model("lung, strata", lung2, "time", "dead", c("age", "ph.ecog"), strata = "women"),
  model("lung, many strata", lung2, "time", "dead", c("age", "women"), strata = "inst"),
  model("lung, offset", lung2, "time", "dead", c("age", "women"), offset = "shift"),
  model("lung, huge offset", lung2, "time", "dead", c("age", "women"), offset = "huge", after = FALSE),
  model("lung, year and 1e9", lung2, "time", "dead", c("year", "large"), after = FALSE),
  model("lung, counts as weights", lung2, "time", "dead", c("age", "women"), weights = "count"),
  model("lung, fractional weights", lung2, "time", "dead", c("age", "women"), weights = "fraction"),
  model("lung in months, fractional weights", lung2, "months", "dead", c("age", "women"), weights = "fraction"),
  model("lung, fractional weights, not robust", lung2, "time", "dead", c("age", "women"), weights = "fraction", robust = FALSE),
  model("lung, clusters", lung2, "time", "dead", c("age", "women"), cluster = "inst"),
  model("lung, robust", lung2, "months", "dead", c("age", "women"), robust = TRUE),
  model("veteran", vet, "time", "status", c("trt", "karno", "diagtime", "age", "prior", "squamous", "small", "adeno")),
  model("veteran, strata", vet, "time", "status", c("trt", "karno", "age"), strata = "celltype"),
  model("ovarian", ovarian, "futime", "fustat", c("rx", "age")),
  model("aml", aml2, "time", "status", "maintained"),
  model("aml, exact", aml2, "time", "status", "maintained", ties = "exact"),
  model("lung in months, exact", lung2, "months", "dead", c("age", "women"), ties = "exact"),
  model("heart, exact", heart2, "stop", "event", c("age", "surgery"), entry = "start", ties = "exact", after = FALSE),
  model("heart", heart2, "stop", "event", c("age", "surgery", "transplanted"), entry = "start", new = data.frame(age = c(-5, 10), surgery = c(0, 1), transplanted = c(0, 1))),
  model("heart, Breslow", heart2, "stop", "event", c("age", "surgery", "transplanted"), entry = "start", ties = "breslow"),
  model("heart, strata", heart2, "stop", "event", c("age", "transplanted"), entry = "start", strata = "group"),
  model("heart, clusters and weights", heart2, "stop", "event", c("age", "transplanted"), entry = "start", cluster = "id", weights = "weight"),
  model("bladder, marginal", bladder3, "stop", "event", c("treated", "number", "size"), cluster = "id", strata = "enum"),
  model("bladder, counting process", bladder4, "stop", "event", c("treated", "number", "size"), entry = "start", cluster = "id", strata = "enum"),
  model("rats, litters", rats2, "time", "status", "treated", cluster = "litter"),
  model("kidney", kidney2, "time", "status", c("age", "women"), cluster = "id"),
  model("colon", colon2, "time", "status", c("levamisole", "both", "age", "nodes", "extent")),
  model("pbc", pbc2, "time", "dead", c("age", "logbili", "logprotime", "albumin", "edema")),
  model("stanford2", stanford, "time", "status", c("age", "t5")),
  model("mgus2", mgus3, "futime", "death", c("age", "men", "hgb")),
  model("campaign", campaign, "time", "event", c("featured", "year"), new = data.frame(featured = c(0, 1), year = c(2010, 2010))),
  model("nasty", nasty, "time", "event", "x", new = data.frame(x = 3))
)))
