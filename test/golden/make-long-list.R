# The long list under the four codings, read from data/ and timed independently of the library: dates, months and the
# log-rank test are R's. Run after a change to data/freethe20.csv or data/long_list.csv.
source(file.path("test", "golden", "golden.R"))
source(file.path("test", "golden", "dates.R"))

columns <- c("id", "detained", "detained_earliest", "detained_latest", "released", "released_earliest", "released_latest")
featured <- read("freethe20.csv")[columns]
others <- read("long_list.csv")[columns]
women <- rbind(featured, others)
last_seen <- c(rep(NA, nrow(featured)), read("long_list.csv")$observed_until)
group <- rep(c("short list", "long list"), c(nrow(featured), nrow(others)))
arrested <- points(women, "detained")

under <- function(coding) {
  released <- points(women, "released")
  for (decision in coding$decisions) {
    i <- which(women$id == decision$id)
    if (decision$outcome == "not released") released[i] <- NA
    else if (is.na(released[i])) released[i] <- point(NA, decision$earliest, decision$latest)
  }
  event <- !is.na(released)
  stop_day <- released
  stop_day[!event] <- as.Date(ifelse(is.na(last_seen), end, last_seen))[!event]
  time <- pmax(months(rep(launch, length(stop_day)), stop_day), 0)
  since_arrest <- months(arrested, stop_day)
  entry <- months(arrested, rep(launch, length(arrested)))
  # A woman released before the launch is never at risk after it.
  seen <- since_arrest > entry
  stop <- since_arrest[seen]; start <- entry[seen]; released <- event[seen]; list_of <- group[seen]
  list(
    coding = coding$name,
    launch = list(time = I(time), event = I(as.integer(event)), pValue = golden(survdiff(Surv(time, event) ~ group)$pvalue)),
    arrest = list(time = I(since_arrest), pValue = golden(survdiff(Surv(since_arrest, event) ~ group)$pvalue)),
    # survdiff() takes no entry times; the score test with exact ties is the same test.
    delayedEntry = list(
      entry = I(start), time = I(stop),
      pValue = golden(pchisq(coxph(Surv(start, stop, released) ~ list_of, ties = "exact")$score, 1, lower.tail = FALSE))
    )
  )
}

write_golden("long-list", list(id = I(women$id), codings = lapply(codings, under)), c("survival", "jsonlite"))
