# What the scripts that read data/ share: the files, and days and calendar months computed independently of the library.
suppressPackageStartupMessages(library(jsonlite))

package <- fromJSON(file.path("data", "datapackage.json"), simplifyVector = FALSE)
launch <- package$campaign$launch
end <- package$campaign$endOfFollowUp
codings <- Filter(function(resource) resource$name == "freethe20", package$resources)[[1]]$codings
read <- function(file) read.csv(file.path("data", file), colClasses = "character", na.strings = c("", "NA", "."), encoding = "UTF-8")

last_of_month <- function(first) seq(first, by = "month", length.out = 2)[2] - 1

# The day that sources report, else the middle of the bounds, or of the month or year reported.
point <- function(reported, earliest, latest) {
  if (!is.na(reported) && nchar(reported) == 10) return(as.Date(reported))
  if (is.na(earliest)) {
    if (is.na(reported)) return(as.Date(NA))
    first <- as.Date(substr(paste0(reported, "-01-01"), 1, 10))
    final <- if (nchar(reported) == 4) as.Date(paste0(reported, "-12-31")) else last_of_month(first)
  } else {
    first <- as.Date(earliest)
    final <- as.Date(latest)
  }
  first + floor(as.numeric(final - first) / 2)
}
points <- function(d, what) do.call(c, Map(point, d[[what]], d[[paste0(what, "_earliest")]], d[[paste0(what, "_latest")]]))

anniversary <- function(from, months) {
  day <- as.POSIXlt(from, tz = "UTC")
  first <- seq(as.Date(format(from, "%Y-%m-01")), by = "month", length.out = months + 1)[months + 1]
  min(first + day$mday - 1, last_of_month(first))
}
months_one <- function(from, to) {
  if (to < from) return(-months_one(to, from))
  # From where the difference in days can just not be too much.
  whole <- max(0, floor(as.numeric(to - from) / 30.5) - 2)
  while (anniversary(from, whole + 1) <= to) whole <- whole + 1
  last <- anniversary(from, whole)
  whole + as.numeric(to - last) / as.numeric(anniversary(from, whole + 1) - last)
}
months <- function(from, to) unname(mapply(function(a, b) months_one(as.Date(a, origin = "1970-01-01"), as.Date(b, origin = "1970-01-01")), from, to))

# The featured women of the public record, whom no report of the file names, and the concerns that published pages state
# of them: what no page states is a no, as the paper codes what a report does not mention.
recorded <- function(prisoners) prisoners$person[prisoners$featured == "yes" & prisoners$provenance == "public-record"]
stated <- function(ids, concerns) {
  pages <- read("freethe20_concerns.csv")
  1 * (as.matrix(pages[match(ids, pages$id), concerns]) == "yes")
}
