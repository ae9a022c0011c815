/** Showing values in a notebook. */

// Results

export { type MimeBundle, mimeBundle } from "./bundle";
export { show } from "./show";

// How far something is

export { type ProgressBar, type ProgressBarOptions, progressBar } from "./progress-bar";
