# Remakes all golden files: npm run golden (Rscript test/golden/make-all.R, from the repository's root).
# Each make-*.R beside it writes one or more JSON files. Run twice, the files are the same to the byte.
folder <- file.path("test", "golden")
if (!dir.exists(folder)) stop("run this from the repository's root: Rscript test/golden/make-all.R")
for (script in sort(list.files(folder, "^make-.*\\.R$"))) {
  if (script == "make-all.R") next
  source(file.path(folder, script), local = new.env())
  cat(script, "\n")
}
