/**
 * What the kernel says of its language. A notebook file keeps the same: Jupyter then sees no change in a notebook that
 * was only opened, and saving one makes no difference in git.
 */
export const LANGUAGE_INFO = {
  codemirror_mode: { mode: "typescript", name: "javascript", typescript: true },
  file_extension: ".ts",
  mimetype: "text/typescript",
  name: "typescript",
  pygments_lexer: "typescript",
  version: "5.0.4",
};
