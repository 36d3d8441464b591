/** Folders of other programs that hold small copies of pictures, or what was thrown away. */
const FOLDERS = new Set(
  [
    "@eaDir",
    "__MACOSX",
    ".picasaoriginals",
    ".thumbnails",
    ".@__thumb",
    "#recycle",
    "@Recycle",
    "$RECYCLE.BIN",
    "RECYCLER",
    ".Trash",
    ".Trashes",
    "System Volume Information",
  ].map((name) => name.toLowerCase()),
);

/** Whether a folder is one whose pictures nobody means to import. */
export const isPassedOver = (name: string): boolean => FOLDERS.has(name.toLowerCase()) || /^\.trash-\d+$/i.test(name);
