import { makePictures } from "./pictures";

/** What {@link makePicturesBeside} starts: the project's folder, and the notebooks whose pictures are wanted. */
const [root = "", ...notebooks] = process.argv.slice(2);
await makePictures(root, notebooks);
