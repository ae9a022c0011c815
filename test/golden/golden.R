# What the make-*.R scripts share: writing values so that they can be compared to the last digit.
suppressPackageStartupMessages(library(survival))

# A value beside the R call that made it.
golden <- function(expression) {
  list(call = paste(trimws(deparse(substitute(expression), width.cutoff = 500L)), collapse = " "), value = expression)
}

# JSON with 17 significant digits, which is enough to get each double back (jsonlite stops at 15). A vector of one
# element is written as a scalar unless it is in I(). NA and NaN become null; an infinite number is an error.
to_json <- function(x, indent = "") {
  if (is.null(x)) return("null")
  deeper <- paste0(indent, " ")
  if (is.list(x) && !is.null(names(x))) {
    members <- vapply(names(x), function(name) paste0(deeper, encodeString(name, quote = '"'), ": ", to_json(x[[name]], deeper)), "")
    return(paste0("{\n", paste(members, collapse = ",\n"), "\n", indent, "}"))
  }
  if (is.list(x)) {
    if (length(x) == 0) return("[]")
    members <- vapply(x, function(member) paste0(deeper, to_json(member, deeper)), "")
    return(paste0("[\n", paste(members, collapse = ",\n"), "\n", indent, "]"))
  }
  if (is.matrix(x)) {
    x <- unclass(x)
    return(paste0("[", paste(apply(x, 1, function(row) to_json(I(unname(row)))), collapse = ", "), "]"))
  }
  if (is.factor(x)) x <- as.character(x)
  text <- if (is.character(x)) encodeString(x, quote = '"') else if (is.logical(x)) ifelse(x, "true", "false") else {
    if (any(is.infinite(x))) stop("an infinite number cannot be written")
    sprintf("%.17g", x)
  }
  text[is.na(x)] <- "null"
  if (length(x) == 1 && !inherits(x, "AsIs")) text else paste0("[", paste(text, collapse = ", "), "]")
}

# Writes content to test/golden/<name>.json with the versions that made it.
write_golden <- function(name, content, packages = "survival") {
  versions <- lapply(setNames(nm = packages), function(p) as.character(packageVersion(p)))
  made <- c(list(by = paste0("test/golden/make-", name, ".R"), R = as.character(getRversion())), versions)
  writeLines(to_json(c(list(made = made), content)), file.path("test", "golden", paste0(name, ".json")))
}

# Samples that several scripts use. Columns have the names of the library's arguments.
samples <- local({
  set <- function(time, event, group = NULL, entry = NULL, weights = NULL, strata = NULL) {
    columns <- list(time = time, event = as.integer(event), group = group, entry = entry, weights = weights, strata = strata)
    lapply(columns[!vapply(columns, is.null, TRUE)], function(x) I(if (is.factor(x)) as.character(x) else x))
  }
  lungs <- survival::lung[!is.na(survival::lung$inst), ]
  # 19 against 18 with 16 and 3 events in 36 months, some in the same month, three at the very beginning.
  short_time <- c(0, 0, 0, 1, 1, 2, 3, 4, 4.5, 6, 8, 9, 12, 12, 20, 31, 36, 36, 36)
  long_time <- c(14, 22, 30, rep(36, 13), 10, 25)
  list(
    lung = set(lungs$time, lungs$status == 2, lungs$sex, strata = lungs$inst),
    veteran = set(veteran$time, veteran$status, veteran$celltype, strata = veteran$trt),
    ovarian = set(ovarian$futime, ovarian$fustat, ovarian$rx),
    aml = set(aml$time, aml$status, aml$x),
    heart = set(heart$stop, heart$event, heart$transplant, entry = heart$start),
    campaign = set(c(short_time, long_time), c(rep(1, 16), 0, 0, 0, 1, 1, 1, rep(0, 15)), rep(c("short list", "long list"), c(19, 18))),
    no_ties = set(c(1.5, 2.25, 3, 4.75, 6, 7.5, 9, 11, 14, 15.5, 18, 21, 22, 27), c(1, 1, 0, 1, 1, 0, 1, 1, 1, 0, 1, 0, 1, 1), rep(c("a", "b", "c"), length.out = 14)),
    all_censored = set(c(3, 1, 4, 1, 5), rep(0, 5), c("a", "b", "a", "b", "a")),
    one_event = set(7, 1),
    one_censored = set(7, 0),
    reaches_zero = set(c(1, 2, 3, 4, 4), c(1, 0, 1, 1, 1), c("a", "b", "a", "b", "a")),
    event_and_censoring_tied = set(c(2, 2, 2, 5, 5, 9), c(1, 0, 1, 0, 1, 0), c("a", "a", "b", "b", "a", "b")),
    rounding = set(c(0.1 + 0.2, 0.3, 0.3, 1 - 0.9, 0.1, 2, 2 + 1e-9), c(1, 1, 0, 1, 0, 1, 1), c("a", "b", "a", "b", "a", "b", "a")),
    flat_step = set(c(1, 2, 3, 4, 6, 8, 10, 12), c(1, 1, 1, 1, 0, 0, 1, 0), c("a", "b", "a", "b", "a", "b", "a", "b")),
    whole_weights = set(c(1, 3, 3, 5, 8, 8), c(1, 1, 0, 1, 0, 1), c("a", "b", "a", "b", "a", "b"), weights = c(2, 1, 3, 1, 2, 4)),
    weights_of_zero = set(c(1, 2, 3, 4, 5, 6), c(1, 1, 0, 1, 1, 0), c("a", "b", "a", "b", "a", "b"), weights = c(1, 0, 1, 2, 0, 1)),
    fractional_weights = set(c(1, 3, 3, 5, 8, 8, 9), c(1, 1, 0, 1, 0, 1, 1), c("a", "b", "a", "b", "a", "b", "a"), weights = c(0.5, 1.25, 2, 0.75, 1, 1.5, 0.3)),
    truncated_fractional = set(c(4, 6, 6, 9, 12, 15), c(1, 1, 0, 1, 0, 1), entry = c(0, 1, 2, 4, 5, 3), weights = c(0.5, 1.25, 2, 0.75, 1.5, 1.1)),
    empty_risk_set = set(c(2, 3, 7, 9), c(1, 1, 1, 0), entry = c(0, 1, 5, 6))
  )
})

surv <- function(s) if (is.null(s$entry)) Surv(s$time, s$event) else Surv(s$entry, s$time, s$event)
