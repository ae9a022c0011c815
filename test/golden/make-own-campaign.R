# The synthetic example with somebody's own columns (data/examples/synthetic-own-columns.csv), read by R independently of the
# library: German dates that may be known to the month or year, time in custody, log-rank, Cox, cumulative incidence.
source(file.path("test", "golden", "golden.R"))
source(file.path("test", "golden", "dates.R"))

d <- read.csv2(file.path("data", "examples", "synthetic-own-columns.csv"), colClasses = "character", na.strings = "", check.names = FALSE)
iso <- function(text) vapply(strsplit(text, ".", fixed = TRUE), function(part) if (anyNA(part)) NA_character_ else paste(rev(part), collapse = "-"), "")
first_day <- function(date) as.Date(substr(paste0(date, "-01-01"), 1, 10))
final_day <- function(date) {
  if (is.na(date)) return(as.Date(NA))
  if (nchar(date) == 10) return(as.Date(date))
  if (nchar(date) == 7) last_of_month(first_day(date)) else as.Date(paste0(date, "-12-31"))
}
final_days <- function(dates) do.call(c, lapply(dates, final_day))

end_of_follow_up <- as.Date("2023-12-31")
detained <- iso(d[["arrested on"]])
freed <- iso(d[["freed on"]])
died <- iso(d[["died on"]])
ended <- ifelse(is.na(freed), died, freed)
how <- ifelse(!is.na(freed), "released", ifelse(!is.na(died), "died", "censored"))
# Nobody is released before the detention: each interval loses the days that the other one excludes.
from <- first_day(detained); to <- final_days(detained)
end_from <- first_day(ended); end_to <- final_days(ended)
to <- pmin(to, end_to, na.rm = TRUE)
end_from <- pmax(end_from, from)
middle <- function(a, b) a + floor(as.numeric(b - a) / 2)
start <- middle(from, to)
stop_day <- middle(end_from, end_to)
# A day that is known is itself, whatever the other interval says; the middle of one day is that day.
late <- is.na(stop_day) | stop_day > end_of_follow_up
how[late] <- "censored"
stop_day[late] <- end_of_follow_up

# Each clock starts on a day of its own, so that months have one length, a twelfth of 365.2425 days.
time <- as.numeric(stop_day - start) / 30.436875
released <- how == "released"
appeal <- as.integer(d$appeal == "yes")
age <- as.numeric(d$age)
cause <- factor(how, c("censored", "died", "released"))
complete <- !is.na(age)
crude <- coxph(Surv(time, released) ~ appeal)
adjusted <- coxph(Surv(time, released) ~ appeal + age, subset = complete)
incidence <- summary(survfit(Surv(time, cause) ~ appeal), times = c(6, 12, 24, 48), extend = TRUE)

write_golden("own-campaign", list(
  id = I(d$case), time = I(time), outcome = I(how),
  logRank = golden(with(survdiff(Surv(time, released) ~ appeal), list(chiSquare = chisq, pValue = pvalue, observed = I(obs), expected = I(exp)))),
  crude = golden(list(coefficient = unname(coef(crude)), standardError = sqrt(diag(vcov(crude)))[[1]])),
  adjusted = golden(list(n = adjusted$n, coefficients = I(unname(coef(adjusted))), standardErrors = I(unname(sqrt(diag(vcov(adjusted))))))),
  incidence = golden(list(
    states = I(incidence$states), strata = I(as.character(incidence$strata)), time = I(incidence$time),
    probability = incidence$pstate, standardError = incidence$std.err
  ))
))
