/** A font as text in base64, as the bundler gives it. */
declare module "*.ttf" {
  const base64: string;
  export default base64;
}
