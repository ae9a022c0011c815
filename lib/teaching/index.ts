/** Exercises: an answer is checked without the solution being given away. */
export type { Answer, AnswerForm } from "./answer";
export { type Checked, check, isChecked } from "./check";
export { type Exercise, exercises, findExercise } from "./exercise";
