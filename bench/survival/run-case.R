# Measures one of R's functions on the rows that survival.bench.ts wrote: Rscript run-case.R function n p repeat folder
# Prints the milliseconds of each run, by the clock and of the processor, and the peak of memory in MB.
suppressPackageStartupMessages(library(survival))
arguments <- commandArgs(trailingOnly = TRUE)
n <- as.integer(arguments[2]); p <- as.integer(arguments[3]); times <- as.integer(arguments[4]); folder <- arguments[5]
read <- function(name, what = "double", count = n, size = NA_integer_, signed = TRUE) readBin(file.path(folder, name), what, count, size, signed, endian = "little")
time <- read("time"); event <- read("event", "integer", size = 1L, signed = FALSE); group <- read("group", "integer", size = 1L, signed = FALSE)
if (p > 0) { x <- matrix(read("covariates", count = n * p), n); colnames(x) <- paste0("x", seq_len(p)); data <- data.frame(time, event, x) }
y <- Surv(time, event)
bare <- function(x, y) coxph.fit(x, y, NULL, rep(0, nrow(x)), NULL, coxph.control(), NULL, "efron", NULL, resid = FALSE)
if (arguments[1] == "cox.zph") fit <- coxph(Surv(time, event) ~ ., data)
first <- rep(c(TRUE, FALSE), c(19, n - 19))
measure <- switch(arguments[1],
  "coxph" = if (n < 1000) function() for (i in 1:1000) coxph(Surv(time, event) ~ ., data[sample.int(n, replace = TRUE), ]) else function() coxph(Surv(time, event) ~ ., data),
  "coxph.fit" = if (n < 1000) function() for (i in 1:1000) { s <- sample.int(n, replace = TRUE); bare(x[s, ], y[s, ]) } else function() bare(x, y),
  "survfit" = function() survfit(y ~ 1),
  "survdiff" = if (n < 1000) function() for (i in 1:10000) survdiff(y ~ sample(first)) else function() survdiff(y ~ group),
  "martingale sums" = function() { m <- residuals(coxph(y ~ 1), "martingale"); for (i in 1:10000) sum(m[sample.int(n, 19)]) },
  "cox.zph" = function() cox.zph(fit))
set.seed(1)
runs <- 1000 * vapply(seq_len(times), function(i) { taken <- system.time(suppressWarnings(measure())); c(taken[["elapsed"]], taken[["user.self"]] + taken[["sys.self"]]) }, c(1, 1))
peak <- as.numeric(sub("\\D*(\\d+).*", "\\1", grep("^VmHWM", readLines("/proc/self/status"), value = TRUE))) / 1024
cat(sprintf('{"milliseconds": [%s], "processor": [%s], "peak": %g}', paste(runs[1, ], collapse = ", "), paste(runs[2, ], collapse = ", "), peak))
