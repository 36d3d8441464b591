import { useEffect, useState } from "react";
import { isTextField } from "./text-field";

interface FileDropProps {
  readonly onFiles: (files: readonly File[]) => void;
  /** What dropping does here. */
  readonly hint: string;
}

const filesOf = (data: DataTransfer | null): File[] => [...(data?.files ?? [])];
const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;

/**
 * Spreadsheets and word processors bring a picture of what was copied beside its words: in a text field the words are meant.
 * A file that was copied brings its own name.
 */
function isForText({ target, clipboardData }: ClipboardEvent, files: readonly File[]): boolean {
  const words = clipboardData?.getData("text/plain").trim() ?? "";
  return isTextField(target) && words !== "" && files.every(({ name }) => name !== words);
}

/** Takes files that are dropped anywhere on the page or pasted into it; while one is dragged, says what will happen. */
export function FileDrop({ onFiles, hint }: FileDropProps) {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const drag = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setOver(false);
      onFiles(filesOf(event.dataTransfer));
    };
    const paste = (event: ClipboardEvent) => {
      const files = filesOf(event.clipboardData);
      if (files.length === 0 || isForText(event, files)) return;
      event.preventDefault();
      onFiles(files);
    };
    const aborting = new AbortController();
    const { signal } = aborting;
    window.addEventListener("dragover", drag, { signal });
    window.addEventListener("dragleave", leave, { signal });
    window.addEventListener("drop", drop, { signal });
    window.addEventListener("paste", paste, { signal });
    return () => aborting.abort();
  }, [onFiles]);
  return over ? <div className="drop-over">{hint}</div> : null;
}
