# Rscript rows.R FILE N: coxph on rows, Efron's ties; prints seconds on the wall and of the processor and the numbers as JSON.
library(survival)
args <- commandArgs(TRUE)
n <- as.integer(args[2])
file <- file(args[1], "rb")
columns <- lapply(1:4, function(i) readBin(file, "double", n))
close(file)
names(columns) <- c("time", "event", "programme", "older")
spent <- system.time(fit <- coxph(Surv(time, event) ~ programme + older, data = as.data.frame(columns)))
numbers <- as.vector(rbind(coef(fit), sqrt(diag(vcov(fit)))))
processor <- spent[["user.self"]] + spent[["sys.self"]]
cat(sprintf('{"fit": {"wall": %.17g, "processor": %.17g}, "numbers": [%s]}', spent[["elapsed"]], processor, paste(sprintf("%.17g", numbers), collapse = ", ")))
