import { useId } from "react";
import { texts } from "../texts";

interface PagePicturesProps {
  readonly isWanted: boolean;
  readonly onWanted: (isWanted: boolean) => void;
}

/** Whether pages of PDFs are stored as pictures, besides their texts. */
export function PagePictures({ isWanted, onWanted }: PagePicturesProps) {
  const hint = useId();
  return (
    <div>
      <label className="check">
        <input
          type="checkbox"
          aria-describedby={hint}
          checked={isWanted}
          onChange={(event) => onWanted(event.target.checked)}
        />
        <span>{texts.add.pagePictures}</span>
      </label>
      <p id={hint} className="faint">
        {texts.add.pagePicturesHint}
      </p>
    </div>
  );
}
