# Table 1 of the working paper, from the reports to the four models, on data/ as it is and independently of the library:
# R puts the reports on each woman together, counts her months, and fits the models. Run after a change to the data.
source(file.path("test", "golden", "golden.R"))
source(file.path("test", "golden", "dates.R"))
control <- coxph.control(eps = 1e-13, toler.chol = 1e-14, iter.max = 60)
options(warn = -1) # "tolerance should be < eps" of the above, and the single event in the Americas

reports <- read("urgent_actions.csv")
prisoners <- read("prisoners.csv")
same <- read("same_person.csv")
final <- function(person) ifelse(person %in% same$spelling, same$person[match(person, same$spelling)], person)
reports$person <- final(reports$person)
prisoners$person <- final(prisoners$person)

# From reports to women: those of the period, then one row a woman with a concern if any report has it.
sex <- tapply(reports$sex, reports$person, function(x) x[!is.na(x)][1])
reports <- reports[reports$date >= "2000-01-01" & reports$date <= launch, ]
women <- intersect(unique(reports$person), names(sex)[!is.na(sex) & sex == "female"])
concerns <- c("prisoner_of_conscience", "torture", "death_penalty", "legal", "medical")
any_yes <- function(x) if (all(is.na(x))) NA else 1 * any(x == "yes", na.rm = TRUE)
coded <- sapply(concerns, function(concern) tapply(reports[[concern]], reports$person, any_yes)[women])

# The featured women of the public record, whom no report names, with the concerns that published pages state.
record <- recorded(prisoners)
women <- c(women, record)
coded <- rbind(coded, stated(record, concerns))

# The prisoners: women held for two months or more, in the order in which the reports name them.
held <- prisoners[match(women, prisoners$person), ]
held <- held[!is.na(held$custody) & held$custody == "two months or more", ]
coding <- Filter(function(one) one$name == "working-paper", codings)[[1]]
released <- points(held, "released")
for (decision in coding$decisions) {
  i <- which(held$person == decision$id)
  if (length(i) == 0) next
  if (decision$outcome == "not released") released[i] <- NA
  else if (is.na(released[i])) released[i] <- point(NA, decision$earliest, decision$latest)
}
last <- as.Date(ifelse(is.na(held$observed_until), end, held$observed_until))
last[!is.na(released)] <- released[!is.na(released)]
data <- data.frame(time = months(points(held, "detained"), last), event = 1 * !is.na(released), country = held$country,
  f20 = 1 * (held$featured == "yes"))
data <- cbind(data, coded[match(held$person, women), ])
regions <- list(asia = "Asia", middle_east = "Middle East", eurasia = "Eurasia", africa = "Africa", americas = "Americas")
for (name in names(regions)) data[[name]] <- 1 * (data$country %in% unlist(package$regions[[regions[[name]]]]))

complete <- data[complete.cases(data), ]
models <- list("f20", c("f20", concerns), c("f20", names(regions)), c("f20", concerns, names(regions)))
names_in_table <- c("f20" = "Free the 20", prisoner_of_conscience = "Prisoner of Conscience", torture = "Any Torture Concerns",
  death_penalty = "Death Penalty Concerns", legal = "Any Legal Concerns", medical = "Any Medical Concerns", unlist(regions))

fit_one <- function(terms, d, ties = "efron") coxph(reformulate(terms, "Surv(time, event)"), d, ties = ties, control = control, x = TRUE)
model <- function(number) {
  covariates <- models[[number]]
  d <- if (number == 1) data else complete
  fit <- fit_one(covariates, d)
  robust <- fit_one(c(covariates, "cluster(country)"), d)
  list(
    model = number, n = fit$n, events = fit$nevent, covariates = I(unname(names_in_table[covariates])),
    coefficient = I(unname(coef(fit))), standardError = I(unname(sqrt(diag(fit$var)))),
    logLikelihood = fit$loglik[2], concordance = unname(concordance(fit)$concordance),
    robustStandardError = I(unname(sqrt(diag(robust$var)))),
    breslow = I(unname(coef(fit_one(covariates, d, ties = "breslow")))),
    exact = I(unname(coef(fit_one(covariates, d, ties = "exact")))),
    proportionalHazards = unname(cox.zph(fit, terms = FALSE)$table["GLOBAL", "p"])
  )
}
write_golden("table-1", list(
  id = I(held$person), time = I(data$time), event = I(as.integer(data$event)), models = lapply(1:4, model)
), c("survival", "jsonlite"))
