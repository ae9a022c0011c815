# Bayes' rule over the evidence table, by plain products of probabilities in R.
source(file.path("test", "golden", "golden.R"))

evidence <- read.csv(file.path("data", "evidence.csv"), stringsAsFactors = FALSE)
hypotheses <- c("shaming", "third_parties", "deadlock", "inducements", "other_causes")
words <- as.matrix(evidence[hypotheses])

posterior <- function(prior, scale, weight = 1) {
  likelihood <- matrix(scale[words], nrow(words))
  unscaled <- prior * apply(likelihood^weight, 2, prod)
  unscaled / sum(unscaled)
}
scale_of <- function(expected) c(expected = expected, possible = 0.5, unexpected = 1 - expected)
cases <- list(
  list(prior = rep(0.2, 5), expected = 0.7, weight = 1),
  list(prior = c(0.6, 0.1, 0.1, 0.1, 0.1), expected = 0.7, weight = 1),
  list(prior = c(1, 2, 3, 4, 5) / 15, expected = 0.9, weight = 1),
  list(prior = c(0.05, 0.05, 0.6, 0.25, 0.05), expected = 0.6, weight = 0.5),
  list(prior = c(0, 0.25, 0.25, 0.25, 0.25), expected = 0.8, weight = 0.25)
)

write_golden("mechanisms", list(
  rows = nrow(evidence),
  cases = lapply(cases, function(k) list(
    call = "prior * apply(likelihood^weight, 2, prod), divided by its sum",
    prior = I(k$prior), expected = k$expected, weight = k$weight,
    posterior = I(posterior(k$prior, scale_of(k$expected), k$weight))
  )),
  # Good's weight of evidence, in decibels.
  decibels = lapply(list(c(0.7, 0.35), c(0.7, 0.3), c(0.5, 0.5), c(0.01, 0.99)), function(k) {
    list(call = "10 * log10(p / q)", p = k[1], q = k[2], weight = 10 * log10(k[1] / k[2]))
  })
), character())
