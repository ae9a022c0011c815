# Specifications of the multiverse, from data/*.csv to the fits, independently of the library: R reads the dates under each
# coding, puts them on each clock, and fits the models. Run after a change to the data.
source(file.path("test", "golden", "golden.R"))
source(file.path("test", "golden", "dates.R"))
suppressPackageStartupMessages(library(jsonlite))
options(warn = -1)
control <- coxph.control(eps = 1e-13, toler.chol = 1e-14, iter.max = 60)

package <- fromJSON(file.path("data", "datapackage.json"), simplifyVector = FALSE)
launch <- as.Date(package$campaign$launch)
end <- as.Date(package$campaign$endOfFollowUp)
landmark <- as.Date("2015-10-01")
read <- function(file) read.csv(file.path("data", file), colClasses = "character", na.strings = c("", "NA", "."), encoding = "UTF-8")
short <- read("freethe20.csv")
long <- read("long_list.csv")
reports <- read("urgent_actions.csv")
prisoners <- read("prisoners.csv")
codings <- Filter(function(r) r$name == "freethe20", package$resources)[[1]]$codings
names(codings) <- vapply(codings, function(coding) coding$name, "")
region_of <- function(country) {
  regions <- rep(NA_character_, length(country))
  for (name in names(package$regions)) regions[country %in% unlist(package$regions[[name]])] <- name
  regions
}

# Days of release under a coding.
released_on <- function(d, coding) {
  days <- points(d, "released")
  for (decision in codings[[coding]]$decisions) {
    i <- which(d$id == decision$id)
    if (length(i) == 0) next
    if (decision$outcome == "not released") days[i] <- NA
    else if (is.na(days[i])) days[i] <- point(NA, decision$earliest, decision$latest)
  }
  days
}

# Women of the reports with their concerns.
reports <- reports[reports$date >= "2000-01-01" & reports$date <= as.character(launch), ]
concerns <- c("prisoner_of_conscience", "torture", "death_penalty", "legal", "medical")
any_yes <- function(x) if (all(is.na(x))) NA else 1 * any(x == "yes", na.rm = TRUE)
named <- unique(reports$person)
record <- recorded(prisoners)
coded <- sapply(concerns, function(concern) tapply(reports[[concern]], reports$person, any_yes)[named])
# The featured women of the public record, whom no report names, with the concerns that published pages state.
coded <- rbind(coded, stated(record, concerns))
named <- c(named, record)

spells <- function(comparison, coding) {
  if (comparison == "long-list") {
    columns <- c("id", "country", "detained", "detained_earliest", "detained_latest", "released", "released_earliest", "released_latest")
    d <- rbind(cbind(short[columns], f20 = 1), cbind(long[columns], f20 = 0))
    d$observed_until <- c(rep(NA, nrow(short)), long$observed_until)
  } else {
    d <- prisoners[!is.na(prisoners$custody) & prisoners$custody == "two months or more" & prisoners$person %in% named, ]
    d$id <- d$person
    d$f20 <- 1 * (d$featured == "yes")
    d <- cbind(d, coded[match(d$id, named), ])
  }
  d$arrested <- points(d, "detained")
  if (comparison == "recent") d <- d[as.integer(format(d$arrested, "%Y")) >= 2009, ]
  day <- released_on(d, coding)
  d$event <- 1 * !is.na(day)
  d$until <- as.Date(ifelse(is.na(d$observed_until), as.character(end), d$observed_until))
  d$until[d$event == 1] <- day[d$event == 1]
  d$year <- as.integer(format(d$arrested, "%Y"))
  d$region <- region_of(d$country)
  for (name in names(package$regions)) d[[gsub(" ", "_", name)]] <- 1 * (d$region %in% name)
  d
}

on_clock <- function(d, clock) {
  held <- function(day) d$arrested <= day & d$until > day
  if (clock == "arrest") return(transform(d, entry = 0, time = months(arrested, until)))
  if (clock == "arrest, from the launch") {
    d <- d[held(launch), ]
    return(transform(d, entry = months(arrested, rep(launch, nrow(d))), time = months(arrested, until)))
  }
  if (clock == "launch" || clock == "landmark") {
    zero <- if (clock == "launch") launch else landmark
    early <- clock == "launch" & d$f20 == 1 & d$event == 1 & d$until <= launch
    d$early <- early
    d <- d[held(zero) | early, ]
    return(transform(d, entry = 0, time = ifelse(early, 0, months(rep(zero, nrow(d)), until))))
  }
  before <- d[d$arrested < launch, ]
  reaches <- before$until > launch
  before$time <- months(before$arrested, pmin(before$until, launch))
  before <- transform(before, entry = 0, event = ifelse(reaches, 0, event), f20 = 0)
  after <- d[d$until > launch, ]
  after <- transform(after, entry = ifelse(arrested < launch, months(arrested, rep(launch, nrow(after))), 0), time = months(arrested, until))
  rbind(before, after)
}

region_columns <- gsub(" ", "_", names(package$regions))
columns_of <- function(adjustment) switch(adjustment, none = character(0), characteristics = concerns, regions = region_columns,
  both = c(concerns, region_columns), year = "year", all = c(concerns, region_columns, "year"))

# Overlap weights from glm, after women without a counterpart have been left out.
overlap <- function(d, adjustment) {
  women <- d[!duplicated(d$id), ]
  women$arm <- women$featured_ever
  categories <- c(if (adjustment %in% c("characteristics", "both", "all")) concerns, if (adjustment %in% c("regions", "both", "all")) "region_name")
  women$region_name <- ifelse(is.na(women$region), "none", women$region)
  repeat {
    size <- nrow(women)
    for (name in categories) {
      both <- intersect(women[[name]][women$arm == 1], women[[name]][women$arm == 0])
      women <- women[women[[name]] %in% both, ]
    }
    if (nrow(women) == size) break
  }
  terms <- c(categories, if (adjustment %in% c("year", "all")) "year")
  terms <- terms[vapply(terms, function(name) length(unique(women[[name]])) > 1, TRUE)]
  e <- fitted(glm(reformulate(terms, "arm"), binomial, women, control = glm.control(epsilon = 1e-14, maxit = 100)))
  setNames(ifelse(women$arm == 1, 1 - e, e), women$id)
}

# The log cumulative hazard as a natural spline of log time (Royston and Parmar 2002), by optim() and Newton steps with
# numDeriv's derivatives. f20 comes first among the terms.
royston_parmar <- function(d, terms, inner) {
  x <- log(d$time); knots <- unname(quantile(x[d$event == 1], seq(0, 1, length.out = inner + 2)))
  a <- knots[1]; b <- knots[inner + 2]; q <- inner + 2
  basis <- function(x, power) do.call(cbind, c(if (power == 3) list(1, x) else list(0 * x, 1), lapply(knots[-c(1, q)], function(k) {
    l <- (b - k) / (b - a); part <- function(u) (if (power == 3) 1 else 3) * pmax(u, 0)^power
    part(x - k) - l * part(x - a) - (1 - l) * part(x - b)
  })))
  value <- basis(x, 3); slope <- basis(x, 2); entered <- basis(log(pmax(d$entry, 1e-300)), 3)
  X <- sapply(d[terms], function(column) as.numeric(column) - mean(as.numeric(column)))
  logLik <- function(p) {
    xb <- as.vector(X %*% p[-(1:q)]); rise <- as.vector(slope %*% p[1:q]); eta <- as.vector(value %*% p[1:q]) + xb
    if (any(rise[d$event == 1] <= 0)) return(-1e10)
    sum(d$event * (eta + log(pmax(rise, 1e-300)) - x) - exp(eta) + ifelse(d$entry > 0, exp(as.vector(entered %*% p[1:q]) + xb), 0))
  }
  start <- c(-log(sum(d$time - d$entry) / sum(d$event)), 1, rep(0, inner + length(terms)))
  best <- optim(start, function(p) -logLik(p), method = "BFGS", control = list(reltol = 1e-15, maxit = 2000))$par
  small <- list(d = 1e-2)
  for (i in 1:4) best <- best - solve(numDeriv::hessian(logLik, best, method.args = small), numDeriv::grad(logLik, best, method.args = small))
  list(estimate = signif(best[q + 1], 9), error = signif(sqrt(diag(solve(-numDeriv::hessian(logLik, best, method.args = small))))[q + 1], 6))
}

specify <- function(comparison, coding, clock, adjustment = "none", ties = "efron", estimator = "cox") {
  d <- spells(comparison, coding)
  d$featured_ever <- d$f20
  if (comparison != "long-list" && !adjustment %in% c("none", "year")) d <- d[complete.cases(d[concerns]), ]
  d <- on_clock(d, clock)
  terms <- c("f20", columns_of(adjustment))
  formula <- function(terms) reformulate(terms, if (any(d$entry > 0)) "Surv(entry, time, event)" else "Surv(time, event)")
  spec <- list(comparison = comparison, coding = coding, clock = clock, adjustment = adjustment, ties = ties, estimator = estimator)
  score <- list()
  if (estimator == "weights") {
    w <- overlap(d, adjustment)
    d <- d[d$id %in% names(w), ]
    d$w <- w[d$id]
    fit <- coxph(formula("f20"), d, weights = w, cluster = id, ties = ties, control = control)
    estimate <- coef(fit)[["f20"]]
    error <- sqrt(fit$var[1, 1])
  } else if (estimator == "firth") {
    # log L + log|I|/2 of coxph itself at a given coefficient, maximised in R; one covariate only.
    penalised <- function(b) {
      fit <- coxph(formula("f20"), d, init = b, ties = ties, control = coxph.control(iter.max = 0))
      fit$loglik[1] - log(fit$var[1, 1]) / 2
    }
    h <- 1e-3
    slope <- function(b) (8 * (penalised(b + h) - penalised(b - h)) - (penalised(b + 2 * h) - penalised(b - 2 * h))) / (12 * h)
    estimate <- uniroot(slope, c(-3, 6), tol = 1e-12)$root
    error <- sqrt(coxph(formula("f20"), d, init = estimate, ties = ties, control = coxph.control(iter.max = 0))$var[1, 1])
  } else if (estimator == "weibull" && !any(d$entry > 0)) {
    # Weibull's log hazard ratio is minus the coefficient of log time by the scale, its error by the delta method.
    fit <- survreg(formula(terms), d, control = survreg.control(rel.tolerance = 1e-14, maxiter = 200))
    estimate <- -coef(fit)[["f20"]] / fit$scale
    at <- c(2, nrow(fit$var))
    slope <- c(-1 / fit$scale, -estimate)
    error <- sqrt(as.vector(slope %*% fit$var[at, at] %*% slope))
  } else if (estimator %in% c("weibull", "spline")) {
    fit <- royston_parmar(d, terms, if (estimator == "spline") 2 else 0)
    estimate <- fit$estimate
    error <- fit$error
  } else {
    fit <- if (estimator == "clusters") coxph(formula(terms), d, cluster = country, ties = ties, control = control)
      else coxph(formula(terms), d, ties = ties, control = control)
    estimate <- coef(fit)[["f20"]]
    error <- sqrt(fit$var[1, 1])
    if (estimator == "cox" && ties == "efron") {
      # The score test of f20 at the maximum without it: no step from there.
      start <- if (length(terms) == 1) 0 else {
        null <- coxph(formula(terms[-1]), d, ties = ties, control = control)
        c(0, ifelse(is.na(coef(null)), 0, coef(null)))
      }
      at_null <- coxph(formula(terms), d, ties = ties, init = start, control = coxph.control(iter.max = 0))
      score <- list(scoreChiSquare = at_null$score)
    }
  }
  c(spec, list(n = length(unique(d$id)), events = sum(d$event), estimate = estimate, standardError = error), score)
}

write_golden("clocks", list(
  specifications = list(
    specify("long-list", "working-paper", "launch"),
    specify("long-list", "published-article", "launch", ties = "breslow"),
    specify("long-list", "broad", "arrest, from the launch", "year"),
    specify("long-list", "strict", "arrest", "regions", "exact"),
    specify("long-list", "working-paper", "landmark", "none", "efron", "clusters"),
    specify("long-list", "working-paper", "arrest, from the launch", "none", "efron", "firth"),
    specify("long-list", "strict", "launch", "none", "efron", "firth"),
    specify("long-list", "working-paper", "launch", "year", "efron", "weights"),
    specify("prisoners", "working-paper", "arrest"),
    specify("prisoners", "working-paper", "arrest", "both"),
    specify("prisoners", "strict", "arrest, from the launch", "characteristics"),
    specify("prisoners", "broad", "arrest, campaign switched on", "none"),
    specify("prisoners", "published-article", "arrest, campaign switched on", "characteristics", "breslow"),
    specify("prisoners", "published-article", "launch", "characteristics", "exact"),
    specify("prisoners", "working-paper", "launch", "year", "efron", "clusters"),
    specify("prisoners", "working-paper", "launch", "all", "efron", "weights"),
    specify("recent", "strict", "landmark", "characteristics"),
    specify("recent", "broad", "arrest", "year", "exact"),
    specify("recent", "working-paper", "arrest, from the launch", "both", "efron", "weights"),
    specify("recent", "published-article", "launch", "none", "efron", "firth"),
    specify("long-list", "working-paper", "launch", "year", "efron", "weibull"),
    specify("prisoners", "working-paper", "launch", "none", "efron", "weibull"),
    specify("prisoners", "strict", "arrest", "characteristics", "efron", "weibull"),
    specify("recent", "working-paper", "arrest, from the launch", "none", "efron", "weibull"),
    specify("long-list", "strict", "launch", "none", "efron", "spline"),
    specify("prisoners", "working-paper", "arrest, from the launch", "year", "efron", "spline"),
    specify("recent", "strict", "landmark", "none", "efron", "spline")
  )
), c("survival", "jsonlite", "numDeriv"))
