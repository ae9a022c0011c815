/** Showing values in a notebook. */
export { type MimeBundle, mimeBundle } from "./bundle";
export { type ProgressBar, type ProgressBarOptions, progressBar } from "./progress-bar";
export { show } from "./show";
