import { useCallback, useId, useState, type FormEvent } from "react";
import { FileDrop } from "../file-drop";
import { texts } from "../texts";
import { FilePicker } from "./file-picker";
import { isPdfName } from "./media-type";
import { PagePictures } from "./page-pictures";
import { readLines, readMetadata } from "./read-lines";
import { Unsent } from "./unsent";
import { useSend } from "./use-send";

/** Takes files, texts and addresses, and starts storing them. */
export function AddForm({ takesPictures }: { readonly takesPictures: boolean }) {
  const [files, setFiles] = useState<readonly File[]>([]);
  const [lines, setLines] = useState("");
  const [metadata, setMetadata] = useState("");
  const [pagePictures, setPagePictures] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const sending = useSend(takesPictures);
  const take = useCallback((more: readonly File[]) => setFiles((known) => [...known, ...more]), []);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const items = readLines(lines, takesPictures);
    const common = readMetadata(metadata);
    if (common === undefined) return setFault(texts.add.badMetadata);
    if (files.length + items.texts.length + items.images.length === 0) return setFault(texts.add.nothing);
    setFault(null);
    if (!(await sending.send({ files, ...items, metadata: common, pagePictures }))) return;
    setFiles([]);
    setLines("");
  };
  const { progress, unsent, problem } = sending;
  return (
    <form className="add-form" onSubmit={(event) => void submit(event)}>
      <FilePicker takesPictures={takesPictures} files={files} onFiles={setFiles} />
      {takesPictures && files.some(isPdfName) && <PagePictures isWanted={pagePictures} onWanted={setPagePictures} />}
      <Area
        name={takesPictures ? texts.add.lines : texts.add.linesOfTexts}
        hint={takesPictures ? texts.add.linesHint : texts.add.linesOfTextsHint}
        rows={5}
        value={lines}
        onValue={setLines}
      />
      <Area name={texts.add.metadata} hint={texts.add.metadataHint} rows={1} value={metadata} onValue={setMetadata} />
      <p className="add-actions">
        <button type="submit" className="primary" disabled={progress !== null}>
          {texts.add.start}
        </button>
        <span role="status">{progress && texts.add.uploading(progress.done, progress.total)}</span>
        <span role="alert">{fault ?? problem}</span>
      </p>
      {unsent.length > 0 && (
        <Unsent
          unsent={unsent}
          onAgain={() =>
            void sending.send({
              files: unsent.map(({ file }) => file),
              texts: [],
              images: [],
              metadata: readMetadata(metadata) ?? null,
              pagePictures,
            })
          }
        />
      )}
      <FileDrop onFiles={take} hint={takesPictures ? texts.add.drop : texts.add.dropTexts} />
    </form>
  );
}

interface AreaProps {
  readonly name: string;
  readonly hint: string;
  readonly rows: number;
  readonly value: string;
  readonly onValue: (value: string) => void;
}

function Area({ name, hint, rows, value, onValue }: AreaProps) {
  const id = useId();
  return (
    <div className="area">
      <label htmlFor={id}>{name}</label>
      <textarea
        id={id}
        rows={rows}
        aria-describedby={`${id}-hint`}
        value={value}
        onChange={(event) => onValue(event.target.value)}
      />
      <p id={`${id}-hint`} className="faint">
        {hint}
      </p>
    </div>
  );
}
