import { checkExercises } from "./exercise";
import { askForPredictions } from "./prediction";

/** The script of pages that hold predictions or exercises. */
askForPredictions();
checkExercises();
