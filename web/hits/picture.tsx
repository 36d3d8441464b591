import { useState } from "react";
import type { ImageCardFragment } from "../generated/operations";

/** A picture of a card: a tiny one at once, then one that is as sharp as the screen. */
export function Picture({ document }: { readonly document: ImageCardFragment }) {
  const { preview, small, medium, large, width, height } = document;
  const [sharp, setSharp] = useState(false);
  return (
    <span className="picture" data-sharp={sharp || undefined}>
      <img className="picture-preview" src={preview} alt="" width={width} height={height} loading="lazy" />
      <img
        className="picture-sharp"
        src={small}
        srcSet={`${small} 256w, ${medium} 512w, ${large} 1024w`}
        sizes="(max-width: 600px) 50vw, 260px"
        width={width}
        height={height}
        alt=""
        loading="lazy"
        decoding="async"
        onLoad={() => setSharp(true)}
      />
    </span>
  );
}
