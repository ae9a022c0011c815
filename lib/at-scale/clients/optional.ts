import { refuse } from "../../files";

/**
 * Loads a package that is needed only where an engine is asked: they are the `optionalDependencies` of package.json, so
 * that whoever leaves them out (`npm ci --omit=optional`) misses nothing else.
 *
 * @throws DataError saying how to install it
 */
export async function optionalPackage<T extends object>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    const loaded: T & { readonly default?: T } = await load();
    // Bundled programs have all that a package exports in its default.
    return loaded.default ?? loaded;
  } catch (error) {
    const code = typeof error === "object" && error !== null ? Reflect.get(error, "code") : null;
    const missing = code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND";
    const cause = error instanceof Error ? error.message.split("\n")[0] : String(error);
    const why = missing ? "is not installed here" : `cannot be loaded here (${cause})`;
    const advice = "run npm install --include=optional in the project's folder";
    throw refuse(name, "package", `is needed for this source and ${why}; ${advice}`);
  }
}
