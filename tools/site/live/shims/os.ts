/** What cells read of node:os: a folder for what they write, in the page's memory. */
export const EOL = "\n";
export const tmpdir = (): string => "/tmp";
export const homedir = (): string => "/home";
export const platform = (): string => "browser";
export const cpus = (): readonly unknown[] => [{}];
export const availableParallelism = (): number => 1;
export default { EOL, tmpdir, homedir, platform, cpus, availableParallelism };
