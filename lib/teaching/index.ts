/** Exercises: an answer is checked without the solution being given away. */
export type { Answer, AnswerCase, AnswerForm, AnswerFunction } from "./answer";
export { check } from "./check";
export { type Checked, isChecked } from "./check-answer";
export { type Exercise, exercises, findExercise } from "./exercise";
