# Remakes all golden files: npm run golden (Rscript test/golden/make-all.R, from the repository's root).
# Each make-*.R beside it writes one or more JSON files. Run twice, the files are the same to the byte.
# With names, only those: npm run golden -- make-cox.R make-clocks.R
folder <- file.path("test", "golden")
if (!dir.exists(folder)) stop("run this from the repository's root: Rscript test/golden/make-all.R")
scripts <- setdiff(sort(list.files(folder, "^make-.*\\.R$")), "make-all.R")
asked <- commandArgs(trailingOnly = TRUE)
unknown <- setdiff(asked, scripts)
if (length(unknown) > 0) stop("no such script: ", paste(unknown, collapse = ", "))
for (script in if (length(asked) > 0) asked else scripts) {
  source(file.path(folder, script), local = new.env())
  cat(script, "\n")
}
