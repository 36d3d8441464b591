import { useRef } from "react";
import { Icon } from "../icon";
import { texts } from "../texts";

/** A button that asks for picture files. */
export function PicturePicker({ onPictures }: { readonly onPictures: (files: readonly File[]) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const take = () => {
    onPictures([...(input.current!.files ?? [])]);
    input.current!.value = "";
  };
  return (
    <>
      <button
        type="button"
        className="quiet"
        aria-label={texts.query.picture}
        title={texts.query.picture}
        onClick={() => input.current!.click()}
      >
        <Icon name="picture" />
      </button>
      <input ref={input} type="file" accept="image/*" multiple hidden onChange={take} />
    </>
  );
}
