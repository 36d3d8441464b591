import { useRef } from "react";
import { Icon } from "../icon";
import { texts } from "../texts";

interface FilePickerProps {
  readonly takesPictures: boolean;
  readonly files: readonly File[];
  readonly onFiles: (files: readonly File[]) => void;
}

const PICTURES = "image/*,.jfif,.jpe";
const PDFS = ".pdf";
const LISTS = ".ndjson,.jsonl,.csv,.tsv";

/** Where files are dropped or picked, and which ones have been. */
export function FilePicker({ takesPictures, files, onFiles }: FilePickerProps) {
  const input = useRef<HTMLInputElement>(null);
  const take = () => {
    onFiles([...files, ...(input.current!.files ?? [])]);
    input.current!.value = "";
  };
  return (
    <div className="drop-zone">
      <p>
        <strong>{takesPictures ? texts.add.drop : texts.add.dropTexts}</strong>
      </p>
      <p className="faint">{takesPictures ? texts.add.or : texts.add.orTexts}</p>
      <button type="button" onClick={() => input.current!.click()}>
        {texts.add.pick}
      </button>
      <input
        ref={input}
        type="file"
        accept={takesPictures ? `${PICTURES},${PDFS},${LISTS}` : `${PDFS},${LISTS}`}
        multiple
        hidden
        onChange={take}
      />
      {files.length > 0 && (
        <ul className="chips" aria-label={texts.add.files(files.length)}>
          {files.map((file, at) => (
            <li key={`${file.name}-${at}`} className="chip">
              <span className="chip-name">{file.name}</span>
              <button
                type="button"
                className="quiet small"
                aria-label={texts.add.remove(file.name)}
                onClick={() => onFiles(files.toSpliced(at, 1))}
              >
                <Icon name="close" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
